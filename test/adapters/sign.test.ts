import aws4 from 'aws4';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { sign } from '../../lambdas/adapters/dynamodb/sign.ts';

/** Node's client sends it by itself. */
const extraHeadersToIgnore = { 'content-length': true };
const secrets = fc.string({ minLength: 1, unit: 'grapheme-ascii' });

describe('the signature of a request', () => {
  it('is that of aws4, whatever is sent, by whom and when', () => {
    const requests = fc.record({
      host: fc.domain(),
      region: fc.constantFrom('us-east-1', 'eu-central-1', 'cn-north-1'),
      operation: fc.constantFrom('UpdateItem', 'GetItem', 'Query'),
      body: fc.string({ unit: 'grapheme' }),
    });
    const credentials = fc.record(
      { accessKeyId: fc.stringMatching(/^[A-Z0-9]{20}$/), secretAccessKey: secrets, sessionToken: secrets.map(btoa) },
      { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
    );
    const times = fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    try {
      fc.assert(
        fc.property(requests, credentials, times, (request, by, time) => {
          vi.useFakeTimers({ now: time });
          const { host, region, operation, body } = request;
          const headers = {
            'content-type': 'application/x-amz-json-1.0',
            'x-amz-target': `DynamoDB_20120810.${operation}`,
          };
          const unsigned = { service: 'dynamodb', region, host, method: 'POST', path: '/', headers, body };
          const reference = aws4.sign(Object.assign(unsigned, { extraHeadersToIgnore }), by).headers ?? {};
          const own = sign(request, by, time.getTime());
          expect(own.authorization).toBe(reference.Authorization);
          // By the key that is remembered.
          expect(sign(request, by, time.getTime())).toEqual(own);
          expect(own['x-amz-date']).toBe(reference['X-Amz-Date']);
          expect(own['x-amz-security-token']).toBe(reference['X-Amz-Security-Token']);
        }),
      );
    } finally {
      vi.useRealTimers();
    }
  });
});
