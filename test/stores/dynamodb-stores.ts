import { createAuditStore } from '../../lambdas/adapters/dynamodb/audit-store.ts';
import { createExchangeCodeStore, createOtpStore } from '../../lambdas/adapters/dynamodb/code-stores.ts';
import { createConsumerStore } from '../../lambdas/adapters/dynamodb/consumer-store.ts';
import { createInvitationStore } from '../../lambdas/adapters/dynamodb/invitation-store.ts';
import { createItemStore } from '../../lambdas/adapters/dynamodb/item-store.ts';
import { createKeySetStore } from '../../lambdas/adapters/dynamodb/key-set-store.ts';
import { createKeyStore } from '../../lambdas/adapters/dynamodb/key-store.ts';
import { createLoginStore } from '../../lambdas/adapters/dynamodb/login-store.ts';
import { createMemberStore } from '../../lambdas/adapters/dynamodb/member-store.ts';
import { createOperatorStore } from '../../lambdas/adapters/dynamodb/operator-store.ts';
import { createOrganizationStore } from '../../lambdas/adapters/dynamodb/organization-store.ts';
import { createPrincipalStore } from '../../lambdas/adapters/dynamodb/principal-store.ts';
import { createSessionStore } from '../../lambdas/adapters/dynamodb/session-store.ts';
import { createTable, type TableOptions } from '../../lambdas/adapters/dynamodb/table.ts';
import { createUsageStore } from '../../lambdas/adapters/dynamodb/usage-store.ts';
import { createUserPoolStore } from '../../lambdas/adapters/dynamodb/user-pool-store.ts';
import type { Stores } from './memory-store.ts';

export function createDynamoDbStores(options: TableOptions): Stores {
  const table = createTable(options);
  return {
    ...createPrincipalStore(table),
    ...createKeyStore(table),
    ...createOrganizationStore(table),
    ...createMemberStore(table),
    ...createInvitationStore(table),
    ...createItemStore(table),
    ...createKeySetStore(table),
    ...createUserPoolStore(table),
    ...createSessionStore(table),
    ...createLoginStore(table),
    ...createConsumerStore(table),
    ...createOtpStore(table),
    ...createExchangeCodeStore(table),
    ...createUsageStore(table),
    ...createAuditStore(table),
    ...createOperatorStore(table),
  };
}
