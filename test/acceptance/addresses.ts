import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient, inParallel, secondsOfOneMinute, type Target } from './target.ts';

/** What a stack does with requests that need no credential, given one that is limited to few of them. */
export function describeAddresses(open: () => Promise<Target & { readonly addressLimit: number }>) {
  describe('a route that needs no credential', () => {
    let client: Client;
    let target: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
    });

    it('answers an address as often as its limit says, whatever credentials it sends', async () => {
      // The first call asks for the stack's document as well, which counts: so the next minute is the one that is tested.
      await client.call('GET', '/health');
      await secondsOfOneMinute(60);
      let sent = 0;
      const ask = () =>
        client.call('GET', '/config.json', sent++ % 2 === 0 ? {} : { Authorization: `Bearer ${sent}.a.b` });
      const answers = await inParallel(target.addressLimit + 15, target.concurrency, ask);
      const [letIn, limited] = [200, 429].map((status) => answers.filter((answer) => answer.status === status));
      expect([letIn?.length, limited?.length]).toEqual([target.addressLimit, 15]);
      for (const { headers, body } of limited ?? []) {
        expect(body).toMatchObject({ code: 'rate_limited', status: 429 });
        expect(headers.get('retry-after')).toBe(String(body.retry_after));
        expect(headers.get('ratelimit')).toMatch(/^"minute";r=0;t=\d+, /);
      }
      // What costs nothing to answer is not limited.
      expect((await client.call('GET', '/health')).status).toBe(200);
    });
  });
}
