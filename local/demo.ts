import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Profile } from '../lambdas/contract/profile.ts';
import { pathOf, protectedRoutes, sampleRoutesOf } from '../lambdas/contract/routes.ts';
import type { ServiceConfig } from '../lambdas/handlers/service.ts';
import { demoMember, signInOrUp } from './members.ts';

async function call(
  url: string,
  method: string,
  credential: Record<string, string>,
  body?: unknown,
): Promise<Response> {
  return fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json', ...credential },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function expectStatus(response: Response, ...expected: number[]): Promise<void> {
  if (!expected.includes(response.status))
    throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
}

/** How a profile's secret key is sent: a JWT as a bearer token, any other in the first header for it. */
export const keyHeader = ({ keyFormat, keyHeaders }: Profile, key: string): readonly [name: string, value: string] =>
  keyFormat === 'jwt' ? ['Authorization', `Bearer ${key}`] : [keyHeaders.secret[0] ?? 'X-Api-Key', key];

/** Where a key reads the sample resource: what a first call with one asks for. */
export function samplePathOf(profile: Profile): string {
  const readable = protectedRoutes(sampleRoutesOf(profile)).find(
    ({ method, principals }) => method === 'GET' && principals.includes('key'),
  );
  return readable?.path ?? pathOf('listUsage', profile);
}

/**
 * A member with an organization and a test key, made through the API like anybody's. The key is kept in the data
 * folder, as its owner would keep it, since the stack cannot show it again.
 */
export async function prepareDemo(url: string, profile: Profile, dataFolder: string): Promise<{ apiKey: string }> {
  const config = (await (await fetch(`${url}${pathOf('getConfig', profile)}`)).json()) as ServiceConfig;
  const authorization = { Authorization: `Bearer ${await signInOrUp(config, demoMember)}` };
  await expectStatus(
    await call(url + pathOf('createOrganization', profile), 'POST', authorization, { name: 'Demo' }),
    201,
    409,
  );

  const file = join(dataFolder, 'demo-key');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  const works = async (key: string) => {
    const credential = Object.fromEntries([keyHeader(profile, key)]);
    return (await call(url + samplePathOf(profile), 'GET', credential)).ok;
  };
  if (kept !== undefined && (await works(kept))) return { apiKey: kept };
  const created = await call(url + pathOf('createKey', profile), 'POST', authorization, {
    label: 'demo',
    mode: 'test',
  });
  await expectStatus(created, 201);
  const { apiKey } = (await created.json()) as { apiKey: string };
  await writeFile(file, apiKey, { mode: 0o600 });
  return { apiKey };
}
