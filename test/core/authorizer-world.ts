import { randomBytes } from 'node:crypto';
import { vi } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { allRoutes, type ProtectedRoute, protectedRoutes } from '../../lambdas/contract/routes.ts';
import { createAuthorizer, type UnverifiedCredential } from '../../lambdas/core/authorize.ts';
import { mintKey } from '../../lambdas/core/key-format.ts';
import type { KeyRecord, PrincipalStore, Spend, SpendOutcome } from '../../lambdas/core/ports.ts';
import type { Proven } from '../../lambdas/core/token-ports.ts';
import { createMemoryStores, type Stores } from '../stores/memory-store.ts';

export const STAGE = 'arn:aws:execute-api:us-east-1:123456789012:api/prod';
export const START = Date.UTC(2026, 3, 3, 12, 0, 10);
export const SUBJECT = '11111111-2222-3333-4444-555555555555';

export const routes: ProtectedRoute[] = [
  ...protectedRoutes(allRoutes),
  { method: 'POST', path: '/v1/orders', principals: ['consumer'], scopes: [], limited: 'deny' },
  { method: 'GET', path: '/v1/widgets', principals: ['key'], scopes: [], limited: 'deny' },
];

export const OWN_ORIGIN = 'https://api.example.com';
export const SESSION = 's'.repeat(20);

/** What the tokens of these tests prove. */
const TOKENS: Readonly<Record<string, Proven>> = {
  'a.valid.jwt': { type: 'member', id: SUBJECT, signedInAt: START / 1_000 - 60 },
  'a.session.jwt': { type: 'session', id: SESSION, use: 'member' },
  'a.consumer.jwt': { type: 'session', id: SESSION, use: 'consumer' },
};

/** A store that counts what it is asked, and fails on demand. */
function observe(stores: Stores) {
  const spends: Spend[] = [];
  let failure: Error | undefined;
  let answer: SpendOutcome | undefined;
  const dropCounters = vi.fn(stores.dropCounters);
  const principals: PrincipalStore = {
    dropCounters,
    async spend(spend) {
      spends.push(spend);
      if (failure) throw failure;
      return answer ?? stores.spend(spend);
    },
  };
  return {
    principals,
    spends,
    dropCounters,
    fail: (error: Error | undefined) => {
      failure = error;
    },
    answerWith: (outcome: SpendOutcome | undefined) => {
      answer = outcome;
    },
  };
}

/** An authorizer with its store and its clock, and the keys and requests that a test makes. */
export class World {
  /** Milliseconds. */
  now = START;
  readonly stores: Stores = createMemoryStores();
  /** What further tokens prove. */
  readonly proven = new Map<string, Proven>();
  readonly observed = observe(this.stores);
  authorize = this.newContainer();

  /**
   * Another Lambda container, with its own memory and clock.
   * @param ahead milliseconds by which its clock is wrong
   */
  newContainer(table = routes, ahead: () => number = () => 0) {
    return createAuthorizer({
      profile: fractalpack,
      routes: table,
      principals: this.observed.principals,
      tokens: { verify: async (token) => this.proven.get(token) ?? TOKENS[token] },
      clock: { now: () => this.now + ahead() },
      ownOrigin: OWN_ORIGIN,
    });
  }

  async newKey(fields: Partial<KeyRecord> = {}) {
    const prefix = fractalpack.keyPrefixes[fields.type ?? 'secret'];
    const { apiKey, ...minted } = mintKey(prefix, fields.mode ?? 'live', randomBytes);
    const record: KeyRecord = {
      ...minted,
      organizationId: 'org_1',
      status: 'active',
      type: 'secret',
      format: 'opaque',
      mode: 'live',
      label: 'x',
      scopes: ['*'],
      limits: { perMinute: 100, perHour: 1_000 },
      createdAt: START / 1_000,
      createdBy: SUBJECT,
      version: 1,
      ...fields,
    };
    await this.stores.insertKey(record);
    return { record, apiKey };
  }

  ask(
    credential: UnverifiedCredential | string | undefined,
    method = 'GET',
    resource = '/api/v1/items',
    path = resource,
    more: { sourceIp?: string; origin?: string; fetchSite?: string } = {},
  ) {
    return this.authorize({
      presented: typeof credential === 'string' ? { source: 'key-header', text: credential } : (credential ?? 'none'),
      method,
      resource,
      methodArn: `${STAGE}/${method}${path}`,
      sourceIp: '192.0.2.1',
      origin: undefined,
      fetchSite: undefined,
      ...more,
    });
  }
}

export const bearer = (text: string) => ({ source: 'bearer' as const, text });
