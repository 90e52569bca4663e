import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrincipalStore } from '../../lambdas/adapters/dynamodb/principal-store.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { ConditionFailedError } from '../../lambdas/adapters/dynamodb/transport.ts';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { createAuthorizer } from '../../lambdas/core/authorize.ts';
import { hashSecret } from '../../lambdas/core/key-format.ts';
import { OWN_ORIGIN, routes, STAGE, START, World } from '../core/authorizer-world.ts';
import './fuzzing.ts';

const { apiKey } = await new World().newKey();

/** One request with a key, to an authorizer whose table answers with an item, of a write that was done or refused. */
function decide(item: Record<string, unknown>, done: boolean) {
  const marshalled = marshall(item, { removeUndefinedValues: true, convertEmptyValues: false });
  const transport = async () => {
    if (done) return { Attributes: marshalled };
    throw new ConditionFailedError(marshalled);
  };
  const table = createTable({ tableName: 'table', transport: transport as never });
  const authorize = createAuthorizer({
    profile: fractalpack,
    routes,
    principals: createPrincipalStore(table),
    tokens: { verify: async () => undefined },
    clock: { now: () => START },
    ownOrigin: OWN_ORIGIN,
  });
  return authorize({
    presented: { source: 'key-header', text: apiKey },
    method: 'GET',
    resource: '/api/v1/items',
    methodArn: `${STAGE}/GET/api/v1/items`,
    sourceIp: '192.0.2.1',
    origin: undefined,
    fetchSite: undefined,
  });
}

const RIGHT = {
  status: 'active',
  mode: 'live',
  perMinute: 60,
  perHour: 1_000,
  version: 1,
  type: 'secret',
  scopes: ['items:read'],
  organizationId: 'org_1',
  secretHash: hashSecret(apiKey),
};

/** An item as it should be, with some attributes exchanged or gone. */
const items = fc
  .dictionary(
    fc.constantFrom(
      ...Object.keys(RIGHT),
      'allowedCidrs',
      'allowedOrigins',
      'expiresAt',
      'role',
      'kind',
      'm29586240',
      'h493104',
    ),
    fc.oneof(
      fc.constantFrom<unknown>(
        'active',
        'revoked',
        'ACTIVE',
        'live',
        'admin',
        'owner',
        '*',
        ['*'],
        [],
        {},
        null,
        undefined,
        true,
        -1,
        0,
        0.5,
        1e15,
      ),
      fc.string(),
    ),
  )
  .map((changes) => ({ ...RIGHT, ...changes }));

describe('an item that decides who gets in', () => {
  it('lets a key in as it should be', async () => {
    expect(await decide(RIGHT, true)).toMatchObject({ outcome: 'allowed' });
    // DynamoDB refused it, for no reason that is to be seen: not let in.
    await expect(decide(RIGHT, false)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('lets nobody in where the write was refused, whatever it says', () =>
    fc.assert(
      fc.asyncProperty(items, async (item) => {
        const decision = await decide(item, false).catch((error: { code: string }) => error.code);
        if (typeof decision === 'string') expect(decision).toBe('unavailable');
        else if (decision.outcome === 'allowed') expect(decision.context.limited).toBe(true);
      }),
    ));

  it('opens nothing that it does not say in the form in which it is written', () =>
    fc.assert(
      fc.asyncProperty(items, async (item) => {
        const decision = await decide(item, true).catch((error: { code: string }) => error.code);
        if (typeof decision === 'string') expect(decision).toBe('unavailable');
        else if (decision.outcome === 'allowed') {
          expect(['live', 'test']).toContain(item.mode);
          expect(['items:read', '*'].some((scope) => Array.isArray(item.scopes) && item.scopes.includes(scope))).toBe(
            true,
          );
        }
      }),
    ));
});
