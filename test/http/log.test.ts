import { expect, it } from 'vitest';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { createLog } from '../../lambdas/http/log.ts';

it('an entry is one line of JSON, with the fields that Lambda reads and those that one asks for', () => {
  const lines: string[] = [];
  const log = createLog((line) => void lines.push(line), { now: () => Date.UTC(2026, 10, 25, 9, 30) });
  log({ level: 'info', message: 'Forbidden', requestId: 'r-1', principalId: 'key_1', code: 'address_not_allowed' });
  const cause = new Error('connect ECONNREFUSED\nat the second attempt');
  log({ level: 'error', message: 'No answer', error: new UnavailableError('the store cannot be reached', cause) });
  expect(lines.map((line) => line.includes('\n'))).toEqual([false, false]);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    timestamp: '2026-11-25T09:30:00.000Z',
    level: 'INFO',
    message: 'Forbidden',
    requestId: 'r-1',
    principalId: 'key_1',
    code: 'address_not_allowed',
  });
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({
    level: 'ERROR',
    error: { name: 'UnavailableError', cause: { message: cause.message } },
  });
});
