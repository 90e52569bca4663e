import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { bearer, type Client, createClient, newEmail, PASSWORD, type Target } from '../acceptance/target.ts';
import { runStack } from '../local/running-stack.ts';
import { openChromium } from './chromium.ts';
import { startWaitingApp } from './waiting-app.ts';

const high = { perMinute: 2_000, perHour: 10_000 };
const open = runStack(
  {
    ...fractalpack,
    apps: [{ name: 'Desktop', redirect: 'http://127.0.0.1/callback', scopes: ['items:read'] }],
    attemptLimits: { perAccountAndAddress: high, perAccount: high, perAddress: high },
  },
  50,
);

/** Where SCREENSHOTS names a folder, what the pages look like is kept there. */
const folder = process.env.SCREENSHOTS;

describe('a person with a browser', () => {
  let target: Target;
  let client: Client;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    target = await open();
    client = createClient(target);
    browser = await openChromium();
    if (folder !== undefined) mkdirSync(folder, { recursive: true });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
    complaints = [];
    // What the policy of the page forbids, and what fails in it.
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterEach(async () => {
    expect(complaints).toEqual([]);
    await context.close();
  });

  const shoot = async (name: string) => {
    if (folder === undefined) return;
    for (const [size, width] of [
      ['desktop', 1_200],
      ['phone', 375],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: `${folder}/${name}-${size}.png` });
    }
  };
  const visit = (path: string) => page.goto(target.url + path);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const heading = (name: string) => page.getByRole('heading', { name }).waitFor();

  async function signUp(email: string, organization: string | undefined) {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('New password').fill(PASSWORD);
    if (organization !== undefined) await page.getByLabel('Organization').fill(organization);
    await button('Sign up').click();
    await page.getByLabel('Code').fill(await codeOf(email));
    await button('Confirm').click();
  }

  async function codeOf(email: string): Promise<string> {
    await page.getByText('A code was sent').waitFor();
    return target.readCode(email, 'confirm');
  }

  async function signIn(email: string, password = PASSWORD) {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await button('Sign in').click();
  }

  it.each(['light', 'dark'] as const)('finds nothing in the way on any page, in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    for (const path of ['signin', 'signup', 'reset-password', 'invitation']) {
      await page.goto(`${target.url}/auth/${path}`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => [path, id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });

  it('gets from nothing to a first key that works: signs up, confirms, and gives their app a key', async () => {
    const app = await startWaitingApp();
    try {
      await visit(`/get-key?redirect=${encodeURIComponent(app.redirect)}&state=its+own`);
      await heading('Sign in');
      await shoot('sign-in');
      await page.getByRole('link', { name: 'Sign up' }).click();
      await heading('Sign up');
      await shoot('sign-up');
      await signUp(newEmail(), 'Acme Corp');
      await heading('Give Desktop a key?');
      for (const text of ['Acme Corp', 'items:read', app.redirect]) await page.getByText(text).waitFor();
      await shoot('give-key');
      expect(app.told).toEqual([]);
      await button('Give the key').click();
      await page.waitForURL(`${app.redirect}?**`);
      const [{ url, referrer } = { url: new URL('x:/'), referrer: '' }, ...more] = app.told;
      expect([more, referrer, url.searchParams.get('state')]).toEqual([[], undefined, 'its own']);
      const items = () => client.call('GET', '/api/v1/items', bearer(url.searchParams.get('key') ?? ''));
      expect((await items()).status).toBe(200);
      // Nor does going back show it, or make another.
      await page.goBack();
      await page.waitForTimeout(300);
      expect(page.url()).not.toContain('key=ey');
      expect(app.told).toHaveLength(1);
    } finally {
      app.close();
    }
  });

  it('says no to an app, which is told so', async () => {
    const app = await startWaitingApp();
    try {
      const { email } = await client.signedUp();
      await visit(`/get-key?redirect=${encodeURIComponent(app.redirect)}&state=x`);
      await signIn(email);
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.waitForURL(`${app.redirect}?**`);
      expect(Object.fromEntries(app.told[0]?.url.searchParams ?? [])).toEqual({ error: 'access_denied', state: 'x' });
    } finally {
      app.close();
    }
  });

  it('sees what is wrong with what they typed, where it is', async () => {
    await visit('/auth/signup');
    await page.getByLabel('E-mail').fill(newEmail());
    await page.getByLabel('New password').fill('short');
    await page.getByLabel('Organization').fill('Acme');
    await button('Sign up').click();
    await page.getByText('At least 12 characters.', { exact: true }).waitFor();
    await shoot('sign-up-error');
    expect(await page.getByLabel('New password').getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('password');

    const { email } = await client.signedUp();
    await visit('/auth/signin');
    await signIn(email, 'Wrong-password-1');
    await page.getByRole('alert').getByText('wrong').waitFor();
    await signIn(email);
    await page.waitForURL('**/auth/account');
    await page.getByText('Acme Corp').waitFor();
    await shoot('account');
    await button('Sign out').click();
    await page.waitForURL('**/auth/signin');
    await visit('/auth/account');
    await page.waitForURL('**/auth/signin?next=%2Fauth%2Faccount');
  });

  it('stays signed in when the access token is over, and goes nowhere else after signing in', async () => {
    const { email } = await client.signedUp();
    await visit('/auth/signin?next=https://evil.example/');
    await signIn(email);
    await page.waitForURL(`${target.url}/auth/account`);
    await context.clearCookies({ name: 'access_token' });
    await page.reload();
    await page.getByText('Acme Corp').waitFor();
  });

  it('accepts an invitation that came by mail, as somebody new and as somebody known', async () => {
    const owner = await client.newOrganization('Globex');
    const invite = async (email: string) => {
      const body = { email, role: 'developer' };
      expect((await client.call('POST', '/api/v1/organization/invitations', bearer(owner.access), body)).status).toBe(
        201,
      );
      return /http\S+/.exec((await target.readMail?.(email)) ?? '')?.[0] ?? '';
    };
    const email = newEmail();
    await page.goto(await invite(email));
    await heading('You are invited');
    expect(page.url()).toBe(`${target.url}/auth/invitation`);
    await shoot('invitation');
    await page.getByRole('link', { name: 'Sign up' }).click();
    await signUp(email, undefined);
    await button('Accept the invitation').click();
    await page.getByText('Globex').waitFor();
    await page.getByText('developer').waitFor();
    await shoot('invitation-accepted');

    await context.clearCookies();
    const member = await client.newMember();
    const known = (await client.call('GET', '/api/v1/auth/me', bearer(member.access))).body.user.email;
    await page.goto(await invite(known));
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signIn(known);
    await button('Accept the invitation').click();
    await page.getByText('Globex').waitFor();
  });

  it('sets a new password by a mailed code', async () => {
    const { email } = await client.signedUp();
    await visit('/auth/signin');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('E-mail').fill(email);
    await button('Send me a code').click();
    await page.getByLabel('Code').waitFor();
    await shoot('reset');
    await page.getByLabel('Code').fill(await target.readCode(email, 'reset'));
    await page.getByLabel('New password').fill('Another-password-2');
    await button('Set the password').click();
    await page.getByText('Your password is set').waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signIn(email, 'Another-password-2');
    await page.getByText('Acme Corp').waitFor();
  });
});
