import type * as z from 'zod';
import type * as answers from '../../lambdas/contract/answers/index.ts';

/** What the API answers, by the schemas that its document is made of. Types alone: no schema reaches the browser. */

type Of<Name extends keyof typeof answers> = z.output<(typeof answers)[Name]>;

export type Config = Of<'config'>;
export type Tier = keyof Config['tiers'];
export type Me = Of<'me'>;
export type Key = Of<'key'>;
export type IssuedKey = Of<'issuedKey'>;
export type Session = Of<'sessionList'>['sessions'][number];
export type Organization = Of<'organization'>;
export type ConsumerMessages = NonNullable<NonNullable<Organization['consumers']>['messages']>;
export type Member = Of<'memberList'>['members'][number];
export type Invitation = Of<'invitationList'>['invitations'][number];
export type SentInvitation = Of<'sentInvitation'>;
export type UserPool = Of<'userPool'>;
export type Consumer = Of<'consumer'>;
export type UsageRow = Of<'usageList'>['usage'][number];
export type AuditEvent = Of<'auditEventList'>['auditEvents'][number];

/** By operation. */
export interface Answers {
  readonly getConfig: Config;
  readonly getMe: Me;
  readonly logOut: undefined;
  readonly createKey: IssuedKey;
  readonly rotateKey: IssuedKey;
  readonly listKeys: Of<'keyList'>;
  readonly getKey: Key;
  readonly updateKey: Key;
  readonly revokeKey: undefined;
  readonly listSessions: Of<'ownSessionList'>;
  readonly endSession: undefined;
  readonly endAllSessions: undefined;
  readonly createOrganization: Organization;
  readonly getOrganization: Organization;
  readonly updateOrganization: Organization;
  readonly listMembers: Of<'memberList'>;
  readonly changeRole: Of<'changedRole'>;
  readonly removeMember: undefined;
  readonly leaveOrganization: undefined;
  readonly inviteMember: SentInvitation;
  readonly listInvitations: Of<'invitationList'>;
  readonly revokeInvitation: undefined;
  readonly listUserPools: Of<'userPoolList'>;
  readonly registerUserPool: UserPool;
  readonly removeUserPool: undefined;
  readonly listConsumers: Of<'consumerList'>;
  readonly getConsumer: Consumer;
  readonly updateConsumer: Consumer;
  readonly deleteConsumer: undefined;
  readonly listConsumerSessions: Of<'sessionList'>;
  readonly endConsumerSession: undefined;
  readonly endConsumerSessions: undefined;
  readonly listUsage: Of<'usageList'>;
  readonly listAuditEvents: Of<'auditEventList'>;
}
