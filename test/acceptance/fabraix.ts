import { beforeAll, describe, expect, it } from 'vitest';
import {
  apiKey,
  bearer,
  type Client,
  createClient,
  inParallel,
  secondsOfOneMinute,
  type Target,
  type Tokens,
} from './target.ts';

const RUN = {
  agent_id: 'a1b2c3d4-e5f6-7890-1234-567890abcdef',
  timestamp: '2024-01-01T00:00:00Z',
  system_prompt: 'You are a helpful assistant',
};

const INVALID = {
  error: { message: 'Invalid API key provided', type: 'authentication_error', code: 'invalid_api_key' },
};
const FORBIDDEN = {
  error: {
    message: 'API key does not have permission for this operation',
    type: 'authorization_error',
    code: 'insufficient_permissions',
  },
};

/** Fabraix's documentation: its request, its key types, its limits and the bodies of its errors, as printed there. */
export function describeFabraix(open: () => Promise<Target>) {
  describe("Fabraix's documentation", () => {
    let target: Target;
    let client: Client;
    let owner: Tokens;
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
      owner = await client.newOrganization();
    });

    const register = (key: string, body: unknown = RUN) =>
      client.call('POST', '/v1/register-agent-run', { 'x-api-key': key }, body);

    it('registers an agent run with the key in x-api-key', async () => {
      const { apiKey: key } = await client.newKey(owner);
      const { status, body } = await register(key);
      expect(status).toBe(201);
      expect(body).toEqual({ id: expect.any(String), ...RUN, created_at: expect.any(String) });
      const list = await client.call('GET', '/v1/agent-runs', apiKey(key));
      expect(list.body).toEqual({ agentRuns: [body] });
    });

    it('has development keys of 60 a minute and 1,000 an hour, production keys of 600 and 10,000, and custom ones', async () => {
      const limitsOf = async (fields: object) =>
        (await client.call('POST', '/api/v1/keys', bearer(owner.access), { label: 'x', ...fields })).body.limits;
      expect(await limitsOf({ tier: 'development' })).toEqual({ perMinute: 60, perHour: 1_000 });
      expect(await limitsOf({ tier: 'production' })).toEqual({ perMinute: 600, perHour: 10_000 });
      expect(await limitsOf({ limits: { perMinute: 3_000, perHour: 90_000 } })).toEqual({
        perMinute: 3_000,
        perHour: 90_000,
      });
    });

    it('answers 401 to a missing, an invalid and a deleted key', async () => {
      const key = await client.newKey(owner);
      await client.call('DELETE', `/api/v1/keys/${key.keyId}`, bearer(owner.access));
      const answers = [
        await client.call('POST', '/v1/register-agent-run', {}, RUN),
        await register('YOUR_API_KEY'),
        await register(key.apiKey),
      ];
      for (const { status, headers, body } of answers) {
        expect(status).toBe(401);
        expect(headers.get('content-type')).toBe('application/json');
        expect(body).toEqual(INVALID);
      }
    });

    it('answers 403 to a restricted key without the scope, and to a production key where an admin key is needed', async () => {
      const restricted = await client.newKey(owner, { type: 'restricted', scopes: ['agent-runs:read'] });
      const production = await client.newKey(owner, { tier: 'production' });
      const answers = [
        await register(restricted.apiKey),
        await client.call('GET', '/api/v1/keys', apiKey(production.apiKey)),
      ];
      for (const { status, body } of answers) {
        expect(status).toBe(403);
        expect(body).toEqual(
          target.printsDenials ? FORBIDDEN : { error: expect.objectContaining({ type: 'authorization_error' }) },
        );
      }
      const admin = await client.newKey(owner, { type: 'admin' });
      expect((await client.call('GET', '/api/v1/keys', apiKey(admin.apiKey))).status).toBe(200);
    });

    it('answers 429 over the limit, and says when to come again', async () => {
      const key = await client.newKey(owner, { tier: 'development' });
      await secondsOfOneMinute(30);
      const answers = await inParallel(70, Math.min(70, target.concurrency), () => register(key.apiKey));
      const limited = answers.filter(({ status }) => status === 429);
      expect(limited).toHaveLength(10);
      for (const { headers, body } of limited) {
        expect(body).toEqual({
          error: { message: 'Rate limit exceeded', type: 'rate_limit_error', retry_after: expect.any(Number) },
        });
        expect(headers.get('retry-after')).toBe(String(body.error.retry_after));
      }
    });

    it('says everything else in the same form', async () => {
      const { apiKey: key } = await client.newKey(owner);
      const unknown = await client.call('GET', '/v1/nothing', apiKey(key));
      expect([unknown.status, unknown.body.error.type]).toEqual([404, 'not_found_error']);
      const invalid = await register(key, { ...RUN, timestamp: 'yesterday' });
      expect(invalid.status).toBe(422);
      expect(invalid.body.error).toMatchObject({
        type: 'invalid_request_error',
        code: 'validation_failed',
        errors: [{ field: 'timestamp' }],
      });
      expect((await client.call('GET', '/api/v1/items', apiKey(key))).status).toBe(404);
    });
  });
}
