import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtDashboard } from '../../dashboard/build.ts';
import { createClient, type Target } from '../acceptance/target.ts';
import { runStack } from '../local/running-stack.ts';
import { openChromium } from './chromium.ts';
import { openWindow, patient } from './dashboard-pages.ts';

/** Everything that a profile may make different, at once. */
const open = runStack(
  {
    ...patient,
    name: 'acme',
    keyFormat: 'jwt',
    dialect: { form: 'reason' },
    paths: {
      createKey: ['/acme/keys'],
      listKeys: ['/acme/keys'],
      getKey: ['/acme/keys/{keyId}'],
      getMe: ['/acme/whoami'],
      refreshSession: ['/acme/session/refresh'],
      logIn: ['/acme/session/login'],
      logOut: ['/acme/session/logout'],
    },
    apps: [{ name: 'Desktop', redirect: 'myapp://callback', scopes: ['items:read'] }],
  },
  50,
  builtDashboard,
);

describe('the dashboard of a deployment with a profile of its own', () => {
  let target: Target;
  let browser: Browser;
  beforeAll(async () => {
    target = await open();
    browser = await openChromium();
  });
  afterAll(() => browser.close());

  it('calls the operations where they are, and reads its errors', async () => {
    const { email } = await createClient(target).signedUp();
    const { page, context, button, heading, copied, signIn, complaints } = await openWindow({
      browser,
      url: target.url,
    });
    await page.goto(`${target.url}/dashboard/keys/create`);
    await signIn(email);
    await button('Create the key').click();
    await expect.poll(() => page.getByLabel('Label').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Label').fill('one that can be read');
    await button('Create the key').click();
    await heading('The key one that can be read').waitFor();
    await button('Copy the command').click();
    await expect.poll(copied).toMatch(/-H 'Authorization: Bearer ey[\w.-]+'$/);
    await page.getByLabel('I have copied the key').check();
    await button('Done').click();
    await page.getByText('secret, JWT').waitFor();
    await context.clearCookies({ name: 'access_token' });
    await page.goto(`${target.url}/dashboard/settings/apps`);
    await page.getByText('myapp://callback').waitFor();
    await page.getByText('profile (acme)').first().waitFor();
    expect(complaints).toEqual([]);
  });
});
