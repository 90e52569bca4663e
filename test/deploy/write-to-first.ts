import { writeFileSync } from 'node:fs';
import { signInOrUp } from '../../local/members.ts';
import { apiUrl, outputs } from './deployed.ts';
import { readTable } from './table.ts';
import { type OldKey, UPGRADED, type Written } from './upgraded.ts';

/** Makes what customers of the first deployment had, by its own API, and notes it in the file that LATCHKEY_WRITTEN names. */
const url = apiUrl(UPGRADED);
const ours = outputs[UPGRADED] ?? {};
const login = { email: 'founder@example.com', password: 'Correct-horse-battery-1' };

async function call<T>(method: string, path: string, headers: Record<string, string> = {}, body?: object): Promise<T> {
  const response = await fetch(url + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

const token = await signInOrUp(await call('GET', '/config.json'), login);
const founder = { Authorization: `Bearer ${token}` };
const { id } = await call<{ id: string }>('POST', '/api/v1/organization', founder, { name: 'Acme' });
const newKey = (fields: object) => call<OldKey>('POST', '/api/v1/keys', founder, fields);
const key = await newKey({ label: 'everything', expiresInDays: 90 });
const reader = await newKey({ label: 'reads', scopes: ['items:read'] });
const revoked = await newKey({ label: 'revoked' });
const item = await call<{ id: string }>('POST', '/api/v1/items', { 'X-Api-Key': key.apiKey }, { name: 'first' });
await call('DELETE', `/api/v1/keys/${revoked.keyId}`, founder);

const written: Written = {
  outputs: ours,
  login,
  organizationId: id,
  key,
  reader,
  revoked,
  itemId: item.id,
  items: await readTable(ours.TableName ?? ''),
};
writeFileSync(process.env.LATCHKEY_WRITTEN ?? '', JSON.stringify(written));
