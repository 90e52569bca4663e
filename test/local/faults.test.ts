import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { allRoutes, pathsOf, type Route, routes } from '../../lambdas/contract/routes.ts';
import { samples } from '../../lambdas/contract/sample-routes.ts';
import type { AuthorizerFunction } from '../../lambdas/handlers/authorizer.ts';
import { gatewayResponses } from '../../lambdas/http/gateway-responses.ts';
import type { LogEntry } from '../../lambdas/http/log.ts';
import { createGateway, type GatewayRequest } from '../../local/gateway.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { apiKey, bearer, createClient } from '../acceptance/target.ts';

describe('with the store out of reach', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-faults-'));
  const logged: LogEntry[] = [];
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ port: 0, dataFolder, log: (entry) => void logged.push(entry) });
  });
  afterAll(async () => {
    await stack.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it('every protected route answers 503 to everybody, and nobody is let in', async () => {
    const client = createClient({ url: stack.url });
    const owner = await client.newOrganization();
    const key = await client.newKey(owner);
    expect((await client.call('GET', '/api/v1/items', apiKey(key.apiKey))).status).toBe(200);
    await stack.database.close();

    for (const route of Object.values<Route>({ ...routes, ...samples.items })) {
      if (route.auth === 'public') continue;
      const path =
        pathsOf(route)[0]
          ?.replace('{keyId}', key.keyId)
          .replace('{userPoolId}', 'local_1')
          .replace('{sessionId}', 'ses_1') ?? '';
      for (const credential of [apiKey(key.apiKey), bearer(owner.access)]) {
        const { status, headers, body } = await client.call(route.method, path, credential);
        expect([route.method, path, status]).toEqual([route.method, path, 503]);
        expect(headers.get('retry-after')).toBe('1');
        expect(body).toMatchObject({ code: 'unavailable', retry_after: 1, title: 'Service Unavailable' });
      }
      const needsNone = route.auth.principals.includes('anonymous');
      expect((await client.call(route.method, path)).status).toBe(needsNone ? 503 : 401);
    }
    expect((await client.call('GET', '/health')).status).toBe(200);

    const log = JSON.stringify(logged);
    expect(logged.filter(({ level }) => level === 'error').length).toBeGreaterThan(0);
    for (const secret of [key.apiKey, owner.access]) expect(log).not.toContain(secret);
  });
});

describe('the gateway', () => {
  const functions = {
    keys: never,
    organization: never,
    auth: never,
    pages: never,
    consumers: never,
    usage: never,
    items: never,
    service: never,
  };
  async function never(): Promise<never> {
    throw new Error('A function was called');
  }
  const get = (path: string): GatewayRequest => ({
    method: 'GET',
    path,
    query: new URLSearchParams(),
    headers: [],
    body: null,
    sourceIp: '127.0.0.1',
  });
  const statusWith = async (authorizer: AuthorizerFunction, path = '/api/v1/items') =>
    (
      await createGateway({
        routes: allRoutes,
        authorizer,
        functions,
        responses: gatewayResponses(fractalpack),
        preflight: {},
      })(get(path))
    ).status;
  const policy = (...statements: { Effect: string; Resource: string | string[] }[]) => ({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Action: 'execute-api:Invoke', ...statement })),
  });
  const answering =
    (policyDocument: unknown, context = {}): AuthorizerFunction =>
    async () => ({ principalId: 'x', policyDocument: policyDocument as never, context });

  it('does as API Gateway does with what an authorizer returns', async () => {
    const arn = 'arn:aws:execute-api:us-east-1:000000000000:local/local';
    expect(await statusWith(answering(policy()))).toBe(403);
    expect(await statusWith(answering(policy({ Effect: 'Allow', Resource: `${arn}/POST/*` })))).toBe(403);
    expect(await statusWith(answering(policy({ Effect: 'Deny', Resource: `${arn}/GET/*` })))).toBe(403);
    const both = [
      { Effect: 'Allow', Resource: `${arn}/*` },
      { Effect: 'Deny', Resource: [`${arn}/GET/api/v1/items`] },
    ];
    expect(await statusWith(answering(policy(...both)))).toBe(403);
    const allow = policy({ Effect: 'Allow', Resource: `${arn}/GET/api/v1/*` });
    expect(await statusWith(answering(allow))).toBe(500);
    expect(await statusWith(answering(allow, { scopes: 'x'.repeat(8_192) }))).toBe(503);
    const failing = (message: string) => async () => {
      throw new Error(message);
    };
    expect(await statusWith(failing('Unauthorized'))).toBe(401);
    expect(await statusWith(failing('unauthorized'))).toBe(503);
  });

  it('answers a path that is not percent-encoded with 400, without a function', async () => {
    expect(await statusWith(answering(policy()), '/api/v1/keys/%')).toBe(400);
  });
});

describe('over HTTP', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-http-'));
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ port: 0, dataFolder, log: () => {} });
  });
  afterAll(async () => {
    await stack.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  /** With header lines as they are given: `fetch` would join them. */
  const raw = (headers: string[]) =>
    new Promise<number>((resolve, reject) => {
      const { port } = new URL(stack.url);
      request({ host: '127.0.0.1', port, path: '/api/v1/items', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it('a credential that is sent twice is none', async () => {
    const client = createClient({ url: stack.url });
    const { apiKey: key } = await client.newKey(await client.newOrganization());
    expect(await raw(['Host', 'x', 'X-Api-Key', key])).toBe(200);
    expect(await raw(['Host', 'x', 'X-Api-Key', key, 'X-Api-Key', key])).toBe(401);
    expect(await raw(['Host', 'x', 'X-Api-Key', key, 'x-api-key', key])).toBe(401);
    expect(await raw(['Host', 'x', 'Authorization', `Bearer ${key}`, 'authorization', `Bearer ${key}`])).toBe(401);
  });

  it('a body over 10 MB is refused', async () => {
    const response = await fetch(`${stack.url}/api/v1/items`, {
      method: 'POST',
      body: 'x'.repeat(10 * 1_024 * 1_024 + 1),
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ status: 413, code: 'payload_too_large' });
  });
});
