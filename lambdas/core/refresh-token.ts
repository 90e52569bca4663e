import { createHmac } from 'node:crypto';
import { randomBase62 } from './base62.ts';
import { hashSecret } from './key-format.ts';
import type { Random } from './ports.ts';

/**
 * A refresh token: the session's id, what all tokens of the session share, and the secret of this one. The shared part
 * tells an old token of the session from one that never was: only the former may end it.
 */
export interface RefreshToken {
  readonly sessionId: string;
  readonly family: string;
  readonly secret: string;
}

const FORM = /^([0-9A-Za-z]{20})\.([0-9A-Za-z]{22})\.([\w-]{43})$/;

const randomText = (bytes: number, random: Random): string => Buffer.from(random(bytes)).toString('base64url');

export const isSessionId = (id: unknown): id is string => typeof id === 'string' && /^[0-9A-Za-z]{20}$/.test(id);
export const newSessionId = (random: Random): string => randomBase62(20, random);
export const newSalt = (random: Random): string => randomText(32, random);

export const firstToken = (sessionId: string, random: Random): RefreshToken => ({
  sessionId,
  family: randomBase62(22, random),
  secret: randomText(32, random),
});

/** The token after one. Who has that and the salt, and nobody else, can make it again: so a lost answer can be repeated. */
export const nextToken = (token: RefreshToken, salt: string): RefreshToken => ({
  ...token,
  secret: createHmac('sha256', token.secret).update(salt).digest('base64url'),
});

export const writeToken = ({ sessionId, family, secret }: RefreshToken): string => `${sessionId}.${family}.${secret}`;

/** Undefined for what was never a refresh token. */
export function readToken(text: string): RefreshToken | undefined {
  const [, sessionId, family, secret] = FORM.exec(text) ?? [];
  return sessionId && family && secret ? { sessionId, family, secret } : undefined;
}

export const familyHashOf = ({ family }: RefreshToken): string => hashSecret(family);
export const hashOf = ({ secret }: RefreshToken): string => hashSecret(secret);
