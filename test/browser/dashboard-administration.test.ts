import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtDashboard } from '../../dashboard/build.ts';
import { apiKey, bearer, type Client, createClient, newEmail, type Target, type Tokens } from '../acceptance/target.ts';
import { runStack } from '../local/running-stack.ts';
import { openChromium } from './chromium.ts';
import { openWindow, patient, type Window } from './dashboard-pages.ts';

const open = runStack(patient, 50, builtDashboard);

describe('who administers an organization, at the dashboard', () => {
  let target: Target;
  let client: Client;
  let browser: Browser;
  let window: Window;
  let owner: Tokens;
  let email: string;
  beforeAll(async () => {
    target = await open();
    client = createClient(target);
    browser = await openChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    email = newEmail();
    owner = await client.newMember(email);
    const made = await client.call('POST', '/api/v1/organization', bearer(owner.access), { name: 'Acme Corp' });
    expect(made.status).toBe(201);
    window = await openWindow({ browser, url: target.url });
    await window.page.goto(`${target.url}/dashboard/`);
    await window.signIn(email);
    return async () => {
      expect(window.complaints).toEqual([]);
      await window.context.close();
    };
  });
  const read = async (path: string) => (await client.call('GET', path, bearer(owner.access))).body;
  /** A button of the dialog that is open. */
  const inDialog = (name: string) => window.page.getByRole('dialog').getByRole('button', { name, exact: true });
  const tells = (text: string) => window.page.getByText(text, { exact: true }).first().waitFor();

  it('invites, makes somebody an admin, removes them, and revokes an invitation', async () => {
    const { page, button, visit } = window;
    await visit('/members');
    const invite = async (address: string) => {
      await button('Invite').click();
      await page.getByRole('dialog').getByLabel('E-mail').fill(address);
      await inDialog('Invite').click();
      await tells(`${address} is invited`);
      await inDialog('Done').click();
    };
    const [joins, waits] = [newEmail(), newEmail()];
    await invite(joins);
    await invite(waits);
    const token = /#(\S+)/.exec((await target.readMail?.(joins)) ?? '')?.[1] ?? '';
    const member = bearer((await client.newMember(joins)).access);
    expect((await client.call('POST', '/api/v1/organization/invitations/accept', member, { token })).status).toBe(200);
    await visit('/members');
    await button(`Actions for ${joins}`).click();
    await page.getByRole('menuitem', { name: 'Change role' }).click();
    await page.getByRole('radio', { name: 'Admin' }).check();
    await inDialog('Save').click();
    await tells(`${joins} is admin now.`);
    const { members } = await read('/api/v1/organization/members');
    expect(members.find((each: { email: string }) => each.email === joins).role).toBe('admin');
    await button(`Actions for ${joins}`).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await inDialog('Remove').click();
    await tells(`${joins} is removed.`);
    await button(`Revoke the invitation of ${waits}`).click();
    await inDialog('Revoke').click();
    await page.getByText('There is no pending invitation').waitFor();
    expect((await read('/api/v1/organization/members')).members).toHaveLength(1);

    await button('Leave').click();
    await page.getByRole('dialog').getByRole('textbox').fill('Acme Corp');
    await inDialog('Leave').click();
    await page.getByText('An organization has an owner.').waitFor();
    await inDialog('Cancel').click();

    await visit('/audit');
    await page.getByText('member.change_role').waitFor();
    await page.getByRole('button', { name: 'Action any' }).click();
    await page.getByRole('option', { name: 'member.leave' }).click();
    await page.getByText('failed: last_owner').waitFor();
    await page.getByText('member.change_role').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Details of member\.leave/ }).click();
    await page.getByRole('dialog').getByText('Request id').waitFor();
    await inDialog('Close').click();
  });

  it('finds a consumer, changes what is known of them, disables and deletes them', async () => {
    const { page, button, heading, visit } = window;
    const { apiKey: key } = await client.newKey(owner, { mode: 'test' });
    const address = newEmail();
    const { code } = (
      await client.call('POST', '/api/v1/consumer/exchange-codes', apiKey(key), {
        externalId: 'user-42',
        email: address,
      })
    ).body;
    const { consumer } = (await client.call('POST', '/api/v1/consumer/exchange', apiKey(key), { code })).body;
    await visit('/consumers');
    await page.getByText('There are no live consumers yet').waitFor();
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByRole('button', { name: /Find by/ }).click();
    await page.getByRole('option', { name: 'External id' }).click();
    await page.getByLabel('What to find').fill('user-43');
    await button('Find').click();
    await page.getByText('Nobody was found').waitFor();
    await page.getByLabel('What to find').fill('user-42');
    await button('Find').click();
    await page.getByRole('link', { name: address }).click();
    await heading(address).waitFor();
    const known = () => read(`/api/v1/admin/consumers/${consumer.id}?mode=test`);

    await button('Edit').click();
    await inDialog('Add an attribute').click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('plan');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Value' }).fill('gold');
    await inDialog('Save').click();
    await tells('The attributes are changed.');
    expect((await known()).attributes).toEqual({ plan: 'gold' });
    await button('End all').click();
    await inDialog('End all').click();
    await page.getByText('They are not signed in anywhere').waitFor();
    await button('Disable').click();
    await inDialog('Disable').click();
    await tells(`${address} is disabled.`);
    expect((await known()).isDisabled).toBe(true);
    await button('Enable').click();
    await tells(`${address} can sign in again.`);
    expect((await known()).isDisabled).toBe(false);
    await button('Delete').click();
    await page.getByRole('dialog').getByRole('textbox').fill(address);
    await inDialog('Delete').click();
    await tells(`${address} is deleted.`);
    await page.getByText('There are no test consumers yet').waitFor();
  });

  it('sets what the organization is called, what its consumers are sent, and where keys work from', async () => {
    const { page, button, visit } = window;
    const { keyId } = await client.newKey(owner, { type: 'publishable', label: 'shop' });
    await visit('/settings');
    await page.getByLabel('Name').fill('Initech');
    await button('Save').click();
    await tells('The organization is called Initech now.');

    await visit('/settings/consumers');
    await page.getByLabel('Access token, in minutes').fill('30');
    await page.getByLabel('Text of the mail').fill('no code in it');
    await button('Save').click();
    await page.getByText('It has no {code}').waitFor();
    await page.getByLabel('Text of the mail').fill('{organization}: {code}');
    await button('Save').click();
    await tells('Saved. It takes effect within a minute.');
    expect(await read('/api/v1/organization')).toMatchObject({
      name: 'Initech',
      consumers: { access: 1_800, messages: { emailText: '{organization}: {code}' } },
    });

    await visit('/settings/origins');
    await button('Edit the origins of shop').click();
    await page.getByRole('dialog').getByRole('textbox').fill('shop.example.com');
    await inDialog('Save').click();
    await page.getByText(/^Not an origin/).waitFor();
    await page.getByRole('dialog').getByRole('textbox').fill('https://shop.example.com');
    await inDialog('Save').click();
    await tells('The origins of shop are changed, from its next request on.');
    expect((await read(`/api/v1/keys/${keyId}`)).allowedOrigins).toEqual(['https://shop.example.com']);

    await visit('/settings/user-pools');
    await button('Register a user pool').click();
    await page.getByLabel('User pool id').fill('nonsense');
    await page.getByLabel('App client ids').fill('abc');
    await inDialog('Register').click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await inDialog('Cancel').click();
  });

  it('changes a key, and finds it among others', async () => {
    const { page, button, heading, visit } = window;
    const made = [];
    for (let index = 0; index < 30; index++) made.push(await client.newKey(owner, { label: `key ${index}` }));
    await visit('/keys');
    await heading('API keys (30)').waitFor();
    expect(await page.getByRole('row').count()).toBe(26);
    await page.getByLabel('Find keys').fill('key 29');
    await tells('1 match');
    await page.getByRole('link', { name: 'key 29' }).click();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Label').fill('renamed');
    await page.getByRole('radio', { name: 'Custom' }).check();
    await page.getByLabel('Requests a minute').fill('7');
    await page.getByLabel('Networks').fill('192.0.2.0/24\n2001:db8::/32');
    await button('Save').click();
    await tells('renamed is changed, from its next request on.');
    await page.getByText('7 a minute, 10,000 an hour (custom)').waitFor();
    expect(await read(`/api/v1/keys/${made[29]?.keyId}`)).toMatchObject({
      label: 'renamed',
      limits: { perMinute: 7, perHour: 10_000 },
      allowedCidrs: ['192.0.2.0/24', '2001:db8::/32'],
      scopes: ['*'],
    });
  });

  it('ends all of their own sessions', async () => {
    const { page, button, visit } = window;
    await visit('/sessions');
    await page.getByText('this one').waitFor();
    await button('End all').click();
    await inDialog('End all').click();
    await page.waitForURL('**/auth/signin?next=%2Fdashboard%2Fsessions');
    await window.signIn(email);
    await page.getByText('this one').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });
});
