import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App, CliCredentialsStackSynthesizer } from 'aws-cdk-lib';
import { UPGRADED } from './upgraded.ts';

/**
 * The stack as it was first deployed. Its sources are in the archive beside this file, which
 * `git archive --format=tar 50f3195 lib lambdas package.json | gzip -9n` makes again.
 */
const folder = resolve('.local', 'first-deployment');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const archive = join(import.meta.dirname, 'first-deployment.tar.gz');
const { status } = spawnSync('tar', ['-xzf', archive, '-C', folder], { stdio: 'inherit' });
if (status !== 0) throw new Error(`tar could not unpack ${archive}`);

const { LatchkeyStack } = await import(join(folder, 'lib', 'index.ts'));
const stack = new LatchkeyStack(new App(), UPGRADED, { synthesizer: new CliCredentialsStackSynthesizer() });
// The emulator has no managed login.
stack.latchkey.identity.node.tryRemoveChild('Branding');
