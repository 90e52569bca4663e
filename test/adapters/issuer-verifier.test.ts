import { createHmac, generateKeyPairSync, type JsonWebKey, randomBytes, sign } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTokenVerifier } from '../../lambdas/adapters/token-verifier.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { newKeyId, toPublicId } from '../../lambdas/core/key-format.ts';
import { createSigner } from '../../lambdas/core/signer.ts';
import { rotateSigningKeys, SIGNING_PERIOD } from '../../lambdas/core/signing-keys.ts';
import type {
  KeySet,
  KeySetStore,
  SigningKeys,
  SigningKeyVault,
  TokenVerifier,
} from '../../lambdas/core/token-ports.ts';
import { createMemoryStores } from '../stores/memory-store.ts';

const ISSUER = 'https://api.example.com';
const POOL = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example';
const NOW = Math.floor(Date.now() / 1_000);

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs whatever it is told, as an attacker would. */
function forge(
  claims: object,
  header: object,
  privateKey: JsonWebKey,
  dsaEncoding: 'der' | 'ieee-p1363' = 'ieee-p1363',
) {
  const unsigned = `${encode({ alg: 'ES256', typ: 'JWT', ...header })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(unsigned), { key: privateKey, format: 'jwk', dsaEncoding });
  return `${unsigned}.${signature.toString('base64url')}`;
}

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

describe('tokens of the own issuer', () => {
  const id = newKeyId(randomBytes);
  const claims = { iss: ISSUER, aud: ISSUER, typ: 'key', sub: 'somebody', jti: toPublicId(id), iat: NOW, scope: 'a:b' };
  let vault: SigningKeyVault;
  let keySets: KeySetStore;
  let verifier: TokenVerifier;
  let current: SigningKeys['current'];
  let now: number;
  const clock = { now: () => now * 1_000 };

  const newVerifier = (sets: Pick<KeySetStore, 'getKeySet'> = keySets) =>
    createTokenVerifier({
      own: { issuer: ISSUER, keySets: sets },
      userPoolId: 'eu-central-1_Example',
      clientIds: ['client'],
      addressOf: () => ({ issuer: POOL, jwksUri: 'http://127.0.0.1:9/' }),
      registrations: { getUserPool: async () => undefined },
      clock,
    });

  beforeEach(async () => {
    now = NOW;
    let held: SigningKeys | undefined;
    vault = {
      read: async () => held,
      async write(keys) {
        held = keys;
      },
    };
    keySets = createMemoryStores();
    await rotateSigningKeys({ vault, keySets, clock });
    current = (await vault.read())?.current as SigningKeys['current'];
    verifier = newVerifier();
  });

  const own = (changes: object = {}, header: object = {}, key = current.privateKey) =>
    forge({ ...claims, ...changes }, { kid: current.kid, ...header }, key);

  it('prove the key that they are', async () => {
    const sign = await createSigner({ issuer: ISSUER, vault, clock })();
    const token = sign({ typ: 'key', jti: toPublicId(id) });
    expect(await verifier.verify(token)).toEqual({ type: 'key', id });
    expect(await verifier.verify(own())).toEqual({ type: 'key', id });
    expect(await verifier.verify(own({ exp: NOW + 60, nbf: NOW - 1 }))).toEqual({ type: 'key', id });
  });

  it('prove a widget of a key, with its end, its customer and its scopes', async () => {
    const widget = {
      typ: 'widget',
      jti: undefined,
      key: toPublicId(id),
      customer: 'cust_1',
      scope: 'a:b c:d',
      exp: NOW + 60,
    };
    const proven = { type: 'widget', id, customer: 'cust_1', scopes: ['a:b', 'c:d'] };
    expect(await verifier.verify(own(widget))).toEqual(proven);
    for (const change of [
      { exp: undefined },
      { exp: NOW - 61 },
      { key: undefined },
      { key: 'key_1' },
      { customer: undefined },
      { scope: undefined },
      { scope: ['a:b'] },
      { aud: 'https://other.example' },
      // Neither is a key's own token a widget, nor a widget's a key's.
      { typ: 'key' },
    ]) {
      expect(await verifier.verify(own({ ...widget, ...change }))).toBeUndefined();
    }
    expect(await verifier.verify(own({ typ: 'widget' }))).toBeUndefined();
  });

  const hmac = () => {
    const unsigned = `${encode({ alg: 'HS256', kid: current.kid })}.${encode(claims)}`;
    const { d, ...publicKey } = current.privateKey;
    return `${unsigned}.${createHmac('sha256', JSON.stringify(publicKey)).update(unsigned).digest('base64url')}`;
  };
  it.each<[string, () => string]>([
    ['of algorithm none', () => `${encode({ alg: 'none', kid: current.kid })}.${encode(claims)}.`],
    ['of algorithm none with its signature', () => own({}, { alg: 'none' })],
    ['signed by HMAC with the public key', hmac],
    ['that says another algorithm than it is signed with', () => own({}, { alg: 'RS256' })],
    ['that says another curve than it is signed with', () => own({}, { alg: 'ES384' })],
    ['signed by a stranger', () => own({}, {}, stranger)],
    ['of a foreign kid', () => own({}, { kid: 'foreign' }, stranger)],
    ['without a kid', () => own({}, { kid: undefined })],
    ['that brings its own key', () => own({}, { jwk: stranger, kid: undefined }, stranger)],
    ['that names where its key is', () => own({}, { jku: 'https://evil.example/jwks.json' }, stranger)],
    ['whose signature is in DER', () => forge(claims, { kid: current.kid }, current.privateKey, 'der')],
    ['of another issuer with our kid', () => own({ iss: 'https://other.example.com' })],
    ['of no issuer', () => own({ iss: undefined })],
    ['for another audience', () => own({ aud: 'https://other.example.com' })],
    ['for an audience among which ours is', () => own({ aud: [ISSUER] })],
    ['for no audience', () => own({ aud: undefined })],
    ['for another use', () => own({ typ: 'consumer' })],
    ['for no use', () => own({ typ: undefined })],
    ['that has expired', () => own({ exp: NOW - 1 })],
    ['whose end is no number', () => own({ exp: 'never' })],
    ['that is not valid yet', () => own({ nbf: NOW + 60 })],
    ['without an id', () => own({ jti: undefined })],
    ['whose id is none of a key', () => own({ jti: 'USER#somebody' })],
    [
      'whose claims were exchanged',
      () => own().replace(/\.[^.]+\./, `.${encode({ ...claims, jti: 'key_0000000000' })}.`),
    ],
    ['cut short', () => own().slice(0, -4)],
  ])('do not prove anything %s', async (_, token) => {
    expect(await verifier.verify(token())).toBeUndefined();
    expect(await verifier.verify(own())).toEqual({ type: 'key', id });
  });

  it('of another issuer that we trust are not verified with our keys', async () => {
    const theirs = own({ iss: POOL, token_use: 'access', client_id: 'client', exp: NOW + 60 });
    // Its key set is somewhere else, and there is nothing.
    await expect(verifier.verify(theirs)).rejects.toThrow(UnavailableError);
  });

  it('are refused, whatever they say and however they are signed, without failing', async () => {
    const base64url = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('base64url'));
    const values = fc.oneof(fc.json(), fc.constant(JSON.stringify(claims)));
    const payloads = values.map((json) => Buffer.from(json).toString('base64url'));
    const headers = fc
      .record({ alg: fc.oneof(fc.constant('ES256'), fc.string()), kid: fc.constant(current.kid) })
      .map(encode);
    const signatures = fc.oneof(
      base64url,
      fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    );
    await fc.assert(
      fc.asyncProperty(headers, payloads, signatures, async (...parts) => {
        expect(await verifier.verify(parts.join('.'))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('cannot be told when the key set is out of reach, and can when it is back', async () => {
    let reachable = false;
    const flaky = newVerifier({
      async getKeySet() {
        if (!reachable) throw new UnavailableError('the store cannot be reached');
        return keySets.getKeySet();
      },
    });
    await expect(flaky.verify(own())).rejects.toThrow(UnavailableError);
    reachable = true;
    now += 1;
    expect(await flaky.verify(own())).toEqual({ type: 'key', id });
  });

  it.each([undefined, { keys: [], rotatedAt: 0, version: 1 }])(
    'cannot be told by a key set without a key, and are not refused: %j',
    async (none) => {
      let found: KeySet | undefined = none;
      const restored = newVerifier({ getKeySet: async () => found });
      await expect(restored.verify(own())).rejects.toThrow(UnavailableError);
      found = await keySets.getKeySet();
      now += 1;
      expect(await restored.verify(own())).toEqual({ type: 'key', id });
    },
  );

  it('are verified after every rotation, also by who read the key set one period ago', async () => {
    const loadSigner = createSigner({ issuer: ISSUER, vault, clock });
    const newToken = async () => (await loadSigner())(claims);
    const tokens = [await newToken()];
    const kids = new Set([current.kid]);
    for (let period = 0; period < 3; period++) {
      const before = newVerifier();
      await before.verify(tokens[0] as string);
      now += SIGNING_PERIOD;
      expect(await rotateSigningKeys({ vault, keySets, clock })).toBe('rotated');
      expect(await rotateSigningKeys({ vault, keySets, clock })).toBe('kept');
      kids.add((await vault.read())?.current.kid as string);
      tokens.push(await newToken());
      for (const token of tokens) {
        expect(await before.verify(token)).toEqual({ type: 'key', id });
        expect(await newVerifier().verify(token)).toEqual({ type: 'key', id });
      }
    }
    expect(kids.size).toBe(4);
  });
});
