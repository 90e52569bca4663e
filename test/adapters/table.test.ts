import { describe, expect, it } from 'vitest';
import { createOperatorStore } from '../../lambdas/adapters/dynamodb/operator-store.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table.ts';
import type { Transport } from '../../lambdas/adapters/dynamodb/transport.ts';

const tableOf = (answer: object) =>
  createTable({ tableName: 'table', transport: (async () => answer) as unknown as Transport });

describe('an answer of the store that lacks what DynamoDB always says', () => {
  it.each(['UpdateItem', 'Query', 'Scan', 'BatchGetItem'] as const)('to %s is none', async (operation) => {
    await expect(tableOf({}).transport(operation, {} as never)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('lets nothing be taken for revoked that was not looked for', async () => {
    const look = (answer: object) => createOperatorStore(tableOf(answer)).everyCredential('org_1', async () => {});
    await expect(look({})).rejects.toMatchObject({ code: 'unavailable' });
    expect(await look({ Items: [], ScannedCount: 3 })).toEqual({ items: 12 });
  });
});
