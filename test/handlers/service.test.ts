import { describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import type { KeySet, PublicKey } from '../../lambdas/core/token-ports.ts';
import { createServiceHandler } from '../../lambdas/handlers/service.ts';
import { get } from './api-event.ts';

const KEY = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'k', use: 'sig', alg: 'ES256' } satisfies PublicKey;
describe('the published key set', () => {
  const ask = async (keySet: KeySet | undefined) => {
    const keySets = { getKeySet: async () => keySet };
    const handle = createServiceHandler({} as never, keySets, async () => ({}), {
      profile: fractalpack,
      log: () => {},
    });
    const { status, headers, body } = await get(handle, '/.well-known/jwks.json');
    return { status, kept: headers['Cache-Control'], body: JSON.parse(body) };
  };

  it('may be kept for an hour', async () => {
    const answer = await ask({ keys: [KEY], rotatedAt: 0, version: 1 });
    expect(answer).toEqual({ status: 200, kept: 'public, max-age=3600', body: { keys: [KEY] } });
  });

  it.each([undefined, { keys: [], rotatedAt: 0, version: 1 }])(
    'is never an empty one, which a verifier would keep: %j',
    async (none) => {
      const { status, kept, body } = await ask(none);
      expect([status, kept, body.code]).toEqual([503, 'no-store', 'unavailable']);
    },
  );
});
