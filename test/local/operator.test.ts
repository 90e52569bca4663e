import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { startStack } from '../../local/stack.ts';
import { describeOperator, latchkey } from '../acceptance/operator.ts';
import { runStack } from './running-stack.ts';

const open = runStack(fractalpack, 50);

describeOperator(async () => {
  const { dataFolder, ...target } = await open();
  const run = (argv: readonly string[], input?: string) =>
    latchkey([...argv, '--local'], { LATCHKEY_DATA: dataFolder }, input);
  return { ...target, run, operator: 'local' };
});

it('works on a stack only while that runs', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-operator-'));
  const status = () => latchkey(['status', '--local', '--data', dataFolder], {});
  const none = { status: 1, stdout: '', stderr: expect.stringMatching(/^No stack runs with its data in .*npm start/) };
  expect(await status()).toMatchObject(none);
  const stack = await startStack({ port: 0, dataFolder, log: () => {} });
  const file = join(dataFolder, 'running.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const response = await fetch(`${stack.url}/_operator/issuer`, { method: 'POST', body: '{"operator":"replace"}' });
  expect(response.status).toBe(401);
  expect(await status()).toMatchObject({ status: 0 });
  await stack.close();
  expect(existsSync(file)).toBe(false);
  expect(await status()).toMatchObject(none);
  rmSync(dataFolder, { recursive: true, force: true });
});
