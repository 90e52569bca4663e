import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../../local/members.ts';
import { apiKey, bearer, createClient } from '../acceptance/target.ts';
import { apiUrl, emulated, outputs } from './deployed.ts';
import { readTable } from './table.ts';
import { UPGRADED, type Written } from './upgraded.ts';

const before: Written = JSON.parse(readFileSync(process.env.LATCHKEY_WRITTEN ?? '', 'utf8'));
const client = createClient({ url: apiUrl(UPGRADED), ...emulated });

describe('the first deployment, updated to this one', () => {
  // What a request writes is in the counters alone: read first, before any of them.
  let after: readonly Readonly<Record<string, unknown>>[];
  beforeAll(async () => {
    after = await readTable(outputs[UPGRADED]?.TableName ?? '');
  });

  it('has the table, the user pool and the API that it had', () => {
    for (const name of ['TableName', 'UserPoolId', 'ClientId', 'ApiUrl'])
      expect([name, outputs[UPGRADED]?.[name]]).toEqual([name, before.outputs[name]]);
  });

  it('has lost no item, and changed none', () => {
    expect(before.items.length).toBeGreaterThan(4);
    for (const item of before.items) expect(after).toContainEqual(item);
  });

  it('knows the keys that it gave out, with their scopes, and refuses the one that was revoked', async () => {
    const { key, reader, revoked, itemId } = before;
    const { status, body } = await client.call('GET', '/api/v1/items', apiKey(key.apiKey));
    expect([status, body.items]).toMatchObject([200, [{ id: itemId, name: 'first' }]]);
    expect((await client.call('GET', '/api/v1/items', apiKey(reader.apiKey))).status).toBe(200);
    expect((await client.call('POST', '/api/v1/items', apiKey(reader.apiKey), { name: 'x' })).status).toBe(403);
    expect((await client.call('GET', '/api/v1/items', apiKey(revoked.apiKey))).status).toBe(401);
  });

  it('signs its founder in, who manages what there was', async () => {
    const config = (await client.call('GET', '/config.json')).body;
    const founder = bearer(await signIn(config, before.login));
    const organization = await client.call('GET', '/api/v1/organization', founder);
    expect([organization.status, organization.body]).toMatchObject([
      200,
      { id: before.organizationId, name: 'Acme', role: 'owner' },
    ]);
    const { body } = await client.call('GET', '/api/v1/keys?includeInactive=true', founder);
    const ids = body.keys.map(({ keyId }: { keyId: string }) => keyId);
    expect(ids.toSorted()).toEqual([before.key, before.reader, before.revoked].map(({ keyId }) => keyId).toSorted());
    const rotated = await client.call('POST', `/api/v1/keys/${before.reader.keyId}/rotate`, founder, {});
    expect(rotated.status).toBe(201);
    expect((await client.call('GET', '/api/v1/items', apiKey(before.reader.apiKey))).status).toBe(401);
    expect((await client.call('GET', '/api/v1/items', apiKey(rotated.body.apiKey))).status).toBe(200);
    expect((await client.call('DELETE', `/api/v1/keys/${before.key.keyId}`, founder)).status).toBe(204);
    expect((await client.call('GET', '/api/v1/items', apiKey(before.key.apiKey))).status).toBe(401);
  });
});
