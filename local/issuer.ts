import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { IssuerRequest } from '../lambdas/contract/issuer.ts';
import type { Clock } from '../lambdas/core/ports.ts';
import type { Sign } from '../lambdas/core/signer.ts';
import { replaceSigningKeys, rotateSigningKeys } from '../lambdas/core/signing-keys.ts';
import type { KeySetStore, SigningKeyVault, TokenVerifier } from '../lambdas/core/token-ports.ts';
import { createSigningKeysHandler } from '../lambdas/handlers/signing-keys.ts';
import type { Log } from '../lambdas/http/log.ts';
import type { GatewayAnswer } from './gateway.ts';

export interface LocalIssuerOptions {
  readonly vault: SigningKeyVault;
  readonly keySets: KeySetStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Each knows the keys that it has seen, as a container does. */
  readonly openSigner: () => Sign;
  readonly openVerifier: () => TokenVerifier;
  /** Who has it is the operator. */
  readonly operatorToken: string;
}

/** Here the operator's command line has the signing keys rotated or replaced. */
export const ISSUER_PATH = '/_operator/issuer';

const answer = (status: number, body: object): GatewayAnswer => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

/** What signs and verifies on one machine, and can be made to forget the keys that it knows. */
export function createLocalIssuer(options: LocalIssuerOptions) {
  const { openSigner, openVerifier, operatorToken, log } = options;
  const expected = Buffer.from(`Bearer ${operatorToken}`);
  let [sign, tokens] = [openSigner(), openVerifier()];
  const run = createSigningKeysHandler(
    { rotate: (dueAfter) => rotateSigningKeys(options, dueAfter), replace: () => replaceSigningKeys(options) },
    log,
  );

  async function operate(request: IncomingMessage): Promise<GatewayAnswer> {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return answer(401, {});
    const { operator }: Partial<IssuerRequest> = JSON.parse((await request.toArray()).join(''));
    if (operator !== 'rotate' && operator !== 'replace') return answer(422, {});
    const done = await run({ operator });
    if (operator === 'replace') [sign, tokens] = [openSigner(), openVerifier()];
    return answer(200, { ...done });
  }

  return {
    sign: ((claims) => sign(claims)) satisfies Sign,
    tokens: { verify: (token) => tokens.verify(token) } satisfies TokenVerifier,
    operate,
  };
}

export type OperateIssuer = ReturnType<typeof createLocalIssuer>['operate'];
