import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import { fromPublicId } from '../core/key-format.ts';
import type { Proven, TokenVerifier } from '../core/ports.ts';
import { type CognitoVerifierOptions, createCognitoVerifier } from './cognito-verifier.ts';
import { createIssuerVerifier, type IssuerVerifierOptions } from './issuer-verifier.ts';

export interface TokenVerifierOptions {
  readonly userPool: CognitoVerifierOptions;
  readonly own: IssuerVerifierOptions;
}

/** Verifies a JWT by the issuer that it names, with that issuer's keys and no other's. */
export function createTokenVerifier({ userPool, own }: TokenVerifierOptions): TokenVerifier {
  const verifyOwn = createIssuerVerifier(own);
  const verifyUserPool = createCognitoVerifier(userPool);

  async function ownKey(token: string): Promise<Proven | undefined> {
    const claims = await verifyOwn(token);
    const id = claims && fromPublicId(claims.jti ?? '');
    return id === undefined ? undefined : { type: 'key', id };
  }

  async function member(token: string): Promise<Proven | undefined> {
    const claims = await verifyUserPool(token);
    return claims?.sub === undefined ? undefined : { type: 'member', id: claims.sub };
  }

  return {
    async verify(token) {
      switch (unverifiedIssuerOf(token)) {
        case own.issuer:
          return ownKey(token);
        case userPool.issuer:
          return member(token);
        default:
          return undefined;
      }
    },
  };
}

function unverifiedIssuerOf(token: string): string | undefined {
  try {
    return decomposeUnverifiedJwt(token).payload.iss;
  } catch {
    return undefined;
  }
}
