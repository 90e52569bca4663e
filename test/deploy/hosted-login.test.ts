import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bearer, createClient, newEmail, PASSWORD } from '../acceptance/target.ts';
import { openChromium } from '../browser/chromium.ts';
import { startWaitingApp } from '../browser/waiting-app.ts';
import { apiUrl, emulated, endpoint, outputs } from './deployed.ts';
import { openFrontDoor } from './front-door.ts';

const STACK = 'Latchkey';
const client = createClient({ url: apiUrl(STACK), ...emulated });
const base = outputs[STACK]?.DashboardUrl ?? '';

describe('the hosted login, in a browser', () => {
  let door: Awaited<ReturnType<typeof openFrontDoor>>;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    door = await openFrontDoor(endpoint);
    browser = await openChromium(door.flags);
  });
  afterAll(async () => {
    await browser.close();
    door.close();
  });
  beforeEach(async () => {
    page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  });

  async function signInThere(email: string) {
    await page.waitForURL(/amazoncognito\.com/);
    await page.locator('input[name=username]').fill(email);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('button, input[type=submit]').first().click();
  }

  it('signs a person in, who makes their organization and gives an app a key that works', async () => {
    const app = await startWaitingApp();
    try {
      const email = newEmail();
      await client.newMember(email);
      await page.goto(`${base}/get-key?redirect=${encodeURIComponent(app.redirect)}`);
      await signInThere(email);
      await page.waitForURL(`${base}/auth/account?next=**`);
      await page.getByLabel('Name of your organization').fill('Acme Corp');
      await page.getByRole('button', { name: 'Create it' }).click();
      await page.getByRole('button', { name: 'Give the key' }).click();
      await page.waitForURL(`${app.redirect}?**`);
      const key = app.told[0]?.url.searchParams.get('key') ?? '';
      expect((await client.call('GET', '/api/v1/items', bearer(key))).status).toBe(200);
    } finally {
      app.close();
    }
  });

  it('keeps the session in cookies of the API alone, which no script reads, until it is ended', async () => {
    const { email } = await client.signedUp();
    await page.goto(`${base}/auth/account`);
    await signInThere(email);
    await page.getByText('Acme Corp').waitFor();
    const cookies = await page.context().cookies(base);
    expect(cookies.find(({ name }) => name === 'access_token')).toMatchObject({
      domain: new URL(base).hostname,
      path: new URL(base).pathname,
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
    });
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL(`${base}/auth/signin`);
    await page.goto(`${base}/auth/account`);
    await page.waitForURL(/amazoncognito\.com/);
  });

  it('lets nobody finish a sign-in that another browser began', async () => {
    const { email } = await client.signedUp();
    await page.goto(`${base}/auth/account`);
    // What an attacker does: they stop before the end, and give somebody else the rest.
    let rest = '';
    door.setDivert((url) => {
      if (!url.includes('/api/v1/auth/callback?')) return false;
      rest = url;
      return true;
    });
    await signInThere(email);
    await expect.poll(() => rest, { timeout: 10_000 }).toContain('code=');
    door.setDivert(() => false);
    const victim = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    const answer = await victim.goto(rest);
    expect(answer?.status()).toBe(400);
    await victim.getByText('was not begun here').waitFor();
    expect(await victim.context().cookies()).toEqual([]);
  });
});
