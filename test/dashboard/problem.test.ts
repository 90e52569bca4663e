import { describe, expect, it } from 'vitest';
import { readProblem } from '../../dashboard/src/problem.ts';
import type { ErrorCode } from '../../lambdas/contract/errors.ts';
import { ApiError } from '../../lambdas/core/errors.ts';
import { respondError } from '../../lambdas/http/respond.ts';
import { fabraix, fractalpack, fxland, type Profile } from '../../lib/profiles/index.ts';

const answer = (profile: Profile, error: ApiError) => {
  const { statusCode, headers, body } = respondError(profile, error, 'req-1');
  return new Response(body, { status: statusCode, headers: headers as Record<string, string> });
};

const fields = [{ field: 'label', message: 'Too long' }];

describe('reading an error of the API', () => {
  it.each([fractalpack, fabraix, fxland])('in the dialect of $name', async (profile) => {
    const read = (code: ErrorCode, options = {}) =>
      readProblem(answer(profile, new ApiError(code, 'What it is.', options)));
    const invalid = await read('validation_failed', { fields });
    expect(invalid).toMatchObject({ status: 422, code: 'validation_failed', message: 'What it is.', fields });
    expect(await read('not_found')).toMatchObject({ status: 404, code: 'not_found', fields: [] });
    expect(await read('rate_limited', { retryAfter: 30 })).toMatchObject({
      status: 429,
      code: 'rate_limited',
      retryAfter: 30,
    });
  });

  it('finds the request id in the body, or else in a header', async () => {
    const error = new ApiError('not_found', 'No such key.');
    expect((await readProblem(answer(fractalpack, error))).requestId).toBe('req-1');
    const typed = answer(fabraix, error);
    expect((await readProblem(typed)).requestId).toBeUndefined();
    const headers = { 'x-amzn-RequestId': 'req-2' };
    expect((await readProblem(new Response('{}', { status: 502, headers }))).requestId).toBe('req-2');
  });

  it('makes something of an answer that is none of the API', async () => {
    const page = new Response('<html>Bad Gateway</html>', { status: 502 });
    expect(await readProblem(page)).toMatchObject({ status: 502, code: 'unknown', message: 'The API answered 502.' });
    const odd = new Response('{"error": null, "errors": [1, {"field": 2}]}', { status: 400 });
    expect(await readProblem(odd)).toMatchObject({ status: 400, fields: [] });
  });
});
