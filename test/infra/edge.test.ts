import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { pathsOf, routesOf } from '../../lambdas/contract/routes.ts';
import { edgeCode } from '../../lib/edge-code.ts';

const paths = Object.values(routesOf(fractalpack)).flatMap(pathsOf);

type Request = { uri: string; headers: Record<string, { value: string }> };

/** Runs the code as CloudFront does: alone, with nothing of Node's. */
function run(uri: string, headers: Request['headers'] = {}) {
  const event = {
    request: { uri, method: 'GET', headers: { ...headers } },
    viewer: { ip: '192.0.2.7' },
    context: { requestId: 'a-request' },
  };
  const answer = runInNewContext(`${edgeCode(fractalpack, paths)}; handler(event)`, { event });
  return JSON.parse(JSON.stringify(answer)) as Request & { statusCode?: number };
}

describe('what CloudFront runs', () => {
  it.each([
    ['/dashboard', '/index.html'],
    ['/dashboard/', '/index.html'],
    ['/dashboard/keys/key_0123456789', '/index.html'],
    ['/dashboard/assets/a-1.js', '/assets/a-1.js'],
    ['/dashboard/assets/../../prod/api/v1/keys', '/index.html'],
    ['/dashboard/assets/', '/index.html'],
    ['/docs', '/docs.html'],
    ['/docs/', '/docs.html'],
  ])('names the file of %s', (uri, file) => {
    // Whatever was said of its address is gone, wherever it goes.
    const forged = { 'x-latchkey-address': { value: '203.0.113.1' } };
    expect(run(uri, forged)).toMatchObject({ uri: file, headers: { 'x-latchkey-address': { value: '192.0.2.7' } } });
  });

  it('sends who asks for nothing to the dashboard', () => {
    expect(run('/')).toMatchObject({ statusCode: 302, headers: { location: { value: '/dashboard/' } } });
  });

  it("lets through the stack's own paths, and notes the address that it sees", () => {
    const forged = { 'x-latchkey-address': { value: '203.0.113.1' } };
    for (const path of paths) {
      const uri = path.replaceAll(/\{[^}]+\}/g, 'key_0123456789');
      expect(run(uri, forged)).toMatchObject({ uri, headers: { 'x-latchkey-address': { value: '192.0.2.7' } } });
    }
  });

  it('answers every other path by itself', () => {
    const others = [
      '/api/v1/items',
      '/api/v1/keys/a/b',
      '/api/v1/keysx',
      '/x/api/v1/keys',
      '/dashboardx',
      '/docs/x',
      '//',
    ];
    for (const uri of others) expect(run(uri)).toMatchObject({ statusCode: 404 });
    const { body, headers } = run('/api/v1/items') as unknown as { body: string; headers: object };
    expect(headers).toMatchObject({ 'content-type': { value: 'application/problem+json' } });
    expect(JSON.parse(body)).toMatchObject({ status: 404, code: 'not_found', instance: 'a-request' });
    fc.assert(
      fc.property(fc.webPath(), (uri) => {
        const { statusCode, uri: passed } = run(uri);
        expect(statusCode !== undefined || passed !== undefined).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('fits into what CloudFront takes, and says so where it does not', () => {
    expect(edgeCode(fractalpack, paths).length).toBeLessThan(6_000);
    const many = Array.from({ length: 500 }, (_, index) => `/a/rather/long/path/of/number/${index}`);
    expect(() => edgeCode(fractalpack, many)).toThrow('10000');
  });
});
