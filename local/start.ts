import { access, constants, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtDashboard } from '../dashboard/build.ts';
import { pathOf } from '../lambdas/contract/routes.ts';
import { HOME } from '../lambdas/contract/site.ts';
import { createLog, type Log, writeLine } from '../lambdas/http/log.ts';
import { findProfile, fractalpack, type Profile } from '../lib/profiles/index.ts';
import { keyHeader, prepareDemo, samplePathOf } from './demo.ts';
import { demoMember } from './members.ts';
import { type StackOptions, startStack } from './stack.ts';

const USAGE = 'Usage: npm start [-- --data DIR] [--profile NAME|FILE], with PORT in the environment';

/** A mistake of the person who starts the stack: told in one line. */
class StartError extends Error {}

type Options = Pick<StackOptions, 'port' | 'dataFolder'> & { profile: Profile };

async function readOptions(): Promise<Options> {
  const text = { type: 'string' } as const;
  let [data, profile]: [string | undefined, Profile] = [undefined, fractalpack];
  try {
    const { values } = parseArgs({ options: { data: text, profile: text } });
    data = values.data;
    if (values.profile !== undefined) profile = await findProfile(values.profile);
  } catch (error) {
    throw new StartError(`${(error as Error).message}. ${USAGE}`);
  }
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StartError(`PORT must be a whole number from 0 to 65535, not ${process.env.PORT}`);
  }
  return { port, dataFolder: resolve(data ?? '.local'), profile };
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError(`The data folder ${folder} is not writable (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** What went wrong, where the person who starts the stack can do something about it. */
function explain(error: unknown, port: number, dataFolder: string): StartError | undefined {
  if (error instanceof StartError) return error;
  const { code, cause, syscall, path } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
  if (code === 'EADDRINUSE') return new StartError(`Port ${port} is taken; choose another: PORT=${port + 1} npm start`);
  if (code === 'EACCES' && syscall === 'listen') {
    return new StartError(`Port ${port} needs more rights; choose another: PORT=3000 npm start`);
  }
  if (code === 'EACCES' || code === 'EROFS') return new StartError(`${path} is not writable (${code})`);
  if (cause?.code === 'LEVEL_LOCKED') {
    return new StartError(`The data folder ${dataFolder} is in use; choose another: npm start -- --data DIR`);
  }
  return undefined;
}

const logLine = createLog(writeLine, { now: Date.now });

/** Refusals are answers, not events worth a line on a developer's screen. */
const log: Log = (entry) => {
  if (entry.level !== 'info') logLine(entry);
};

async function main(): Promise<void> {
  const options = await readOptions();
  try {
    await prepareFolder(options.dataFolder);
    const site = builtDashboard();
    const stack = await startStack({ ...options, log, site });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void stack.close().then(() => process.exit(0)));
    }
    const { profile } = options;
    const { apiKey } = await prepareDemo(stack.url, profile, options.dataFolder);
    const token = `$(npm run -s token${stack.url === 'http://localhost:3000' ? '' : ` -- --url ${stack.url}`})`;
    console.log(`ready ${stack.url}

The dashboard: ${stack.url}${HOME}  (sign in as ${demoMember.email}, ${demoMember.password})
The reference: ${stack.url}/docs

As the demo member, with a Cognito access token, create a key and list the keys:

curl -X POST ${stack.url}${pathOf('createKey', profile)} -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" -d '{"label": "my first key"}'
curl ${stack.url}${pathOf('listKeys', profile)} -H "Authorization: Bearer ${token}"

With a key, call a protected route:

curl ${stack.url}${samplePathOf(profile)} -H "${keyHeader(profile, apiKey).join(': ')}"
`);
  } catch (error) {
    throw explain(error, options.port, options.dataFolder) ?? error;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
});
