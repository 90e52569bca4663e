import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { ApiError, UnavailableError } from '../../lambdas/core/errors.ts';
import { hashSecret } from '../../lambdas/core/key-format.ts';
import { firstToken, nextToken, readToken, writeToken } from '../../lambdas/core/refresh-token.ts';
import type { SessionStore } from '../../lambdas/core/session-ports.ts';
import { createSessions, type SessionTokens } from '../../lambdas/core/sessions.ts';
import { windowsAt } from '../../lambdas/core/windows.ts';
import { createMemoryStores } from '../stores/memory-store.ts';

const START = Date.UTC(2026, 3, 3, 12);
const HOME = { device: 'browser', address: '192.0.2.1' };
const ELSEWHERE = { device: 'thief', address: '203.0.113.9' };
const MEMBER = { organizationId: 'org_1', role: 'owner' } as const;
const someone = (subject: string, since = START) => ({ subject, since, member: MEMBER });

async function setUp() {
  const stores = createMemoryStores();
  for (const subject of ['somebody', 'stranger']) {
    await stores.joinOrganization(subject, MEMBER, fractalpack.memberLimits, START / 1_000);
  }
  let now = START;
  let dies: 'before' | 'after' | undefined;
  /** A process that dies before or after its one write: the caller learns nothing. */
  const dying =
    <A extends unknown[], R>(write: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (dies === 'before') throw new UnavailableError('the process died');
      const result = await write(...args);
      if (dies === 'after') throw new UnavailableError('the process died');
      return result;
    };
  const store: SessionStore = {
    insertSession: dying(stores.insertSession),
    rotateSession: dying(stores.rotateSession),
    revokeSession: dying(stores.revokeSession),
    getSession: stores.getSession,
    listSessions: (...page) => stores.listSessions(...page),
    refuseSignIns: dying(stores.refuseSignIns),
  };
  const sessions = createSessions({
    profile: fractalpack,
    store,
    members: stores,
    pause: 1,
    // What counts of an access token is the session that it names.
    loadSigner:
      async () =>
      ({ sid }) =>
        String(sid),
    clock: { now: () => now },
    random: randomBytes,
  });
  const isAlive = async ({ accessToken: id }: SessionTokens): Promise<boolean> => {
    const seconds = Math.floor(now / 1_000);
    const { record } = await stores.spend({
      type: 'session',
      id,
      now: seconds,
      windows: windowsAt(seconds),
      stale: [],
    });
    return record?.status === 'active' && (record.expiresAt ?? 0) > seconds;
  };
  return {
    sessions,
    isAlive,
    stores,
    pass: (seconds: number) => {
      now += seconds * 1_000;
    },
    die: (when: typeof dies) => {
      dies = when;
    },
  };
}

const invalid = { code: 'invalid_session' };

describe('a session', () => {
  it('goes on from one refresh token to the next, and ends a week after the last', async () => {
    const { sessions, pass, isAlive } = await setUp();
    let tokens = await sessions.open(someone('somebody'), HOME);
    for (let week = 0; week < 10; week++) {
      pass(6 * 86_400);
      tokens = await sessions.refresh(tokens.refreshToken, HOME);
      expect(await isAlive(tokens)).toBe(true);
    }
    pass(7 * 86_400);
    expect(await isAlive(tokens)).toBe(false);
    await expect(sessions.refresh(tokens.refreshToken, HOME)).rejects.toMatchObject(invalid);
  });

  it('is ended by any of its old tokens, but by none that was never its own', async () => {
    for (const age of [1, 2, 3]) {
      const { sessions, pass, isAlive } = await setUp();
      const all = [await sessions.open(someone('somebody'), HOME)];
      for (let n = 0; n < age; n++) {
        pass(60);
        all.push(await sessions.refresh((all.at(-1) as SessionTokens).refreshToken, HOME));
      }
      const [oldest, newest] = [all[0] as SessionTokens, all.at(-1) as SessionTokens];
      const token = readToken(newest.refreshToken);
      if (!token) throw new Error('No token');
      const forged = [
        writeToken({ ...firstToken(token.sessionId, randomBytes) }),
        writeToken({ ...token, family: 'x'.repeat(22) }),
        'nonsense',
        '',
      ];
      for (const text of forged) await expect(sessions.refresh(text, HOME)).rejects.toMatchObject(invalid);
      expect(await isAlive(newest)).toBe(true);
      pass(60);
      await expect(sessions.refresh(oldest.refreshToken, HOME)).rejects.toMatchObject(invalid);
      expect(await isAlive(newest)).toBe(false);
    }
  });

  it('forgives the same caller who repeats a token for ten seconds, and nobody else', async () => {
    for (const [seconds, caller, forgiven] of [
      [0, HOME, true],
      [10, HOME, true],
      [11, HOME, false],
      [0, ELSEWHERE, false],
    ] as const) {
      const { sessions, pass, isAlive } = await setUp();
      const { refreshToken } = await sessions.open(someone('somebody'), HOME);
      const next = await sessions.refresh(refreshToken, HOME);
      pass(seconds);
      const repeated = sessions.refresh(refreshToken, caller);
      if (forgiven) expect((await repeated).refreshToken).toBe(next.refreshToken);
      else await expect(repeated).rejects.toMatchObject(invalid);
      expect(await isAlive(next)).toBe(forgiven);
    }
  });

  it('has one living refresh token at most and no living token after its end, whatever happens in what order', async () => {
    const steps = fc.array(
      fc.record({
        action: fc.constantFrom('refresh', 'refresh', 'refresh', 'steal', 'log out', 'wait'),
        which: fc.nat(20),
        seconds: fc.constantFrom(1, 11, 3_600),
        dies: fc.constantFrom(undefined, undefined, undefined, 'before' as const, 'after' as const),
      }),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const { sessions, pass, die, isAlive } = await setUp();
        const issued = [await sessions.open(someone('somebody'), HOME)];
        let ended = false;
        for (const { action, which, seconds, dies } of sequence) {
          const { refreshToken } = issued[which % issued.length] as SessionTokens;
          const before = await isAlive(issued[0] as SessionTokens);
          die(dies);
          const outcome = await (action === 'log out'
            ? sessions.endByRefreshToken(refreshToken).then(() => 'out' as const)
            : action === 'wait'
              ? Promise.resolve(pass(seconds))
              : sessions.refresh(refreshToken, action === 'steal' ? ELSEWHERE : HOME)
          ).catch((error: unknown) => error);
          die(undefined);
          if (typeof outcome === 'object' && outcome && 'refreshToken' in outcome) {
            const tokens = outcome as SessionTokens;
            // Nothing is given out for a session that had ended.
            expect([ended, before]).toEqual([false, true]);
            if (!issued.some((known) => known.refreshToken === tokens.refreshToken)) issued.push(tokens);
          }
          const told = outcome === 'out' || (outcome instanceof ApiError && outcome.code === 'invalid_session');
          if (told) ended = true;
          if (ended) {
            // Once anybody was told that it has ended, no token of it works.
            for (const tokens of issued) {
              expect(await isAlive(tokens)).toBe(false);
              await expect(sessions.refresh(tokens.refreshToken, HOME)).rejects.toMatchObject(invalid);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is found by its person alone, and ends with all the others', async () => {
    const { sessions, isAlive, pass } = await setUp();
    const [one, other] = [
      await sessions.open(someone('somebody'), HOME),
      await sessions.open(someone('somebody'), HOME),
    ];
    const stranger = await sessions.open(someone('stranger'), HOME);
    expect(await sessions.list('somebody')).toHaveLength(2);
    const [theirs] = await sessions.list('stranger');
    await expect(sessions.endOne('somebody', `ses_${theirs?.id}`)).rejects.toMatchObject({ code: 'not_found' });
    for (const nonsense of ['', 'ses_', one.accessToken, `ses_${'x'.repeat(3_000)}`]) {
      await expect(sessions.endOne('somebody', nonsense)).rejects.toMatchObject({ code: 'not_found' });
    }
    await sessions.endOne('somebody', `ses_${one.accessToken}`);
    expect([await isAlive(one), await isAlive(other), await isAlive(stranger)]).toEqual([false, true, true]);
    await sessions.endAll('somebody');
    expect([await isAlive(other), await isAlive(stranger)]).toEqual([false, true]);
    pass(8 * 86_400);
    expect(await sessions.list('stranger')).toEqual([]);
  });

  it('ends with all the others, however many there are, and however late the list of them is', async () => {
    const { sessions, stores, isAlive } = await setUp();
    const all: SessionTokens[] = [];
    for (let n = 0; n < 250; n++) all.push(await sessions.open(someone('somebody'), HOME));
    const { listSessions } = stores;
    // The list is one look behind: the first shows the older half alone.
    let looks = 0;
    stores.listSessions = async (subject, after) => {
      const page = await listSessions(subject, after);
      return looks++ === 0 ? { entries: page.entries.slice(0, 50) } : page;
    };
    await sessions.endAll('somebody');
    for (const tokens of all) expect(await isAlive(tokens)).toBe(false);
  });

  it('is not opened by a sign-in that was under way when all were ended', async () => {
    const { sessions, pass } = await setUp();
    pass(1);
    await sessions.endAll('somebody');
    await expect(sessions.open(someone('somebody', START), HOME)).rejects.toMatchObject(invalid);
    await expect(sessions.openByToken(someone('somebody', START + 1_000), HOME)).rejects.toMatchObject(invalid);
    expect(await sessions.list('somebody')).toEqual([]);
    await sessions.open(someone('somebody', START + 1_001), HOME);
    expect(await sessions.list('somebody')).toHaveLength(1);
  });

  it('is refreshed no more once all were ended, though it was not found then', async () => {
    const { sessions, stores, pass, isAlive } = await setUp();
    const tokens = await sessions.open(someone('somebody'), HOME);
    pass(5);
    await stores.refuseSignIns('somebody', START + 1_000, fractalpack.memberLimits);
    await expect(sessions.refresh(tokens.refreshToken, HOME)).rejects.toMatchObject(invalid);
    expect(await isAlive(tokens)).toBe(false);
    const later = await sessions.open(someone('somebody', START + 1_001), HOME);
    expect(await isAlive(await sessions.refresh(later.refreshToken, HOME))).toBe(true);
  });

  it('is refreshed for 90 days and no longer', async () => {
    const { sessions, pass } = await setUp();
    let tokens = await sessions.open(someone('somebody'), HOME);
    for (let week = 0; week < 14; week++) {
      pass(6 * 86_400);
      tokens = await sessions.refresh(tokens.refreshToken, HOME);
    }
    pass(6 * 86_400);
    await expect(sessions.refresh(tokens.refreshToken, HOME)).rejects.toMatchObject(invalid);
  });

  it('of a server is its one token, until it is ended', async () => {
    const { sessions, isAlive } = await setUp();
    const token = await sessions.openByToken(someone('somebody'), HOME);
    expect(token).toMatch(/^[0-9a-f-]{36}$/);
    const session = { accessToken: hashSecret(token), refreshToken: '' };
    expect(await isAlive(session)).toBe(true);
    await sessions.endOne('somebody', `ses_${hashSecret(token)}`);
    expect(await isAlive(session)).toBe(false);
  });
});

describe('a refresh token', () => {
  it('is read as it was written, and leads to one successor', () => {
    const token = firstToken('a'.repeat(20), randomBytes);
    expect(readToken(writeToken(token))).toEqual(token);
    const next = nextToken(token, 'salt');
    expect(readToken(writeToken(next))).toEqual(next);
    expect(nextToken(token, 'salt')).toEqual(next);
    expect(nextToken(token, 'other')).not.toEqual(next);
  });

  it('is nothing else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readToken(text)).toBeUndefined();
      }),
    );
  });
});
