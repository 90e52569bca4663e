import { createAuditStore } from '../lambdas/adapters/dynamodb/audit-store.ts';
import { createInvitationStore } from '../lambdas/adapters/dynamodb/invitation-store.ts';
import { createKeySetStore } from '../lambdas/adapters/dynamodb/key-set-store.ts';
import { createKeyStore } from '../lambdas/adapters/dynamodb/key-store.ts';
import { createMemberStore } from '../lambdas/adapters/dynamodb/member-store.ts';
import { createOperatorStore } from '../lambdas/adapters/dynamodb/operator-store.ts';
import { createOrganizationStore } from '../lambdas/adapters/dynamodb/organization-store.ts';
import { createSessionStore } from '../lambdas/adapters/dynamodb/session-store.ts';
import type { Table } from '../lambdas/adapters/dynamodb/table.ts';
import { createUserPoolStore } from '../lambdas/adapters/dynamodb/user-pool-store.ts';
import type { IssuerAnswer, IssuerRequest } from '../lambdas/contract/issuer.ts';
import type { Profile } from '../lambdas/contract/profile.ts';

/** One fact that `status` prints, and whether it is as it should be. */
export interface Check {
  readonly what: string;
  readonly value: string;
  readonly ok: boolean;
}

/** A stack that commands work on. */
export interface Target {
  /** Which it is, so that nobody takes it for another: stack, account and Region. */
  readonly name: string;
  /** Who works on it. */
  readonly operator: string;
  /** Without a slash at its end. */
  readonly apiUrl: string;
  readonly profile: Profile;
  readonly store: Store;
  /** Of the table, and of what was deployed. */
  checks(): Promise<readonly Check[]>;
  /** Has the function that keeps the signing keys do it. */
  keepSigningKeys(operator: IssuerRequest['operator']): Promise<IssuerAnswer['outcome']>;
  /** Ends whatever still knows signing keys from before. */
  forgetSigningKeys(tell: (text: string) => void): Promise<void>;
  close(): void;
}

/** How a target is chosen. */
export interface Choice {
  readonly stack: string;
  readonly region: string | undefined;
  readonly apiUrl: string | undefined;
  readonly local: boolean;
  readonly dataFolder: string;
}

export const openStores = (table: Table) => ({
  ...createKeyStore(table),
  ...createMemberStore(table),
  ...createSessionStore(table),
  ...createInvitationStore(table),
  ...createUserPoolStore(table),
  ...createOrganizationStore(table),
  ...createKeySetStore(table),
  ...createAuditStore(table),
  ...createOperatorStore(table),
});

type Store = ReturnType<typeof openStores>;
