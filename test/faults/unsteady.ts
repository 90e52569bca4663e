import { createHash } from 'node:crypto';
import type { Call, Decide, Verdict } from './proxy.ts';

/** What every client asks again after, at once or nearly. */
export const REPEATED: readonly Verdict[] = [
  'an internal error (500)',
  'not available (503)',
  'the connection is reset',
  'an answer cut off',
];

/** What is no answer of AWS: those who look for that ask again, and the others, such as the mailer, do not. */
export const FOREIGN: readonly Verdict[] = [
  'JSON of another form',
  'an empty object',
  'a list',
  'null',
  'an empty body',
  'a page of a captive portal',
  'a redirection',
  'another checksum',
];

/** How many of a hundred first attempts fail, and of those that follow a failure. */
const FAILING = { first: 8, next: 33 };

/** How many of a hundred of these took effect: what is then asked for a second time must do nothing twice. */
const LOST = 30;

/** How many of a thousand first attempts are throttled: the SDK waits for up to one second then, and for two. */
const THROTTLED = { authorizer: 15, functions: 1 };

/** How many of a hundred answers are late, and by how much, in milliseconds. */
const LATE = { of: 1, least: 10, most: 60 };

/** What would be charged twice: the suite counts how many are let through, to the request. */
export const isSpend = ({ dependency, operation }: Call): boolean =>
  dependency === 'authorizer-table' && operation === 'UpdateItem';

/**
 * Faults at random, of which each is one that its caller asks again after: the last attempt is spared, so that all that is
 * asked for succeeds in the end. What is asked once, of Cognito and for a key set, is late at worst.
 *
 * What a call meets follows from the seed, the test that runs, what is called and how many such calls the test has made
 * before. So a test whose requests follow each other meets the same faults again, by itself too. Which of several requests
 * that are under way together meets a fault is another at each run, and so is how many of them do.
 */
export function createUnsteadiness(seed: string) {
  let test = '';
  const made = new Map<string, number>();

  function drawsOf({ dependency, operation }: Call): (below: number) => number {
    // A path names a user pool, whose id is another at each run.
    const kind = `${dependency} ${operation.startsWith('/') ? '' : operation}`;
    const count = (made.get(kind) ?? 0) + 1;
    made.set(kind, count);
    const digest = createHash('sha256').update([seed, test, kind, count].join('\n')).digest();
    let at = 0;
    return (below) => digest.readUInt32BE(at++ * 4) % below;
  }

  const decide: Decide = (call) => {
    const draw = drawsOf(call);
    const { attempt, attempts, dependency } = call;
    if (draw(100) < LATE.of) return { delay: LATE.least + draw(LATE.most - LATE.least) };
    if (attempt === attempts) return 'pass';
    const throttled = dependency.startsWith('authorizer') ? THROTTLED.authorizer : THROTTLED.functions;
    if (draw(1_000) < throttled) return 'throttled';
    if (draw(100) >= (attempt === 1 ? FAILING.first : FAILING.next)) return 'pass';
    if (draw(100) < LOST && !isSpend(call)) return 'lost';
    const looked = dependency.endsWith('table') || dependency === 'user-pool';
    const kinds = looked ? [...REPEATED, ...FOREIGN] : REPEATED;
    return kinds[draw(kinds.length)] ?? 'pass';
  };

  return {
    decide,
    /** @param name of the test that begins */
    begin(name: string) {
      test = name;
      made.clear();
    },
  };
}
