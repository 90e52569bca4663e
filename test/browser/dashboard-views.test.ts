import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtDashboard } from '../../dashboard/build.ts';
import {
  apiKey,
  bearer,
  type Client,
  createClient,
  newEmail,
  secondsOfOneHour,
  type Target,
  type Tokens,
} from '../acceptance/target.ts';
import { runStack } from '../local/running-stack.ts';
import { openChromium } from './chromium.ts';
import { openWindow, patient, type Window } from './dashboard-pages.ts';

const open = runStack(patient, 50, builtDashboard);

/** An organization with something in every view. */
async function furnish(client: Client, owner: Tokens) {
  const { keyId, apiKey: key } = await client.newKey(owner, { label: 'warehouse-integration' });
  // By the hour: a minute is over before the views are looked at.
  const limits = { perMinute: 60, perHour: 20 };
  await secondsOfOneHour(60);
  const { keyId: nearLimit, apiKey: used } = await client.newKey(owner, { label: 'near its limit', limits });
  await client.newKey(owner, {
    label: 'shop',
    type: 'publishable',
    allowedOrigins: ['https://shop.example.com'],
    expiresInDays: 3,
  });
  const send = async (...[method, path, headers, body]: Parameters<Client['call']>) => {
    const answer = await client.call(method, path, headers, body);
    expect(answer.status).toBeLessThan(300);
    return answer.body;
  };
  for (let call = 0; call < 17; call++) await send('GET', '/api/v1/items', apiKey(used));
  for (const meter_token of ['api-calls', 'storage']) {
    for (const customer_external_id of ['cust_123', 'globex']) {
      await send('POST', '/api/v1/sdk/track', apiKey(key), { meter_token, customer_external_id, quantity: 21 });
    }
  }
  const invitation = { email: newEmail(), role: 'developer' };
  await send('POST', '/api/v1/organization/invitations', bearer(owner.access), invitation);
  const consumer = { externalId: 'user-42', email: newEmail(), attributes: { plan: 'gold', seats: 3, beta: true } };
  const { code } = await send('POST', '/api/v1/consumer/exchange-codes', apiKey(key), consumer);
  const { consumer: made } = await send('POST', '/api/v1/consumer/exchange', apiKey(key), { code });
  return { keyId, nearLimit, consumerId: made.id as string, consumerEmail: consumer.email, invited: invitation.email };
}

describe('the views of the dashboard', () => {
  let target: Target;
  let browser: Browser;
  let window: Window;
  let ids: Awaited<ReturnType<typeof furnish>>;
  beforeAll(async () => {
    target = await open();
    const client = createClient(target);
    browser = await openChromium();
    window = await openWindow({ browser, url: target.url });
    const email = newEmail();
    const tokens = await client.newMember(email);
    expect(
      (await client.call('POST', '/api/v1/organization', bearer(tokens.access), { name: 'Acme Corp' })).status,
    ).toBe(201);
    ids = await furnish(client, tokens);
    await window.page.goto(`${target.url}/dashboard/`);
    await window.signIn(email);
  });
  afterAll(async () => {
    await browser.close();
  });

  const views: readonly (readonly [name: string, path: () => string, shows: () => string])[] = [
    ['home', () => '/', () => 'Keys to look at'],
    ['keys', () => '/keys', () => 'near its limit'],
    ['create a key', () => '/keys/create', () => 'Where it works from'],
    ['a key', () => `/keys/${ids.nearLimit}`, () => '17 of 20 requests'],
    ['a key that tracks', () => `/keys/${ids.keyId}`, () => 'Quantities that this key has tracked'],
    ['edit a key', () => `/keys/${ids.keyId}/edit`, () => 'Edit warehouse-integration'],
    ['usage', () => '/usage', () => 'storage'],
    ['no usage', () => '/usage?mode=test', () => 'There is no test usage'],
    ['consumers', () => '/consumers', () => ids.consumerEmail],
    ['a consumer', () => `/consumers/${ids.consumerId}`, () => 'gold'],
    ['members', () => '/members', () => ids.invited],
    ['sessions', () => '/sessions', () => 'this one'],
    ['audit', () => '/audit', () => 'invitation.create'],
    ['settings', () => '/settings', () => 'Organization id'],
    ['consumer settings', () => '/settings/consumers', () => 'Access token, in minutes'],
    ['user pools', () => '/settings/user-pools', () => 'No user pool is registered'],
    ['origins', () => '/settings/origins', () => 'https://shop.example.com'],
    ['apps', () => '/settings/apps', () => 'No app is registered'],
    ['no view', () => '/nowhere', () => 'The dashboard has no such view'],
  ];

  const background = () => window.page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  /** The system's; a page follows it at once. */
  async function turn(colorScheme: 'light' | 'dark') {
    const before = await background();
    await window.page.emulateMedia({ colorScheme });
    await expect.poll(background).not.toBe(before);
  }

  it.each(views)('%s: shows what there is, to everybody, at every width, light and dark', async (name, path, shows) => {
    const { page, visit, shoot, barriers, overflowsPhone, complaints } = window;
    await visit(path());
    await page.getByRole('main').getByText(shows()).first().waitFor();
    expect(await page.title()).toMatch(/^.+ – Latchkey$/);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await barriers()).toEqual([]);
    expect(await overflowsPhone()).toBe(false);
    await shoot(`${name.replaceAll(' ', '-')}-light`);
    await turn('dark');
    expect(await barriers()).toEqual([]);
    await shoot(`${name.replaceAll(' ', '-')}-dark`);
    await turn('light');
    expect(complaints.splice(0)).toEqual([]);
  });

  it.each(['Dark', 'Light'])(
    'remembers that %s was chosen, and lets its dialogs be used by everybody',
    async (scheme) => {
      const { page, visit, button, barriers, complaints } = window;
      await page.emulateMedia({ colorScheme: scheme === 'Dark' ? 'light' : 'dark' });
      await page.evaluate(() => localStorage.clear());
      await visit('/members');
      const before = await background();
      await page.getByRole('button', { name: 'Appearance' }).first().click();
      await page.getByRole('menuitemcheckbox', { name: scheme }).click();
      await expect.poll(background).not.toBe(before);
      await page.reload();
      await page.getByText(ids.invited).waitFor();
      expect(await background()).not.toBe(before);
      await button('Invite').click();
      await page.getByRole('dialog').getByLabel('E-mail').waitFor();
      expect(await barriers()).toEqual([]);
      await page.keyboard.press('Escape');
      // The focus is back where it came from.
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Invite');
      await visit(`/keys/${ids.keyId}`);
      await button('Revoke').click();
      await page.getByRole('dialog').getByRole('textbox').waitFor();
      expect(await barriers()).toEqual([]);
      expect(complaints.splice(0)).toEqual([]);
    },
  );
});
