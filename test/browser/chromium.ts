import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** No network of its own: nothing but what a test opens is asked for. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The machine's own Chromium, which CHROMIUM names where it is not in its usual place.
 * @throws Error where there is none
 */
export async function openChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error('No Chromium was found: install it, or name it in CHROMIUM');
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}
