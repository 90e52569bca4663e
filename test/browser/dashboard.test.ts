import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { builtDashboard } from '../../dashboard/build.ts';
import {
  apiKey,
  bearer,
  type Client,
  createClient,
  newEmail,
  secondsOfOneMinute,
  type Target,
} from '../acceptance/target.ts';
import { runStack } from '../local/running-stack.ts';
import { openChromium } from './chromium.ts';
import { openWindow, patient, signUp, type Window } from './dashboard-pages.ts';

const open = runStack(patient, 50, builtDashboard);

describe('a person at the dashboard', () => {
  let target: Target;
  let client: Client;
  let browser: Browser;
  let window: Window;
  const opened: Window[] = [];
  beforeAll(async () => {
    target = await open();
    client = createClient(target);
    browser = await openChromium();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    const complaints = opened.flatMap((each) => each.complaints);
    await Promise.all(opened.splice(0).map(({ context }) => context.close()));
    expect(complaints).toEqual([]);
  });

  async function openOne(): Promise<Window> {
    window = await openWindow({ browser, url: target.url });
    opened.push(window);
    return window;
  }

  /** Signed in as the owner of an organization of their own. */
  async function openAsOwner(path = '/') {
    const { email } = await client.signedUp();
    const { page, signIn } = await openOne();
    await page.goto(`${target.url}/dashboard${path}`);
    await signIn(email);
    return { email, ...window };
  }

  const items = async (key: string) => (await client.call('GET', '/api/v1/items', apiKey(key))).status;

  it('signs up, creates a key, calls with it, sees it spend, rotates it and revokes it', async () => {
    const { page, button, heading, copied, go, shoot } = await openOne();
    await page.goto(`${target.url}/dashboard/keys`);
    await signUp(window, target, newEmail(), 'Acme Corp');
    await heading('API keys (0)').or(heading('API keys')).waitFor();
    await page.getByText('There is no key yet').waitFor();
    await shoot('keys-empty');
    await page.getByRole('link', { name: 'Create a key' }).first().click();

    await page.getByLabel('Label').fill('warehouse <b>');
    await page.getByRole('radio', { name: 'Test' }).check();
    await button('Create the key').click();
    await heading('The key warehouse <b>').waitFor();
    await shoot('key-secret');
    await button('Copy the key').click();
    await expect.poll(copied).toMatch(/^fpk_test_\w{48}$/);
    const first = await copied();
    await button('Copy the command').click();
    await expect.poll(copied).toContain(`curl ${target.url}/api/v1/items`);
    expect(await copied()).toContain(`'X-Api-Key: ${first}'`);

    // Neither a key nor a button of the window takes it away before they say that they have it.
    await page.keyboard.press('Escape');
    await button('Done').click();
    await page.getByText('Copy the key first').waitFor();
    await page.getByLabel('I have copied the key').check();
    await button('Done').click();
    await heading('warehouse <b>').waitFor();

    await secondsOfOneMinute(15);
    expect(await items(first)).toBe(200);
    expect(await items(first)).toBe(200);
    await page.getByText('2 of 60 requests').waitFor();
    expect(await page.getByRole('application', { name: 'Requests spent in the current minute' }).count()).toBe(1);
    await shoot('key');

    await button('Rotate').click();
    await page.getByRole('radio', { name: 'None' }).check();
    await shoot('key-rotate');
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate', exact: true }).click();
    await heading('The key warehouse <b>').waitFor();
    await page.getByText('The old key has ended.').waitFor();
    await button('Copy the key').click();
    await expect.poll(copied).not.toBe(first);
    const second = await copied();
    expect([await items(first), await items(second)]).toEqual([401, 200]);
    await page.getByLabel('I have copied the key').check();
    await button('Done').click();
    await page.getByText('Takes the place of').waitFor();

    await button('Revoke').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
    await dialog.getByText('Type warehouse <b>, as it stands here.').waitFor();
    expect(await items(second)).toBe(200);
    await dialog.getByRole('textbox').fill('warehouse <b>');
    await shoot('key-revoke');
    await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('Revoked', { exact: true }).first().waitFor();
    expect(await items(second)).toBe(401);

    await go('API keys');
    await page.getByText('There is no key yet').waitFor();
    await page.getByLabel('Show inactive').check();
    await expect.poll(() => page.getByRole('link', { name: 'warehouse <b>' }).count()).toBe(2);
  });

  it('creates a key by keyboard alone', async () => {
    const { page, heading } = await openAsOwner('/keys/create');
    await page.getByLabel('Label').waitFor();
    // The label has the focus as the view opens.
    await page.keyboard.type('by keyboard');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('value'))).toBe('restricted');
    const reach = async (what: () => Promise<boolean>) => {
      for (let tabs = 0; tabs < 60; tabs++) {
        if (await what()) return;
        await page.keyboard.press('Tab');
      }
      throw new Error('It is not reached by Tab');
    };
    const focused = () =>
      page.evaluate(() => {
        const element = document.activeElement as HTMLElement | null;
        return `${element?.textContent ?? ''} ${element?.getAttribute('aria-label') ?? ''}`;
      });
    await reach(async () => (await focused()).includes('Choose scopes'));
    await page.keyboard.press('Enter');
    await page.keyboard.type('items:read');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await reach(async () => (await focused()).includes('Create the key'));
    await page.keyboard.press('Enter');
    await heading('The key by keyboard').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
    await reach(() => page.evaluate(() => document.activeElement?.getAttribute('type') === 'checkbox'));
    await page.keyboard.press('Space');
    await reach(async () => (await focused()).trim() === 'Done');
    await page.keyboard.press('Enter');
    await heading('by keyboard').waitFor();
    await page.getByText('items:read', { exact: true }).waitFor();
    await page.getByText('restricted, opaque').waitFor();
  });

  it('reads what is wrong with what they typed, where it is', async () => {
    const { page, button } = await openAsOwner('/keys/create');
    await page.getByLabel('Ends after, in days').fill('9999');
    await page.getByLabel('Networks').fill('not a network');
    await button('Create the key').click();
    await page.getByText('Not a network, such as').waitFor();
    const label = page.getByLabel('Label');
    await expect.poll(() => label.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Ends after, in days').getAttribute('aria-invalid')).toBe('true');
    await page.getByText('Request id:').waitFor();
  });

  it('stays signed in when the access token is over, in two tabs at once', async () => {
    const { page, context } = await openAsOwner('/keys');
    await page.getByText('There is no key yet').waitFor();
    const other = await context.newPage();
    await other.goto(`${target.url}/dashboard/members`);
    await other.getByText('Pending invitations').waitFor();
    const statuses: number[] = [];
    let [underWay, most] = [0, 0];
    await context.route('**/auth/refresh', async (route) => {
      underWay++;
      most = Math.max(most, underWay);
      const response = await route.fetch();
      await new Promise((resolve) => setTimeout(resolve, 200));
      statuses.push(response.status());
      underWay--;
      await route.fulfill({ response });
    });
    for (let round = 0; round < 3; round++) {
      await context.clearCookies({ name: 'access_token' });
      await Promise.all([page.reload(), other.reload()]);
      await page.getByText('There is no key yet').waitFor();
      await other.getByText('Pending invitations').waitFor();
    }
    expect(statuses).toEqual(statuses.map(() => 204));
    expect(statuses.length).toBeGreaterThanOrEqual(3);
    expect(most).toBe(1);
  });

  it('is asked to sign in again when the session has ended, and comes back to where they were', async () => {
    const { email, page, context, go, signIn } = await openAsOwner('/sessions');
    await page.getByText('this one').waitFor();
    await context.clearCookies();
    await go('Members');
    await page.waitForURL('**/auth/signin?next=%2Fdashboard%2Fmembers');
    await signIn(email);
    await page.getByText('Pending invitations').waitFor();
    await page
      .getByRole('button', { name: 'Account' })
      .or(page.getByRole('button', { name: email }))
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/auth/signin**');
    await page.goto(`${target.url}/dashboard/`);
    await page.waitForURL('**/auth/signin**');
  });

  it('is told what went wrong, with the request id, and tries again', async () => {
    const { page, button, go } = await openAsOwner('/');
    await page.getByText('What to do first').waitFor();
    const problem = {
      status: 503,
      detail: 'Temporarily unavailable: the store.',
      code: 'unavailable',
      instance: 'req-42',
    };
    await page.route('**/api/v1/keys?**', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    await go('API keys');
    await page.getByText('Temporarily unavailable: the store.').waitFor();
    await page.getByText('req-42').waitFor();
    await page.unroute('**/api/v1/keys?**');
    await button('Try again').click();
    await page.getByText('There is no key yet').waitFor();
  });

  it('makes an organization first where they have none', async () => {
    const member = newEmail();
    await client.newMember(member);
    const { page, heading, button, shoot, signIn } = await openOne();
    await page.goto(`${target.url}/dashboard/`);
    await signIn(member);
    await heading('Create an organization').waitFor();
    await shoot('first-time');
    await page.getByLabel('Name').fill('Globex');
    await button('Create').click();
    await heading('Globex').waitFor();
    await page.getByText('What to do first').waitFor();
  });

  it('sees as a viewer what a viewer may do, and what they are missing', async () => {
    const owner = await client.newOrganization('Initech');
    const { apiKey: key } = await client.newKey(owner, { label: 'theirs' });
    expect(key).toMatch(/^fpk_live_/);
    const email = newEmail();
    const invited = await client.call('POST', '/api/v1/organization/invitations', bearer(owner.access), {
      email,
      role: 'viewer',
    });
    expect(invited.status).toBe(201);
    const token = /#(\S+)/.exec((await target.readMail?.(email)) ?? '')?.[1] ?? '';
    const member = bearer((await client.newMember(email)).access);
    expect((await client.call('POST', '/api/v1/organization/invitations/accept', member, { token })).status).toBe(200);
    const { page, heading, go, signIn } = await openOne();
    await page.goto(`${target.url}/dashboard/audit`);
    await signIn(email);
    await heading('Not allowed').waitFor();
    await page.getByText('audit:read').waitFor();
    expect(await page.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
    await go('API keys');
    await page.getByRole('link', { name: 'theirs' }).click();
    await heading('theirs').waitFor();
    expect(await page.getByRole('button', { name: 'Revoke' }).count()).toBe(0);
  });
});
