import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import type { Decision } from '../../lambdas/core/authorize.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { deny } from '../../lambdas/core/policy.ts';
import { createAuthorizerHandler, UNAUTHORIZED } from '../../lambdas/handlers/authorizer.ts';
import type { LogEntry } from '../../lambdas/http/log.ts';

const event = { requestContext: { requestId: 'r-1' }, multiValueHeaders: {} } as APIGatewayRequestAuthorizerEvent;
const rest = { principalId: 'key_1', policy: deny('arn'), context: {} };

describe('what the authorizer logs and counts', () => {
  let logged: LogEntry[];
  let counted: string[];
  let took: number[];
  beforeEach(() => {
    logged = [];
    counted = [];
    took = [];
  });

  function run(decide: () => Promise<Decision>) {
    let now = 0;
    return createAuthorizerHandler(decide, {
      profile: fractalpack,
      log: (entry) => void logged.push(entry),
      clock: { now: () => (now += 7) },
      metrics: {
        count: (name) => void counted.push(name),
        note: () => {},
        ended: (milliseconds) => void took.push(milliseconds),
      },
    })(event);
  }

  it('of a request that is let through: a count, and no line', async () => {
    await run(async () => ({ outcome: 'allowed', limited: false, ...rest }));
    expect([logged, counted, took]).toEqual([[], ['Authorized'], [7]]);
  });

  it.each<[string, Decision, Partial<LogEntry>, string[]]>([
    [
      'a 401',
      { outcome: 'unauthorized', reason: 'revoked', principalId: 'key_1' },
      { message: UNAUTHORIZED, code: 'revoked', principalId: 'key_1' },
      ['Denied', 'Denied_revoked'],
    ],
    [
      'a 401 of nobody that is known',
      { outcome: 'unauthorized', reason: 'malformed' },
      { message: UNAUTHORIZED, code: 'malformed' },
      ['Denied', 'Denied_malformed'],
    ],
    [
      'a 403',
      { outcome: 'denied', code: 'address_not_allowed', ...rest },
      { message: 'Forbidden', code: 'address_not_allowed', principalId: 'key_1' },
      ['Denied', 'Denied_address_not_allowed'],
    ],
    [
      'a limit that the gateway tells of',
      { outcome: 'denied', code: 'rate_limited', ...rest },
      { message: 'Over its limit', code: 'rate_limited', principalId: 'key_1' },
      ['Limited'],
    ],
    [
      'a limit that the function tells of',
      { outcome: 'allowed', limited: true, ...rest },
      { message: 'Over its limit', code: 'rate_limited', principalId: 'key_1' },
      ['Limited'],
    ],
  ])('of %s', async (_, decision, entry, counters) => {
    const answer = run(async () => decision);
    if (decision.outcome === 'unauthorized') await expect(answer).rejects.toThrow(UNAUTHORIZED);
    else await answer;
    expect(logged).toEqual([{ level: 'info', requestId: 'r-1', ...entry }]);
    expect([counted, took]).toEqual([counters, [7]]);
  });

  it('of what could not be decided: its cause', async () => {
    const error = new UnavailableError('the store cannot be reached', new Error('timeout'));
    await expect(run(() => Promise.reject(error))).rejects.toThrow(error);
    expect(logged).toMatchObject([{ level: 'error', requestId: 'r-1', code: 'unavailable', error }]);
    expect([counted, took]).toEqual([['Unavailable'], [7]]);
  });
});
