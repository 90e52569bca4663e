import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { builtDashboard } from '../dashboard/build.ts';
import { demoMember, signIn, signInOrUp } from '../local/members.ts';
import { startStack } from '../local/stack.ts';
import { openChromium } from '../test/browser/chromium.ts';
import { median, render, thousands } from './table.ts';

/** Lighthouse's "slow 4G" and mid-range phone: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const SLOWER_CPU = 4;
const RUNS = 5;

interface Load {
  readonly requests: number;
  /** Bytes over the wire. */
  readonly bytes: number;
  /** Milliseconds until what a person came for is there, and answers to a key. */
  readonly ready: number;
}

/** Loads a page with an empty cache over a slow connection on a slow processor. */
async function load(page: Page, url: string, shown: string): Promise<Load> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  await session.send('Network.emulateNetworkConditions', SLOW_4G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_CPU });
  let [requests, bytes] = [0, 0];
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    requests++;
    bytes += encodedDataLength;
  });
  const started = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByText(shown).first().waitFor();
  // The main thread is free again.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const ready = performance.now() - started;
  await page.waitForLoadState('networkidle');
  await session.detach();
  return { requests, bytes, ready };
}

const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
const stack = await startStack({ port: 0, dataFolder: folder, log: () => {}, site: builtDashboard() });
const browser = await openChromium();
try {
  const config = await (await fetch(`${stack.url}/config.json`)).json();
  await signInOrUp(config, demoMember);
  const Authorization = `Bearer ${await signIn(config, demoMember)}`;
  const body = JSON.stringify({ name: 'Demo' });
  const headers = { Authorization, 'Content-Type': 'application/json' };
  await fetch(`${stack.url}/api/v1/organization`, { method: 'POST', headers, body });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.request.post(`${stack.url}/api/v1/auth/login`, { data: demoMember });

  const rows = [];
  for (const [name, path, shown] of [
    ['sign in', '/auth/signin', 'Forgot your password?'],
    ['dashboard, home', '/dashboard/', 'What to do first'],
    ['dashboard, keys', '/dashboard/keys', 'What calls the API'],
    ['reference', '/docs', 'Create a key'],
  ] as const) {
    const loads: Load[] = [];
    for (let run = 0; run < RUNS; run++) {
      const page = await context.newPage();
      loads.push(await load(page, stack.url + path, shown));
      await page.close();
    }
    const kilobytes = median(loads.map(({ bytes }) => bytes)) / 1_000;
    const ready = median(loads.map(({ ready }) => ready)) / 1_000;
    rows.push([name, median(loads.map(({ requests }) => requests)), thousands(kilobytes), ready.toFixed(1)]);
  }
  const [{ model } = { model: 'unknown' }] = cpus();
  console.log(`Node ${process.version}, ${cpus().length} x ${model}, ${new Date().toISOString().slice(0, 10)}`);
  console.log(
    render({
      title: `Pages, first load, 1.6 Mbit/s and 150 ms, processor ${SLOWER_CPU} times slower, median of ${RUNS}`,
      columns: ['', 'requests', 'KB over the wire', 'ready after s'],
      rows,
    }),
  );
} finally {
  await browser.close();
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
}
