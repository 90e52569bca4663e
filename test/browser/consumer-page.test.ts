import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fanfare } from '../../lib/profiles/index.ts';
import { createClient, newEmail, type Target } from '../acceptance/target.ts';
import { runStack } from '../local/running-stack.ts';
import { openChromium } from './chromium.ts';

const PAGE = join(import.meta.dirname, '../../examples/consumer-page/index.html');
const open = runStack(fanfare, 50);

describe("a shop's page of another origin", () => {
  let target: Target;
  let browser: Browser;
  let shop: Server;
  let origin: string;
  beforeAll(async () => {
    target = await open();
    browser = await openChromium();
    shop = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(readFileSync(PAGE));
    }).listen(0, '127.0.0.1');
    await once(shop, 'listening');
    origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await browser.close();
    shop.close();
  });

  it('greets a guest, signs them in by a mailed code under the id that they had, and out again', async () => {
    const client = createClient(target);
    const owner = await client.newOrganization();
    const { apiKey: key } = await client.newKey(owner, { type: 'publishable', allowedOrigins: [origin] });
    const page = await browser.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await page.goto(`${origin}/?api=${encodeURIComponent(target.url)}&key=${key}`);
    await page.getByText('a guest').waitFor();
    const id = await page.locator('#id').textContent();
    expect(id).toMatch(/^con_/);
    await expect.poll(() => page.locator('#items').textContent()).toBe('0');

    const email = newEmail();
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    const code = page.getByLabel('Code');
    await code.waitFor();
    const right = /\d{6}/.exec((await target.readMail?.(email)) ?? '')?.[0] ?? '';
    await code.fill(right === '000000' ? '000001' : '000000');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('The code is wrong').waitFor();
    await code.fill(right);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(email).waitFor();
    await expect.poll(() => page.locator('#id').textContent()).toBe(id);
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/consumer-page.png` });

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('a guest').waitFor();
    await expect.poll(() => page.locator('#id').textContent()).not.toBe(id);
    expect(failures).toEqual([]);
  });
});
