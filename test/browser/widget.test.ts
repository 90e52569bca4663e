import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fractalpack } from '../../lib/profiles/index.ts';
import { apiKey, bearer, createClient, type Target } from '../acceptance/target.ts';
import { runStack } from '../local/running-stack.ts';
import { openChromium } from './chromium.ts';

const SERVER = join(import.meta.dirname, '../../examples/widget/server.mjs');
/** Whom the example's server mints for. */
const CUSTOMER = 'customer-42';
const open = runStack(fractalpack, 50);

describe("a customer's usage in a page with a widget token", () => {
  let target: Target;
  let browser: Browser;
  const servers: ChildProcess[] = [];
  beforeAll(async () => {
    target = await open();
    browser = await openChromium();
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    }
  });
  afterAll(async () => {
    await browser.close();
  });

  async function startServer(key: string): Promise<string> {
    const env = { ...process.env, LATCHKEY_URL: target.url, LATCHKEY_KEY: key, PORT: '0' };
    const server = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    servers.push(server);
    const [line] = await once(server.stdout, 'data');
    return /^open (http:\/\/localhost:\d+\/)$/m.exec(String(line))?.[1] ?? '';
  }

  /** A key whose organization's customers have used something today. */
  async function setUp() {
    const client = createClient(target);
    const owner = await client.newOrganization();
    const scopes = ['usage.write', 'usage.read'];
    const key = await client.newKey(owner, { type: 'restricted', scopes });
    const track = async (customer: string, quantity: number) => {
      const body = { meter_token: 'api-calls', customer_external_id: customer, quantity };
      expect((await client.call('POST', '/api/v1/sdk/track', apiKey(key.apiKey), body)).status).toBe(201);
    };
    await track(CUSTOMER, 1_200);
    await track(CUSTOMER, 34);
    await track('customer-7', 5_000);
    const revoke = () => client.call('DELETE', `/api/v1/keys/${key.keyId}`, bearer(owner.access));
    return { key: key.apiKey as string, revoke };
  }

  const caption = (page: Page) => page.locator('#caption').textContent();
  const rows = (page: Page) => page.locator('#rows tr').count();

  it("shows what this customer used, and nobody else's, without the key", async () => {
    const today = () => new Date().toISOString().slice(0, 10);
    const day = today();
    const { key } = await setUp();
    // axe opens a page beside this one.
    const page = await (await browser.newContext()).newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    const bodies: Promise<string>[] = [];
    page.on('response', (response) => bodies.push(response.text().catch(() => '')));
    await page.goto(await startServer(key));

    await expect.poll(() => caption(page)).toBe('1,234 in the last 30 days');
    expect(await rows(page)).toBe(30);
    const used = page.locator('#rows tr').filter({ hasText: '1,234' });
    expect(await used.count()).toBe(1);
    // A new day may have begun since.
    expect([day, today()]).toContain((await used.innerText()).split(/\s/)[0]);
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/widget.png` });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    await page.getByLabel('Days').selectOption('7');
    await expect.poll(() => rows(page)).toBe(7);
    expect(await caption(page)).toBe('1,234 in the last 7 days');
    const seen = (await Promise.all(bodies)).join('');
    expect(seen).toContain('"token"');
    expect(seen).not.toContain(key);
    expect(failures).toEqual([]);
  });

  it('asks for a new token when its own is over', async () => {
    const { key } = await setUp();
    const page = await browser.newPage();
    let minted = 0;
    await page.route('**/widget-token', async (route) => {
      minted++;
      if (minted > 1) await route.continue();
      else await route.fulfill({ json: { api: target.url, token: 'e30.e30.e30' } });
    });
    await page.goto(await startServer(key));
    await expect.poll(() => caption(page)).toBe('1,234 in the last 30 days');
    expect(minted).toBe(2);
  });

  it('shows nothing any more when the key was revoked', async () => {
    const { key, revoke } = await setUp();
    const page = await browser.newPage();
    await page.goto(await startServer(key));
    await expect.poll(() => caption(page)).toBe('1,234 in the last 30 days');
    expect((await revoke()).status).toBe(204);
    await page.getByLabel('Days').selectOption('7');
    await page.getByRole('alert').getByText('no access').waitFor();
    expect(await rows(page)).toBe(0);
  });
});
