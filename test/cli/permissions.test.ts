import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../../cli/run.ts';
import { openStores } from '../../cli/target.ts';
import { createSdkTransport } from '../../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table.ts';
import type { Transport } from '../../lambdas/adapters/dynamodb/transport.ts';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { type Database, ensureTable, startDatabase } from '../../local/database.ts';
import { blocksOf, pages } from '../docs/pages.ts';
import { id, LIMITS, NOW, newKey, newOrganization } from '../stores/fixtures.ts';

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Condition?: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': readonly string[] } };
}

const documented = (): readonly Statement[] => {
  const page = pages.find(({ path }) => path === 'docs/cli.md');
  const policy = page && blocksOf(page).find(({ language }) => language === 'json');
  return JSON.parse(policy?.text ?? '').Statement;
};

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
  await ensureTable(database.client, 'permissions');
});
afterAll(() => database.close());

it('asks the table for what the documented policy permits, and for all of it', async () => {
  const [read, written, partitions] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const transport = createSdkTransport(database.client);
  const recording: Transport = async (operation, input) => {
    const { Key, Item } = input as { Key?: Record<string, never>; Item?: Record<string, never> };
    const changes = operation === 'PutItem' || operation === 'UpdateItem' || operation === 'DeleteItem';
    (changes ? written : read).add(`dynamodb:${operation}`);
    if (changes) partitions.add(`${String(unmarshall(Key ?? Item ?? {}).PK).split('#')[0]}#*`);
    return transport(operation, input);
  };
  const table = { tableName: 'permissions', returnsFailedItem: false };
  const store = openStores(createTable({ ...table, transport }));
  const organizationId = newOrganization();
  await store.insertOrganization({ id: organizationId, name: 'Acme', createdAt: NOW }, 'somebody');
  await store.joinOrganization('somebody', { organizationId, role: 'owner' }, LIMITS, NOW);
  const [key, other] = [newKey({ organizationId }), newKey({ organizationId })];
  await store.insertKey(key);
  await store.insertKey(other);
  const [subject, refresh] = ['somebody', { familyHash: id(43), hash: id(43) }];
  const session = { id: id(20), status: 'active', subject, organizationId, limits: LIMITS, refresh } as const;
  await store.insertSession({ ...session, createdAt: NOW, expiresAt: NOW + 9 });
  await store.putInvitation({
    id: id(20),
    status: 'pending',
    organizationId,
    role: 'viewer',
    email: 'a@example.com',
    tokenHash: id(43),
    invitedAt: NOW,
    invitedBy: 'somebody',
    expiresAt: NOW + 9,
  });
  const pool = { userPoolId: 'eu-central-1_abc', clientIds: ['a'], scopes: ['*'], registeredAt: NOW } as const;
  await store.putUserPool({ ...pool, organizationId, status: 'active' });

  for (const command of [
    ['status'],
    ['organizations', 'list'],
    ['keys', 'list', '--organization', organizationId],
    ['keys', 'show', `key_${key.id}`],
    ['keys', 'find', '--prefix', key.keyPrefix],
    ['keys', 'revoke', `key_${key.id}`, '--yes'],
    ['organizations', 'revoke', organizationId, '--lock', '--settle', '0', '--yes'],
    ['organizations', 'unlock', organizationId, '--yes'],
    ['issuer', 'rotate', '--yes'],
    ['audit', 'export', '--organization', organizationId],
  ]) {
    const told: string[] = [];
    const status = await run(command, {
      now: () => NOW * 1_000,
      env: {},
      terminal: {
        print: async () => {},
        tell: (text) => void told.push(text),
        ask: async () => undefined,
        readSecret: async () => '',
      },
      open: async () => ({
        name: 'a table',
        operator: 'local',
        apiUrl: 'http://127.0.0.1:9',
        profile: fractalpack,
        store: openStores(createTable({ ...table, transport: recording })),
        checks: async () => [],
        keepSigningKeys: async () => 'rotated',
        forgetSigningKeys: async () => {},
        close: () => {},
      }),
    });
    // There is no API, and there are no signing keys, for status to be content with.
    const expected = command[0] === 'status' ? 1 : 0;
    expect([command, status, told]).toEqual([command, expected, told]);
  }
  const statements = documented();
  const actions = (sid: string) => [statements.find(({ Sid }) => Sid === sid)?.Action ?? []].flat();
  // What describes the table goes to it by another way.
  const looks = actions('Look').filter((action) => !action.startsWith('dynamodb:Describe'));
  expect([...read].toSorted()).toEqual(looks.toSorted());
  expect([...written].toSorted()).toEqual(actions('Revoke').toSorted());
  const starts = statements.find(({ Sid }) => Sid === 'Revoke')?.Condition?.['ForAllValues:StringLike'];
  expect([...partitions].toSorted()).toEqual([...(starts?.['dynamodb:LeadingKeys'] ?? [])].toSorted());
});
