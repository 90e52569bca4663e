import { pathOf } from '../../lambdas/contract/routes.ts';
import { SIGNING_PERIOD } from '../../lambdas/core/signing-keys.ts';
import { DAY, toRfc3339 } from '../../lambdas/core/time.ts';
import type { Call, Command } from '../command.ts';
import { sentenceOf } from '../failure.ts';
import { json, table } from '../output.ts';
import type { Check, Target } from '../target.ts';

/** For how long an answer is waited for, in milliseconds. */
const PATIENCE = 15_000;

/** A rotation is looked for once a day; one that is later than this has failed. */
const OVERDUE = 2 * DAY;

export const status: Command = {
  name: 'status',
  summary: 'Say whether the API, the table and the signing keys are as they should be',
  details: 'Changes nothing. Exits with 1 when something is wrong.',
  async run({ target, terminal, json: asJson, now }) {
    const found = await Promise.all([
      asked(target, 'health', pathOf('getHealth', target.profile), 200),
      // Without a credential the authorizer answers by itself: that it does shows that it runs.
      asked(target, 'authorizer', pathOf('listKeys', target.profile), 401),
      checked('table', () => target.checks()),
      checked('signing keys', () => signingKeys(target, Math.floor(now() / 1_000))),
    ]);
    const checks = found.flat();
    const ok = checks.every((check) => check.ok);
    if (asJson) await terminal.print(json({ target: target.name, ok, checks }));
    else {
      const rows = checks.map((check) => [check.ok ? 'ok' : 'WRONG', check.what, check.value]);
      await terminal.print(`${target.name}\n\n${table(['', 'what', 'is'], rows, '')}`);
    }
    return ok ? 0 : 1;
  },
};

/** What cannot be asked is wrong, and keeps nobody from the rest. */
async function checked(what: string, check: () => Promise<readonly Check[]>): Promise<readonly Check[]> {
  try {
    return await check();
  } catch (error) {
    return [{ what, value: sentenceOf(error), ok: false }];
  }
}

const asked = ({ apiUrl }: Pick<Call['target'], 'apiUrl'>, what: string, path: string, expected: number) =>
  checked(what, async () => {
    const response = await fetch(apiUrl + path, { signal: AbortSignal.timeout(PATIENCE) });
    await response.body?.cancel();
    const ok = response.status === expected;
    const value = `${response.status} at ${apiUrl}${path}`;
    return [{ what, value: ok ? value : `${value}, and not ${expected}`, ok }];
  });

async function signingKeys({ store }: Pick<Target, 'store'>, now: number): Promise<readonly Check[]> {
  const keySet = await store.getKeySet();
  const [next, current] = keySet?.keys ?? [];
  if (!keySet || !next || !current) return [{ what: 'signing keys', value: 'none', ok: false }];
  const due = keySet.rotatedAt + SIGNING_PERIOD;
  const days = Math.floor((now - keySet.rotatedAt) / DAY);
  return [
    { what: 'signs', value: `${current.kid}, for ${days} days, since ${toRfc3339(keySet.rotatedAt)}`, ok: true },
    { what: 'signs next', value: `${next.kid}, published`, ok: true },
    { what: 'rotation', value: `due ${toRfc3339(due)}, ${keySet.keys.length} keys published`, ok: now < due + OVERDUE },
  ];
}
