import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replaceSigningKeys } from '../../lambdas/core/signing-keys.ts';
import { malleable, N } from '../acceptance/attacks.ts';
import { nearly } from './fuzzing.ts';
import { encode, forge, forgeByRsa, ISSUER, openTokenWorld, POOL, type TokenWorld } from './token-world.ts';

const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const replaceSignature = (token: string, signature: Uint8Array) =>
  `${token.slice(0, token.lastIndexOf('.') + 1)}${Buffer.from(signature).toString('base64url')}`;
const signatureOf = (token: string): Buffer => Buffer.from(token.split('.')[2] ?? '', 'base64url');

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The same bytes with other bits behind them: 64 bytes leave four bits of the last character over. */
function otherBits(token: string): string {
  const last = ALPHABET.indexOf(token.at(-1) ?? '');
  return token.slice(0, -1) + ALPHABET[last ^ 1];
}

const MALFORMED = 'unauthorized: malformed';

let world: TokenWorld;
let key: Awaited<ReturnType<TokenWorld['newJwtKey']>>;
let member: Awaited<ReturnType<TokenWorld['newSession']>>;
let consumer: Awaited<ReturnType<TokenWorld['newSession']>>;
let widget: string;
let access: string;
let poolClaims: Record<string, unknown>;
beforeAll(async () => {
  world = await openTokenWorld();
  key = await world.newJwtKey();
  member = await world.newSession('member');
  consumer = await world.newSession('consumer');
  const { now } = world;
  widget = world.issue({ typ: 'widget', key: key.id, customer: 'c', scope: 'usage.read', exp: now + 900 });
  poolClaims = { iss: POOL, sub: member.subject, token_use: 'access', client_id: 'client', iat: now, exp: now + 900 };
  access = forgeByRsa({ alg: 'RS256', kid: 'one' }, poolClaims, world.pool.privateKey);
});
afterAll(() => world.close());

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
const publicOf = ({ d, ...jwk }: JsonWebKey) => jwk;

/** What a forger starts from: the claims of the key, with the key's own header. */
const headerOf = (more: object = {}) => ({ alg: 'ES256', typ: 'JWT', kid: world.current.kid, ...more });
const claimsOf = (more: object = {}) => ({ iss: ISSUER, aud: ISSUER, ...member.claims, ...more });
const unsigned = (header: unknown, claims: unknown, signature = '') =>
  `${encode(header)}.${encode(claims)}.${signature}`;

describe('a forged JWT lets nobody in, and costs no write', () => {
  async function refused(token: string, reason = MALFORMED) {
    const before = world.spends.length;
    expect(await world.ask(token)).toBe(reason);
    expect(await world.ask(token, 'cookie')).toBe(reason);
    expect(world.spends.length).toBe(before);
  }

  it.each(['none', 'None', 'NONE', 'nOnE', '', ' none', 'none\0', undefined])(
    'without a signature, by alg %j',
    async (alg) => {
      await refused(unsigned({ ...headerOf(), alg }, claimsOf()));
      await refused(unsigned({ ...headerOf(), alg }, claimsOf(), member.token.split('.')[2]));
    },
  );

  it.each([
    ['HS256', 'sha256'],
    ['HS384', 'sha384'],
    ['HS512', 'sha512'],
  ])('by %s with the public key as its secret, however that is written', async (alg, digest) => {
    for (const [kid, spki, claims] of [
      [world.current.kid, createPublicKey({ key: publicOf(world.current.privateKey), format: 'jwk' }), claimsOf()],
      ['one', world.pool.publicKey, poolClaims],
    ] as const) {
      const pem = spki.export({ format: 'pem', type: 'spki' }) as string;
      const jwk = spki.export({ format: 'jwk' });
      const secrets = [
        pem,
        pem.trim(),
        pem.replaceAll('\n', '\r\n'),
        spki.export({ format: 'der', type: 'spki' }),
        JSON.stringify(jwk),
        JSON.stringify({ ...jwk, kid, use: 'sig', alg }),
        jwk.x ?? jwk.n ?? '',
        '',
      ];
      for (const secret of secrets) {
        const text = `${encode({ alg, typ: 'JWT', kid })}.${encode(claims)}`;
        await refused(`${text}.${createHmac(digest, secret).update(text).digest('base64url')}`);
      }
    }
  });

  it.each([
    ['another algorithm for the same key', () => world.own(claimsOf(), { alg: 'ES384' })],
    ['an algorithm of another letter case', () => world.own(claimsOf(), { alg: 'es256' })],
    ['a list of algorithms', () => world.own(claimsOf(), { alg: ['ES256'] })],
    [
      "the pool's algorithm and key under the name of ours",
      () => forgeByRsa(headerOf({ alg: 'RS256' }), claimsOf(), world.pool.privateKey),
    ],
    [
      "the pool's key and kid under our issuer",
      () => forgeByRsa({ alg: 'RS256', kid: 'one' }, claimsOf(), world.pool.privateKey),
    ],
    ["our key and kid under the pool's issuer", () => forge(headerOf(), poolClaims, world.current.privateKey)],
  ])('by %s', async (_, token) => refused(token()));

  it.each<[string, unknown]>([
    ['a path', '../../../../dev/null'],
    ['an SQL injection', "x' UNION SELECT 'secret' --"],
    ['a command', '|/bin/true'],
    ['an address', 'https://evil.example/key.json'],
    ['an empty one', ''],
    ['a very long one', 'x'.repeat(50_000)],
    ['a number', 7],
    ['null', null],
    ['a list', ['x']],
    ['a name of every object', '__proto__'],
    ['another name of every object', 'constructor'],
  ])('by a kid that is %s', async (_, kid) => refused(forge(headerOf({ kid }), claimsOf(), stranger)));

  it.each<[string, () => object]>([
    ['jwk', () => ({ jwk: publicOf(stranger) })],
    ['jku', () => ({ jku: 'https://evil.example/jwks.json' })],
    ['x5u', () => ({ x5u: 'https://evil.example/cert.pem' })],
    ['x5c', () => ({ x5c: [Buffer.from('a certificate').toString('base64')] })],
    ['crit', () => ({ crit: ['exp'], exp: 0 })],
    ['b64', () => ({ b64: false, crit: ['b64'] })],
    ['zip', () => ({ zip: 'DEF' })],
    ['cty', () => ({ cty: 'JWT' })],
  ])('that brings its own key or rules in %s, with our kid, another or none', async (_, more) => {
    for (const kid of [world.current.kid, 'mine', undefined])
      await refused(forge(headerOf({ ...more(), kid }), claimsOf(), stranger));
  });

  it('in the form of something else: encrypted, nested, in two parts, four, or with a space in it', async () => {
    const [header, claims, signature] = member.token.split('.');
    for (const token of [
      `${encode({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`,
      `${encode({ alg: 'dir', enc: 'A128GCM', kid: world.current.kid })}..b.c.d`,
      forge(headerOf({ cty: 'JWT' }), JSON.stringify(member.token), stranger),
      `${header}.${claims}`,
      `${header}.${claims}.${signature}.${signature}`,
      `${header}..${signature}`,
      `.${claims}.${signature}`,
      `${header}.${claims}.${signature} `,
      `${header} .${claims}.${signature}`,
      `${header}\n.${claims}.${signature}`,
      `${member.token}\0`,
      JSON.stringify({ protected: header, payload: claims, signature }),
    ])
      await refused(token);
  });

  it('that says a thing twice, whichever of them counts', async () => {
    const { kid } = world.current;
    const said = JSON.stringify(claimsOf()).slice(1, -1);
    for (const [header, claims] of [
      [`{"alg":"none","alg":"ES256","kid":"${kid}"}`, claimsOf()],
      [`{"alg":"ES256","alg":"none","kid":"${kid}"}`, claimsOf()],
      [`{"alg":"ES256","kid":"mine","kid":"${kid}"}`, claimsOf()],
      [headerOf(), `{"iss":"https://evil.example",${said}}`],
      [headerOf(), `{${said},"iss":"${POOL}"}`],
      [headerOf(), `{"__proto__":{"iss":"${ISSUER}"},${said}}`],
    ] as const)
      await refused(forge(header, claims, stranger));
    // Two issuers: the last one is asked, by the part that chooses the keys and by the part that verifies.
    const both = `{"iss":"${POOL}",${said},"iss":"${ISSUER}"}`;
    expect(await world.ask(forge(headerOf(), both, world.current.privateKey))).toBe(`allowed: ${member.subject}`);
    await refused(forge(headerOf(), `{${said},"iss":"${POOL}"}`, world.current.privateKey));
  });

  it('with a signature of zeros, of the order, swapped, in DER, of another curve, or of another token', async () => {
    const signature = signatureOf(member.token);
    const [r, s] = [signature.subarray(0, 32), signature.subarray(32)];
    const zero = bytesOf(0n);
    const text = Buffer.from(member.token.slice(0, member.token.lastIndexOf('.')));
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    for (const forged of [
      Buffer.concat([zero, zero]),
      Buffer.concat([r, zero]),
      Buffer.concat([zero, s]),
      Buffer.concat([bytesOf(N), bytesOf(N)]),
      Buffer.concat([r, bytesOf(N)]),
      Buffer.concat([bytesOf(1n), bytesOf(1n)]),
      Buffer.concat([s, r]),
      Buffer.alloc(64, 255),
      sign('sha256', text, { key: world.current.privateKey, format: 'jwk', dsaEncoding: 'der' }),
      sign('sha256', text, { key: p384, dsaEncoding: 'ieee-p1363' }),
      sign('sha256', text, world.pool.privateKey),
      signatureOf(key.token),
      signatureOf(consumer.token),
      signature.subarray(0, 63),
      Buffer.concat([signature, zero]),
      Buffer.alloc(0),
    ])
      await refused(replaceSignature(member.token, forged));
  });

  it('in another base64 than RFC 7515 takes: padded, standard, with a stranger character', async () => {
    for (const token of [
      `${member.token}=`,
      `${member.token}==`,
      `${member.token}%3D`,
      member.token.replace('.', '=.'),
      `${member.token.slice(0, -1)}+`,
      `${member.token.slice(0, -1)}/`,
      `${member.token.slice(0, -1)}\u00e9`,
      member.token.slice(0, -2),
    ])
      await refused(token);
  });

  it('however long it is, and at once', async () => {
    const started = performance.now();
    const long = 'A'.repeat(1_000_000);
    for (const token of [
      `${long}.${long}.${long}`,
      `eyJ${long}`,
      forge(headerOf({ x: long }), claimsOf(), stranger),
      '.'.repeat(1_000_000),
      encode('['.repeat(200_000)),
    ])
      await refused(token);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('whatever is changed in a right one', async () => {
    await fc.assert(
      fc.asyncProperty(nearly([member.token]), async (token) => {
        fc.pre(token !== member.token && signatureOf(token).compare(signatureOf(member.token)) !== 0);
        expect(await world.ask(token)).toBe(MALFORMED);
      }),
    );
  });
});

describe('a JWT that our own issuer signed is no other than it says', () => {
  const asked = async (claims: object, header: object = {}) =>
    world.ask(world.own({ ...member.claims, ...claims }, header));

  it('lets its session in as it is', async () => expect(await asked({})).toBe(`allowed: ${member.subject}`));

  it.each<[string, () => object]>([
    ['ended', () => ({ exp: world.now - 1 })],
    ['has an end that is a text', () => ({ exp: String(world.now + 900) })],
    ['has a negative end', () => ({ exp: -1 })],
    ['has no end', () => ({ exp: undefined })],
    ['has null for its end', () => ({ exp: null })],
    ['is not valid yet', () => ({ nbf: world.now + 60 })],
    ['says when in a text', () => ({ nbf: '0' })],
    ['was issued at a text', () => ({ iat: 'now' })],
    ['is of an issuer with a slash behind', () => ({ iss: `${ISSUER}/` })],
    ['is of an issuer in capitals', () => ({ iss: ISSUER.toUpperCase() })],
    ['is of an issuer that looks alike', () => ({ iss: ISSUER.replace('a', '\u0430') })],
    ['is of an issuer with a zero behind', () => ({ iss: `${ISSUER}\0` })],
    ['is of a list of issuers', () => ({ iss: [ISSUER] })],
    ["is of another stage's issuer", () => ({ iss: `${ISSUER}/prod` })],
    ['is for a list of audiences', () => ({ aud: [ISSUER] })],
    ['is for a number', () => ({ aud: 7 })],
    ['is for an audience with a slash behind', () => ({ aud: `${ISSUER}/` })],
    ['names no session', () => ({ sid: undefined })],
    ['names a session by a list', () => ({ sid: [member.id] })],
    ['names a session by something else that has its name', () => ({ sid: `SESSION#${member.id}` })],
    ['is of no kind', () => ({ typ: undefined })],
    ['is of a kind in capitals', () => ({ typ: 'Member' })],
    ['is a refresh token', () => ({ typ: 'refresh' })],
    ["is a consumer's, of a member's session", () => ({ typ: 'consumer' })],
    ['is a key, without an id', () => ({ typ: 'key' })],
    ['is a widget, without a key', () => ({ typ: 'widget' })],
    [
      "has a pool's token_use and nothing of ours",
      () => ({ typ: undefined, token_use: 'access', client_id: 'client' }),
    ],
  ])('and lets nobody in that %s', async (_, claims) =>
    expect(await asked(claims())).toMatch(/^unauthorized: (malformed|unknown)$/),
  );

  it('and lets nobody in whose end is beyond all numbers, or is said twice', async () => {
    const claims = JSON.stringify({ iss: ISSUER, aud: ISSUER, ...member.claims, exp: 0 });
    for (const exp of [
      '1e400',
      '-1e400',
      '1e400,"exp":1',
      '"Infinity"',
      'true',
      '[9999999999]',
      '{"valueOf":9999999999}',
    ]) {
      const text = claims.replace('"exp":0', `"exp":${exp}`);
      expect(await world.ask(forge(headerOf(), text, world.current.privateKey))).toBe(MALFORMED);
    }
  });

  it('and lets nobody in by rules of its own that are not known here (crit)', async () => {
    for (const crit of [['exp'], ['b64'], [], 'exp', null]) expect(await asked({}, { crit })).toBe(MALFORMED);
  });

  it('and stands where its kind may stand, and nowhere else', async () => {
    const nobody = 'unauthorized';
    const { subject } = member;
    for (const [token, bearer, cookie, header] of [
      [key.token, key.id, nobody, key.id],
      [member.token, subject, subject, nobody],
      [consumer.token, 'denied', nobody, nobody],
      [widget, key.id, nobody, nobody],
      [access, 'denied', nobody, nobody],
    ] as const) {
      expect(await world.ask(token, 'bearer')).toContain(bearer);
      expect(await world.ask(token, 'cookie')).toContain(cookie);
      expect(await world.ask(token, 'key-header')).toContain(header);
      expect(await world.ask(token, 'publishable-key-header')).toContain(nobody);
    }
  });
});

describe('the other signature of a token, and the other spelling of a signature', () => {
  it('of a key are no second key: the token is compared to the letter', async () => {
    const one = await world.newJwtKey();
    for (const variant of [malleable(one.token), otherBits(one.token)]) {
      expect(variant).not.toBe(one.token);
      expect(await world.ask(variant)).toBe('unauthorized: unknown');
      expect(await world.ask(one.token)).toBe(`allowed: ${one.id}`);
      expect(await world.ask(variant)).toBe('unauthorized: unknown');
    }
    await one.revoke();
    for (const variant of [one.token, malleable(one.token), otherBits(one.token)])
      expect(await world.ask(variant)).toMatch(/^unauthorized/);
    world.newContainer();
    for (const variant of [malleable(one.token), otherBits(one.token), one.token])
      expect(await world.ask(variant)).toMatch(/^unauthorized/);
  });

  it("of a session's are the same session: nothing goes by their letters, and they end with it", async () => {
    const session = await world.newSession('member');
    const variants = [session.token, malleable(session.token), otherBits(session.token)];
    expect(new Set(variants).size).toBe(3);
    for (const token of variants) expect(await world.ask(token)).toBe(`allowed: ${session.subject}`);
    await session.end();
    for (const token of variants) expect(await world.ask(token)).toBe('unauthorized: revoked');
  });
});

describe('a token that was right', () => {
  it('is worth nothing at another stage, whose issuer is another, nor by a kid of the same name', async () => {
    const other = await openTokenWorld(`${ISSUER}/test`);
    for (const token of [key.token, member.token, consumer.token, widget])
      expect(await other.ask(token)).toBe(MALFORMED);
    // The other stage's keys under this stage's name.
    const claims = { iss: ISSUER, aud: ISSUER, ...member.claims };
    for (const kid of [world.current.kid, other.current.kid]) {
      expect(await world.ask(forge({ alg: 'ES256', kid }, claims, other.current.privateKey))).toBe(MALFORMED);
    }
    other.close();
  });

  it('is worth nothing once the key that signed it was replaced', async () => {
    const replaced = await openTokenWorld();
    const session = await replaced.newSession('member');
    const jwtKey = await replaced.newJwtKey();
    expect(await replaced.ask(session.token)).toBe(`allowed: ${session.subject}`);
    const vault = { read: async () => undefined, write: async () => {} };
    await replaceSigningKeys({ vault, keySets: replaced.stores, clock: { now: Date.now } });
    replaced.newContainer();
    for (const token of [session.token, jwtKey.token]) expect(await replaced.ask(token)).toBe(MALFORMED);
    replaced.close();
  });
});
