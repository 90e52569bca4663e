import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { createCredentialReader, singleValue } from '../../lambdas/http/credentials.ts';

const bearer = (text: string) => ({ source: 'bearer', text });
const key = (text: string) => ({ source: 'key-header', text });

const readCredential = createCredentialReader(fractalpack);

describe('the credential of a request', () => {
  it.each([
    [{ 'X-Api-Key': ['abc'] }, key('abc')],
    [{ 'x-api-key': [' abc '] }, key('abc')],
    [{ 'X-Secret-Key': ['abc'] }, key('abc')],
    [{ 'x-publishable-key': ['abc'] }, { source: 'publishable-key-header', text: 'abc' }],
    [{ 'X-API-KEY': ['abc'], Accept: ['*/*'] }, key('abc')],
    [{ Authorization: ['Bearer abc.def-g_h'] }, bearer('abc.def-g_h')],
    [{ authorization: ['bearer   abc'] }, bearer('abc')],
    [{ AUTHORIZATION: [' BEARER abc= '] }, bearer('abc=')],
  ])('reads %j', (headers, credential) => {
    expect(readCredential(headers)).toEqual(credential);
  });

  it.each([
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
    [{ 'X-Api-Key': ['abc'], 'X-Publishable-Key': ['abc'] }],
    [{ 'X-Api-Key': ['abc'], 'X-Secret-Key': ['abc'] }],
  ])('takes nothing from %j', (headers) => {
    expect(readCredential(headers)).toBe('unreadable');
  });

  it.each([[{}], [{ 'X-Api-Key': undefined }], [{ 'X-Api-Key': [] }], [{ 'X-Api-Keys': ['abc'] }]])(
    'is none in %j',
    (headers) => {
      expect(readCredential(headers)).toBe('none');
    },
  );

  it('stands in the headers that the profile names', () => {
    const read = createCredentialReader({
      ...fractalpack,
      keyHeaders: { secret: ['X-Token'], publishable: 'X-Public' },
    });
    expect(read({ 'x-token': ['abc'] })).toEqual(key('abc'));
    expect(read({ 'x-api-key': ['abc'] })).toBe('none');
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
        const credential = readCredential(headers);
        if (presented.length !== 1) expect(credential).toBe(presented.length === 0 ? 'none' : 'unreadable');
        if (typeof credential !== 'string') expect(presented[0]).toContain(credential.text);
      }),
    );
  });
});

describe('a header', () => {
  it.each([
    [{ Origin: ['https://a.example'] }, 'https://a.example'],
    [{ origin: ['https://a.example'] }, 'https://a.example'],
    [{ Origin: ['https://a.example', 'https://b.example'] }, undefined],
    [{ Origin: ['https://a.example'], origin: ['https://a.example'] }, undefined],
    [{}, undefined],
  ])('has one value or none: %j', (headers, value) => {
    expect(singleValue(headers, 'origin')).toBe(value);
  });
});
