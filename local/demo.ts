import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/**
 * A member with an organization and a test key, made through the API like anybody's. The key is kept in the data
 * folder, as its owner would keep it, since the stack cannot show it again.
 */
export async function prepareDemo(url: string, samplePath: string, dataFolder: string): Promise<{ apiKey: string }> {
  const config = (await (await fetch(`${url}/config.json`)).json()) as ServiceConfig;
  const authorization = { Authorization: `Bearer ${await signInOrUp(config, demoMember)}` };
  await expectStatus(await call(`${url}/api/v1/organization`, 'POST', authorization, { name: 'Demo' }), 201, 409);

  const file = join(dataFolder, 'demo-key');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined && (await call(url + samplePath, 'GET', { 'X-Api-Key': kept })).ok) return { apiKey: kept };
  const created = await call(`${url}/api/v1/keys`, 'POST', authorization, { label: 'demo', mode: 'test' });
  await expectStatus(created, 201);
  const { apiKey } = (await created.json()) as { apiKey: string };
  await writeFile(file, apiKey, { mode: 0o600 });
  return { apiKey };
}
