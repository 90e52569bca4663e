import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtDashboard } from '../../dashboard/build.ts';
import { createClient, type Target } from '../acceptance/target.ts';
import { runStack } from '../local/running-stack.ts';
import { openChromium } from './chromium.ts';
import { openWindow, patient } from './dashboard-pages.ts';

const open = runStack(patient, 50, builtDashboard);

describe('the reference of the API', () => {
  let target: Target;
  let browser: Browser;
  beforeAll(async () => {
    target = await open();
    browser = await openChromium();
  });
  afterAll(() => browser.close());

  it('shows the operations, and sends a request with a key, to this origin alone', async () => {
    const client = createClient(target);
    const { apiKey } = await client.newKey(await client.newOrganization());
    const { page, complaints, shoot, overflowsPhone, barriers } = await openWindow({ browser, url: target.url });
    await page.goto(`${target.url}/docs#tag/sample-resource/GET/api/v1/items`);
    const test = page.getByRole('button', { name: /^Test Request\s*\(get \/api\/v1\/items\)/i });
    await test.waitFor();
    await shoot('reference');
    expect(await overflowsPhone()).toBe(false);
    expect(await barriers()).toEqual([]);
    const foreign = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>('a[href]')]
        .filter((link) => link.checkVisibility() && !link.href.startsWith(location.origin))
        .map(({ href }) => href),
    );
    expect(foreign).toEqual([]);
    expect(await page.getByRole('link', { name: 'Dashboard', exact: true }).getAttribute('href')).toBe('/dashboard/');

    await test.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().waitFor();
    await dialog.locator('input.scalar-password-input').click();
    await page.keyboard.type(apiKey);
    const answered = page.waitForResponse((response) => response.url() === `${target.url}/api/v1/items`);
    await dialog.getByRole('button', { name: 'Send' }).first().click();
    expect((await answered).status()).toBe(200);
    await shoot('reference-sent');
    expect(complaints).toEqual([]);
  });
});
