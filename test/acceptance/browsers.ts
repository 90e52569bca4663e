import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient, type Target, type Tokens } from './target.ts';

const PAGE = 'https://shop.example';

/** Calls from pages of other origins, as a browser makes them. */
export function describeBrowsers(open: () => Promise<Target>) {
  describe('a page of another origin', () => {
    let client: Client;
    let owner: Tokens;
    let url: string;
    beforeAll(async () => {
      const target = await open();
      url = target.url;
      client = createClient(target);
      owner = await client.newOrganization();
    });

    it.each(['/api/v1/items', '/api/v1/keys/key_0000000000', '/config.json'])(
      'may ask before it calls %s',
      async (path) => {
        const { status, headers } = await fetch(url + path, {
          method: 'OPTIONS',
          headers: {
            Origin: PAGE,
            'Access-Control-Request-Method': 'GET',
            'Access-Control-Request-Headers': 'x-publishable-key',
          },
        });
        expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*']);
        expect(headers.get('access-control-allow-methods')).toMatch(/\bGET\b/);
        expect(headers.get('access-control-allow-headers')).toMatch(/\bX-Publishable-Key\b/);
        expect(headers.get('access-control-allow-headers')).toMatch(/\bAuthorization\b/);
        expect(headers.get('access-control-allow-credentials')).toBeNull();
      },
    );

    it('may read every answer, whoever gives it', async () => {
      const key = await client.newKey(owner, { type: 'publishable', allowedOrigins: [PAGE] });
      const ask = (path: string, headers: Record<string, string>) =>
        client.call('GET', path, { Origin: PAGE, ...headers });
      const answers = [
        await ask('/api/v1/items', { 'X-Publishable-Key': key.apiKey }),
        await ask('/api/v1/items', { 'X-Publishable-Key': 'pk_live_' }),
        await ask('/api/v1/items', { 'X-Publishable-Key': key.apiKey, Origin: 'https://evil.example' }),
        await ask('/api/v1/nothing', {}),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 401, 403, 404]);
      for (const { headers } of answers) {
        expect(headers.get('access-control-allow-origin')).toBe('*');
        expect(headers.get('access-control-expose-headers')).toMatch(/\bRetry-After\b/);
      }
    });
  });
}
