import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { fractalpack, type Profile } from '../../lambdas/contract/profile.ts';
import { PASSWORD, type Target } from '../acceptance/target.ts';

const high = { perMinute: 2_000, perHour: 10_000 };

/** For tests that sign in often. */
export const patient: Profile = {
  ...fractalpack,
  attemptLimits: { perAccountAndAddress: high, perAccount: high, perAddress: high },
};

const SIZES = [
  ['desktop', 1_280, 800],
  ['phone', 390, 844],
] as const;

/** Where SCREENSHOTS names a folder, what the views look like is kept there. */
const folder = process.env.SCREENSHOTS;

interface WindowOptions {
  readonly browser: Browser;
  readonly url: string;
}

/** A person's browser window on the dashboard, which notes what it should not do. */
export async function openWindow({ browser, url }: WindowOptions) {
  const [, width, height] = SIZES[0];
  const context = await browser.newContext({ colorScheme: 'light', viewport: { width, height } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
  /** What the page's policy forbids, what fails in it, and what it asks of others. */
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' && !/status of [45]\d\d/.test(message.text())) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:')) complaints.push(request.url());
  });
  const page = await context.newPage();

  return { ...actions(page, url), page, context, complaints };
}

function actions(page: Page, url: string) {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });

  return {
    button,
    heading,
    /** What is in the clipboard. */
    copied: () => page.evaluate(() => navigator.clipboard.readText()),
    /** Opens a view and waits until it shows what it has. */
    async visit(path: string) {
      await page.goto(`${url}/dashboard${path}`);
      await page.waitForLoadState('networkidle');
      await expect.poll(() => page.getByRole('status').getByText('Loading').count()).toBe(0);
    },
    /** Follows a link of the navigation, which is closed once the window was a phone's. */
    async go(name: string) {
      const link = page.getByRole('navigation').getByRole('link', { name, exact: true });
      if (!(await link.isVisible())) await page.getByRole('button', { name: 'Open side navigation' }).click();
      await link.click();
    },
    async signIn(email: string) {
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password').fill(PASSWORD);
      await button('Sign in').click();
      await page.waitForURL('**/dashboard/**');
    },
    async shoot(name: string) {
      if (folder === undefined) return;
      mkdirSync(folder, { recursive: true });
      for (const [size, width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(300);
        await page.screenshot({ path: `${folder}/dashboard-${name}-${size}.png` });
      }
      await page.setViewportSize({ width: SIZES[0][1], height: SIZES[0][2] });
    },
    /** Whether the page is wider than a phone. */
    async overflowsPhone() {
      await page.setViewportSize({ width: SIZES[1][1], height: SIZES[1][2] });
      await page.waitForTimeout(100);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      await page.setViewportSize({ width: SIZES[0][1], height: SIZES[0][2] });
      return wider;
    },
    /** What is serious or critical of what axe finds. */
    async barriers() {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
    },
  };
}

export type Window = Awaited<ReturnType<typeof openWindow>>;

/** Signs up on the stack's own page, and is back where they wanted to be. */
export async function signUp({ page, button }: Window, target: Target, email: string, organization: string) {
  await page.getByRole('link', { name: 'Sign up' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('Organization').fill(organization);
  await button('Sign up').click();
  await page.getByText('A code was sent').waitFor();
  await page.getByLabel('Code').fill(await target.readCode(email, 'confirm'));
  await button('Confirm').click();
  await page.waitForURL('**/dashboard/**');
}
