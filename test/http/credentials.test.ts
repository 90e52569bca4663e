import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractCredential } from '../../lambdas/http/credentials.ts';

const bearer = (text: string) => ({ source: 'bearer', text });
const key = (text: string) => ({ source: 'key-header', text });

describe('extractCredential', () => {
  it.each([
    [{ 'X-Api-Key': ['abc'] }, key('abc')],
    [{ 'x-api-key': [' abc '] }, key('abc')],
    [{ 'X-API-KEY': ['abc'], Accept: ['*/*'] }, key('abc')],
    [{ Authorization: ['Bearer abc.def-g_h'] }, bearer('abc.def-g_h')],
    [{ authorization: ['bearer   abc'] }, bearer('abc')],
    [{ AUTHORIZATION: [' BEARER abc= '] }, bearer('abc=')],
  ])('reads %j', (headers, credential) => {
    expect(extractCredential(headers)).toEqual(credential);
  });

  it.each([
    [{}],
    [{ 'X-Api-Key': undefined }],
    [{ 'X-Api-Key': ['abc', 'abc'] }],
    [{ 'X-Api-Key': ['abc'], 'x-api-key': ['abc'] }],
    [{ 'X-Api-Key': ['abc'], Authorization: ['Bearer abc'] }],
    [{ 'X-Api-Key': [''], Authorization: ['Bearer abc'] }],
    [{ Authorization: ['Bearer abc', 'Bearer abc'] }],
    [{ Authorization: ['Basic YTpi'] }],
    [{ Authorization: ['Bearer'] }],
    [{ Authorization: ['Bearer '] }],
    [{ Authorization: ['abc'] }],
    [{ Authorization: ['Bearer abc def'] }],
    [{ Authorization: ['Bearer abc,Bearer def'] }],
    [{ Authorization: ['Bearerabc'] }],
    [{ Authorization: ['Bearer abc\n'], 'X-Api-Key': ['x'] }],
    [{ 'X-Api-Keys': ['abc'] }],
  ])('takes nothing from %j', (headers) => {
    expect(extractCredential(headers)).toBeUndefined();
  });

  it('never throws, and never takes one of two', () => {
    const names = fc.constantFrom('authorization', 'Authorization', 'x-api-key', 'X-Api-Key', 'cookie');
    const values = fc.array(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `Bearer ${text}`),
      ),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(fc.dictionary(names, values), (headers) => {
        const presented = Object.entries(headers)
          .filter(([name]) => name !== 'cookie')
          .flatMap(([, each]) => each);
        const credential = extractCredential(headers);
        if (presented.length !== 1) expect(credential).toBeUndefined();
        if (credential) expect(presented[0]).toContain(credential.text);
      }),
    );
  });
});
