import { parseArgs } from 'node:util';
import {
  InvalidPasswordException,
  NotAuthorizedException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { ServiceConfig } from '../lambdas/handlers/service.ts';
import { demoMember, isLocal, signIn, signInOrUp } from './members.ts';

const USAGE = 'Usage: npm run -s token [-- --email ADDRESS --password PASSWORD] [--url STACK]';

/** Prints a Cognito access token and nothing else. On the local stack, a member who is not there yet is made. */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { email: text, password: text, url: text } });
  const { email, password, url = `http://localhost:${process.env.PORT || 3000}` } = values;
  if ((email === undefined) !== (password === undefined)) throw new Error(USAGE);
  const login = email !== undefined && password !== undefined ? { email, password } : demoMember;

  const response = await fetch(new URL('config.json', url.endsWith('/') ? url : `${url}/`)).catch(() => undefined);
  if (!response?.ok) throw new Error(`No stack answers at ${url}. Start one with npm start, or name it with --url`);
  const config = (await response.json()) as ServiceConfig;
  console.log(await (isLocal(config) ? signInOrUp : signIn)(config, login));
}

/** A wrong password for a member who is there already ends up at signing up. */
const WRONG_LOGIN = [NotAuthorizedException, UsernameExistsException, InvalidPasswordException];

main().catch((error: unknown) => {
  const wrongLogin = WRONG_LOGIN.some((type) => error instanceof type);
  console.error(wrongLogin ? 'Wrong e-mail address or password' : error instanceof Error ? error.message : error);
  process.exit(1);
});
