import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { type Emulator, freePort, pythonTools, startEmulator } from './emulator.ts';

/**
 * Deploys the real template with the real tools, into an emulator of AWS or whatever AWS_ENDPOINT_URL names, and runs
 * the acceptance suite over HTTP against what came out.
 */
const BIN = join(import.meta.dirname, '../../node_modules/.bin');
const ACCOUNT = '000000000000';
const REGION = 'us-east-1';
/** Whose mail `app.ts` has a stack send. */
const MAIL_DOMAIN = 'acme.example';

class StepError extends Error {}

/** Runs a command; what it prints is shown when it fails, or all along for the tests. */
async function step(
  title: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  quiet = true,
): Promise<void> {
  const started = Date.now();
  console.log(`== ${title}`);
  const child = spawn(command, args, { stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', env });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new StepError(`${Buffer.concat(printed)}\n${title}: exit status ${status}`);
  console.log(`   ${title}: done in ${Math.round((Date.now() - started) / 1_000)} s`);
}

/** What somebody does once who has the stack send mail: https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html */
async function verifyDomain(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SESv2Client({ endpoint, region: REGION, credentials });
  await client.send(new CreateEmailIdentityCommand({ EmailIdentity: MAIL_DOMAIN }));
}

async function main(): Promise<void> {
  const given = process.env.AWS_ENDPOINT_URL;
  const emulator: Emulator | undefined = given ? undefined : await startEmulator();
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-deploy-'));
  const outputs = join(folder, 'outputs.json');
  // A test listens there.
  const textsUrl = `http://127.0.0.1:${await freePort()}`;
  const assembly = join(folder, 'cdk.out');
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: emulator?.endpoint ?? given,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    LATCHKEY_OUTPUTS: outputs,
    LATCHKEY_TEXTS: textsUrl,
    LATCHKEY_FIRST_OUTPUTS: join(folder, 'first-outputs.json'),
    LATCHKEY_WRITTEN: join(folder, 'written.json'),
    LATCHKEY_ASSEMBLY: assembly,
    LATCHKEY_SECRETS: join(folder, 'secrets'),
  };
  const cdk = join(BIN, 'cdk');
  const app = ['--app', 'node test/deploy/app.ts', '--output', assembly];
  const first = ['--app', 'node test/deploy/first-app.ts', '--output', join(folder, 'first')];
  const deploy = ['deploy', '--all', '--require-approval', 'never', '--progress', 'bar'];
  try {
    await verifyDomain(env.AWS_ENDPOINT_URL ?? '');
    await step('cdk bootstrap', cdk, ['bootstrap', `aws://${ACCOUNT}/${REGION}`, ...first], env);
    const firstEnv = { ...env, LATCHKEY_OUTPUTS: env.LATCHKEY_FIRST_OUTPUTS };
    await step(
      'cdk deploy, as it first was',
      cdk,
      [...deploy, '--outputs-file', firstEnv.LATCHKEY_OUTPUTS, ...first],
      env,
    );
    await step('Write to it', join(BIN, 'node'), [join(import.meta.dirname, 'write-to-first.ts')], firstEnv);
    await step('Synthesize', cdk, ['synth', '--quiet', ...app], env);
    // Both have ended before the emulator is stopped, whichever fails.
    const ended = await Promise.allSettled([
      step('cfn-lint', join(pythonTools().bin, 'cfn-lint'), [join(assembly, '*.template.json')], env),
      step('cdk deploy', cdk, [...deploy, '--outputs-file', outputs, '--app', assembly], env),
    ]);
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
    await step('cdk diff', cdk, ['diff', '--all', '--fail', '--app', assembly], env);
    const tests = ['run', '--config', join(import.meta.dirname, 'vitest.config.ts')];
    await step('Acceptance', join(BIN, 'vitest'), tests, env, false);
    await step(
      'Search the logs for secrets',
      join(BIN, 'node'),
      [join(import.meta.dirname, 'search-logs.ts')],
      env,
      false,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await emulator?.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof StepError ? error.message : error);
  process.exit(1);
});
