import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { IssuerRequest } from '../lambdas/contract/issuer.ts';
import type { Clock } from '../lambdas/core/ports.ts';
import { replaceSigningKeys, rotateSigningKeys } from '../lambdas/core/signing-keys.ts';
import type { KeySetStore, SigningKeyVault } from '../lambdas/core/token-ports.ts';
import { createSigningKeysHandler } from '../lambdas/handlers/signing-keys.ts';
import type { Log } from '../lambdas/http/log.ts';
import { noMetrics } from '../lambdas/http/metrics.ts';
import type { GatewayAnswer } from './gateway.ts';

export interface LocalIssuerOptions {
  readonly vault: SigningKeyVault;
  readonly keySets: KeySetStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Puts new containers in the place of those that know the keys there were. */
  readonly renew: () => Promise<void>;
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

/** What the operator has done with the signing keys on one machine. */
export function createLocalIssuer(options: LocalIssuerOptions) {
  const { renew, operatorToken, log } = options;
  const expected = Buffer.from(`Bearer ${operatorToken}`);
  const run = createSigningKeysHandler(
    { rotate: (dueAfter) => rotateSigningKeys(options, dueAfter), replace: () => replaceSigningKeys(options) },
    { log, metrics: noMetrics },
  );

  return async function operate(request: IncomingMessage): Promise<GatewayAnswer> {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return answer(401, {});
    const { operator }: Partial<IssuerRequest> = JSON.parse((await request.toArray()).join(''));
    if (operator !== 'rotate' && operator !== 'replace') return answer(422, {});
    const done = await run({ operator });
    if (operator === 'replace') await renew();
    return answer(200, { ...done });
  };
}

export type OperateIssuer = ReturnType<typeof createLocalIssuer>;
