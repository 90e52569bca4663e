import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fractalpack } from '../lambdas/contract/profile.ts';
import { toBase62 } from '../lambdas/core/base62.ts';
import { crc32 } from '../lambdas/core/crc32.ts';
import { mintKey, newKeyId } from '../lambdas/core/key-format.ts';
import { startStack } from '../local/stack.ts';
import { median, ratio, type Table } from './table.ts';

/** Requests about somebody that there is, and as many about somebody that there is not. */
const SAMPLES = 60;
/** Accounts that there are. */
const PEOPLE = 5;
const RESAMPLED = 1_000;

const MUCH = { perMinute: 1e6, perHour: 1e7 };
const profile = {
  ...fractalpack,
  attemptLimits: { perAccountAndAddress: MUCH, perAccount: MUCH, perAddress: MUCH },
  addressLimits: MUCH,
  memberLimits: MUCH,
  tiers: { production: MUCH, development: MUCH },
  consumers: { ...fractalpack.consumers, codeLimits: MUCH, sendLimits: { email: MUCH, phone: MUCH } },
};

const PASSWORD = 'Correct-horse-1';
const newEmail = () => `${randomUUID()}@example.com`;

/**
 * Whether an answer's time tells who there is: each guess is timed about somebody that there is and about somebody that
 * there is not, in an order that is drawn.
 */
export async function benchTiming(): Promise<readonly Table[]> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'latchkey-timing-'));
  const stack = await startStack({ port: 0, dataFolder, log: () => {}, profile });
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(stack.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { headers: response.headers, body: await response.text() };
  };

  const rows = [];
  for (const [what, known, unknown] of await guesses(stack.url, post)) {
    const [is, isNot, again] = await measure([known, unknown, unknown] as const);
    rows.push([what, median(is).toFixed(2), median(isNot).toFixed(2), compare(is, isNot), compare(again, isNot)]);
  }
  await stack.close();
  rmSync(dataFolder, { recursive: true, force: true });
  return [
    {
      title: `A guess at what there is and at what there is not, ${SAMPLES} each: medians, and their ratio with where 95 % of resamples lie`,
      columns: ['guess', 'there is, ms', 'there is not, ms', 'one over the other', 'there is not, over itself'],
      rows,
    },
  ];
}

type Post = (
  path: string,
  body: unknown,
  headers?: Record<string, string>,
) => Promise<{ headers: Headers; body: string }>;
type Guess = readonly [what: string, known: () => Promise<unknown>, unknown: () => Promise<unknown>];

/** Guesses at what there is, and at what there is not; all of them are wrong. */
async function guesses(url: string, post: Post): Promise<readonly Guess[]> {
  const people = Array.from({ length: PEOPLE }, newEmail);
  for (const email of people) await signUp(url, post, email);
  const login = await post('/api/v1/auth/login', { email: people[0], password: PASSWORD });
  const cookies = login.headers.getSetCookie();
  const cookie = (name: string) => cookies.find((line) => line.startsWith(`${name}=`))?.split(/[=;]/)[1] ?? '';
  const bearer = { Authorization: `Bearer ${cookie('access_token')}` };
  const newKey = async (type: string) =>
    JSON.parse((await post('/api/v1/keys', { label: 'x', type }, bearer)).body) as { keyId: string; apiKey: string };
  const [page, key] = [await newKey('publishable'), await newKey('secret')];
  const shop = { 'X-Publishable-Key': page.apiKey };

  const consumers = Array.from({ length: PEOPLE }, newEmail);
  for (const email of consumers) await signInByCode(url, post, shop, email);

  const one = (list: readonly string[]) => list[Math.floor(Math.random() * list.length)] ?? '';
  const about = (list: readonly string[], guess: (email: string) => Promise<unknown>) =>
    [() => guess(one(list)), () => guess(newEmail())] as const;
  const refresh = (sessionId: string) => () =>
    post('/api/v1/auth/refresh', {}, { Cookie: `refresh_token=${sessionId}.${'x'.repeat(22)}.${'y'.repeat(43)}` });
  const use = (id: () => string) => () =>
    fetch(`${url}/api/v1/items`, { headers: { 'X-Api-Key': guessAt(id()) } }).then((response) => response.text());
  const code = '000000';
  return [
    ['password', ...about(people, (email) => post('/api/v1/auth/login', { email, password: 'Wrong-password-1' }))],
    ['forgotten password', ...about(people, (email) => post('/api/v1/auth/forgot-password', { email }))],
    [
      'code for a new password',
      ...about(people, (email) => post('/api/v1/auth/reset-password', { email, code, password: PASSWORD })),
    ],
    [
      'sign-up with an address',
      ...about(people, (email) => post('/api/v1/auth/signup', { email, password: PASSWORD, organization_name: 'x' })),
    ],
    ['one-time code, asked for', ...about(consumers, (email) => post('/api/v1/consumer/otp', { email }, shop))],
    [
      'one-time code, guessed',
      ...about(consumers, (email) => post('/api/v1/consumer/otp/verify', { email, code }, shop)),
    ],
    ['refresh token of a session', refresh(cookie('refresh_token').split('.')[0] ?? ''), refresh('s'.repeat(20))],
    [
      'secret of a key, again',
      use(() => key.keyId.slice(4)),
      use(
        (
          (id) => () =>
            id
        )(newKeyId(randomBytes)),
      ),
    ],
  ];
}

/** A well-formed key of an id, with a secret that is not its own. */
function guessAt(id: string): string {
  const text = `fpk_live_${id}${mintKey('fpk', 'live', randomBytes).apiKey.slice(19, -6)}`;
  return text + toBase62(crc32(Buffer.from(text)), 6);
}

/** What was mailed last to an address has one code in it. */
async function mailedCode(url: string, email: string): Promise<string> {
  const response = await fetch(`${url}/outbox`, { headers: { Accept: 'application/json' } });
  const { messages } = (await response.json()) as { messages: { to: string; text: string }[] };
  return /\b\d{4,8}\b/.exec(messages.findLast(({ to }) => to === email)?.text ?? '')?.[0] ?? '';
}

async function signUp(url: string, post: Post, email: string): Promise<void> {
  await post('/api/v1/auth/signup', { email, password: PASSWORD, organization_name: 'Acme' });
  await post('/api/v1/auth/confirm', { email, code: await mailedCode(url, email) });
}

async function signInByCode(url: string, post: Post, shop: Record<string, string>, email: string): Promise<void> {
  await post('/api/v1/consumer/otp', { email }, shop);
  await post('/api/v1/consumer/otp/verify', { email, code: await mailedCode(url, email) }, shop);
}

/** Milliseconds of each of some guesses, made by turns in an order that is drawn. */
async function measure<T extends readonly (() => Promise<unknown>)[]>(ways: T): Promise<{ [K in keyof T]: number[] }> {
  const times = ways.map((): number[] => []);
  for (let n = -5; n < SAMPLES; n++) {
    const order = ways.map((guess, at) => ({ guess, at, drawn: Math.random() })).toSorted((a, b) => a.drawn - b.drawn);
    for (const { guess, at } of order) {
      const started = performance.now();
      await guess();
      if (n >= 0) times[at]?.push(performance.now() - started);
    }
  }
  return times as { [K in keyof T]: number[] };
}

const resample = (values: readonly number[]): number[] =>
  values.map(() => values[Math.floor(Math.random() * values.length)] ?? 0);

/** The ratio of two medians, and where 95 % of the ratios lie that the same samples might have had: a bootstrap. */
function compare(some: readonly number[], others: readonly number[]): string {
  const ratios = Array.from({ length: RESAMPLED }, () => median(resample(some)) / median(resample(others)));
  const sorted = ratios.toSorted((x, y) => x - y);
  const [low = 0, high = 0] = [sorted[RESAMPLED * 0.025], sorted[RESAMPLED * 0.975]];
  return `${ratio(median(some) / median(others))} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
