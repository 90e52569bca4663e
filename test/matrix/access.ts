import type { Operation } from '../../lambdas/contract/routes.ts';

/**
 * Who may call what. Written down from what the stack promises in its documents, and from nothing that decides it: the
 * route table and the authorizer are what this is held against.
 *
 * | | |
 * |---|---|
 * | `K` | a secret key, opaque or a JWT; a restricted key that lists the scope |
 * | `A` | an admin key |
 * | `P` | a publishable key |
 * | `W` | a widget token |
 * | `o` `a` `d` `v` | an owner, an admin, a developer, a viewer |
 * | `u` | a person of the organization's own user pool, who has scopes and no role |
 * | `s` | somebody who has signed in and belongs to no organization |
 * | `c` `g` | a consumer, a guest |
 *
 * After that, the scope that it takes. `*`: whoever comes, with any credential or none.
 */
export const access: Readonly<Record<Operation, string>> = {
  createKey: 'A oad u keys:write',
  listKeys: 'A oadv u keys:read',
  getKey: 'A oadv u keys:read',
  updateKey: 'A oad u keys:write',
  revokeKey: 'A oad u keys:write',
  rotateKey: 'A oad u keys:write',
  selfRevokeKey: 'K A',
  signUp: '*',
  confirmSignUp: '*',
  logIn: '*',
  refreshSession: '*',
  logOut: '*',
  forgotPassword: '*',
  resetPassword: '*',
  startLogIn: '*',
  finishLogIn: '*',
  getMe: 'oadv u s',
  listSessions: 'oadv u s',
  endSession: 'oadv u s',
  endAllSessions: 'oadv u s',
  createSessionToken: '*',
  deleteSessionToken: 'oadv u s',
  createOrganization: 'oadv u s',
  getOrganization: 'A oadv u organization:read',
  updateOrganization: 'oa u organization:write',
  listMembers: 'oadv u members:read',
  changeRole: 'oa u members:write',
  removeMember: 'oa u members:write',
  leaveOrganization: 'oadv u',
  inviteMember: 'oa u members:write',
  listInvitations: 'oadv u members:read',
  revokeInvitation: 'oa u members:write',
  acceptInvitation: 'oadv u s',
  listUserPools: 'A oadv u organization:read',
  registerUserPool: 'oa u organization:write',
  removeUserPool: 'oa u organization:write',
  openGuestSession: 'K A P consumer-sessions:write',
  requestOtp: 'K A P consumer-sessions:write',
  verifyOtp: 'K A P consumer-sessions:write',
  createExchangeCode: 'K A consumers:write',
  exchangeCode: 'K A P consumer-sessions:write',
  refreshConsumer: 'K A P consumer-sessions:write',
  logOutConsumer: 'c g',
  getConsumerMe: 'c g',
  listConsumers: 'K A oadv u consumers:read',
  getConsumer: 'K A oadv u consumers:read',
  updateConsumer: 'K A oad u consumers:write',
  deleteConsumer: 'K A oad u consumers:write',
  listConsumerSessions: 'K A oadv u consumers:read',
  endConsumerSessions: 'K A oad u consumers:write',
  endConsumerSession: 'K A oad u consumers:write',
  trackUsage: 'K A W usage.write',
  listUsage: 'K A W oadv u usage.read',
  createWidgetToken: 'K A usage.write',
  listAuditEvents: 'oa u audit:read',
  showSignIn: '*',
  showSignUp: '*',
  showPasswordReset: '*',
  showInvitation: '*',
  showAccount: '*',
  showGetKey: '*',
  grantAppKey: 'oad u keys:write',
  getHealth: '*',
  getKeySet: '*',
  getOpenApi: '*',
  getConfig: '*',
  createItem: 'K A oad u items:write',
  listItems: 'K A P oadv u c g items:read',
  registerAgentRun: 'K A oad u agent-runs:write',
  listAgentRuns: 'K A oadv u agent-runs:read',
  createPin: 'K A oad u storage:write',
  listPins: 'K A oadv u storage:read',
  createCustomer: 'A oad u customers:write',
  listCustomers: 'A oadv u customers:read',
};

/** What a server calls alone: a secret key that a page sends is refused there in every profile, and found by that. */
const FOR_SERVERS: readonly Operation[] = [
  'openGuestSession',
  'requestOtp',
  'verifyOtp',
  'createExchangeCode',
  'exchangeCode',
  'refreshConsumer',
  'listConsumers',
  'getConsumer',
  'updateConsumer',
  'deleteConsumer',
  'listConsumerSessions',
  'endConsumerSessions',
  'endConsumerSession',
  'createWidgetToken',
];

/** What ends a credential does so from wherever it is sent. */
const FROM_ANYWHERE: readonly Operation[] = ['selfRevokeKey', 'deleteSessionToken', 'logOutConsumer'];

/** What a caller is, as the table has it; `-` for whoever has no credential that counts. */
export type Kind = 'K' | 'A' | 'P' | 'W' | 'o' | 'a' | 'd' | 'v' | 'u' | 's' | 'c' | 'g' | '-';

export interface Caller {
  readonly kind: Kind;
  /** Where it has not all that its kind can have. */
  readonly scopes?: readonly string[];
  /** A secret key that a page sends, and which operations of the profile refuse it for that. */
  readonly page?: 'some' | 'all';
}

interface Line {
  readonly kinds: ReadonlySet<string>;
  readonly scope: string | undefined;
  readonly anybody: boolean;
}

/** Reads a line of the table. @throws for an operation that has none */
function lineOf(operation: string): Line {
  const line = access[operation as Operation];
  if (line === undefined) throw new Error(`Nobody has written down who may call ${operation}`);
  const words = line.split(' ');
  const scope = words.find((word) => /[.:]/.test(word));
  return { kinds: new Set(words.filter((word) => word !== scope).join('')), scope, anybody: line === '*' };
}

export const isForAnybody = (operation: string): boolean => lineOf(operation).anybody;

/** The scopes that some of these operations ask of a kind. */
export const scopesIn = (kind: Kind, operations: readonly Operation[]): readonly string[] => [
  ...new Set(operations.flatMap((operation) => scopeFor(kind, operation))),
];

function scopeFor(kind: Kind, operation: string): readonly string[] {
  const { kinds, scope } = lineOf(operation);
  return kinds.has(kind) && scope !== undefined ? [scope] : [];
}

const isExposed = (operation: string, page: Caller['page']): boolean =>
  page === 'all' ? !FROM_ANYWHERE.some((name) => name === operation) : FOR_SERVERS.some((name) => name === operation);

export type Refusal = readonly [status: number, code: string];

/** How a caller is refused an operation, or undefined where it is let in. */
export function refusalOf(operation: string, { kind, scopes, page }: Caller): Refusal | undefined {
  const { kinds, scope, anybody } = lineOf(operation);
  if (anybody) return undefined;
  if (kind === '-') return [401, 'unauthorized'];
  if (page && isExposed(operation, page)) return [403, 'secret_key_exposed'];
  // Members of something may call it: they are told what they lack.
  if (kind === 's' && kinds.has('o') && !kinds.has('s')) return [403, 'no_organization'];
  if (!kinds.has(kind)) return [403, 'insufficient_permissions'];
  return scope === undefined || !scopes || scopes.includes(scope) ? undefined : [403, 'insufficient_permissions'];
}
