import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKey, createClient, PASSWORD } from '../acceptance/target.ts';
import { openChromium } from '../browser/chromium.ts';
import { apiUrl, emulated, endpoint, outputs } from './deployed.ts';
import { openFrontDoor, VIEWER } from './front-door.ts';

const STACK = 'Latchkey';
const client = createClient({ url: apiUrl(STACK), ...emulated });
const base = outputs[STACK]?.DashboardUrl ?? '';

describe('the dashboard, as it is deployed', () => {
  let door: Awaited<ReturnType<typeof openFrontDoor>>;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    door = await openFrontDoor(endpoint);
    browser = await openChromium(door.flags);
    page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  });
  afterAll(async () => {
    await browser.close();
    door.close();
  });

  it('is at the address that people are given, signs them in by the hosted login, and calls the API at its own origin', async () => {
    const { email } = await client.signedUp({ organization_name: 'Acme Corp' });
    await page.goto(`${base}/`);
    await page.waitForURL(/amazoncognito\.com/);
    await page.locator('input[name=username]').fill(email);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('button, input[type=submit]').first().click();
    await page.waitForURL(`${base}/dashboard/**`);
    await page.getByRole('heading', { name: 'Acme Corp' }).waitFor();

    // What is written by its pages comes from the address that CloudFront sees.
    const made = await page.evaluate(async () => {
      const body = JSON.stringify({ label: 'from a page' });
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch('/api/v1/keys', { method: 'POST', headers, body });
      return { status: answer.status, body: await answer.json() };
    });
    expect(made.status).toBe(201);
    expect((await client.call('GET', '/api/v1/items', apiKey(made.body.apiKey))).status).toBe(200);
    await page.goto(`${base}/dashboard/audit`);
    await page.getByText('key.create').first().waitFor();
    const events = await page.evaluate(async () => (await fetch('/api/v1/audit-events')).json());
    expect(events.auditEvents[0]).toMatchObject({ action: 'key.create', address: VIEWER, created: made.body.keyId });
  });

  it('has the reference, and tells what may run in its pages', async () => {
    await page.goto(`${base}/docs`);
    await page.getByText('Create a key').first().waitFor();
    const answer = await page.goto(`${base}/dashboard/keys`);
    expect(answer?.headers()).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-frame-options': 'DENY',
    });
  });

  it("leads to the stack's own operations, and to nothing else", async () => {
    const statuses = await page.evaluate(async () => {
      const ask = async (path: string) => (await fetch(path)).status;
      return [
        await ask('/health'),
        await ask('/api/v1/items'),
        await ask('/api/v1/nothing'),
        await ask('/dashboard/assets/none.js'),
      ];
    });
    expect(statuses.slice(0, 3)).toEqual([200, 404, 404]);
    expect(statuses[3]).toBeGreaterThanOrEqual(403);
  });

  it('is believed about addresses by nobody but CloudFront', async () => {
    const owner = await client.newOrganization();
    const key = await client.newKey(owner, { allowedCidrs: [`${VIEWER}/32`] });
    for (const proof of [undefined, '', 'x'.repeat(48)]) {
      const forged = { 'x-latchkey-address': VIEWER, ...(proof !== undefined && { 'x-latchkey-edge': proof }) };
      const { status } = await client.call('GET', '/api/v1/items', { ...apiKey(key.apiKey), ...forged });
      expect(status).toBe(403);
    }
  });
});
