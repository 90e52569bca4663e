import type { Profile } from '../lambdas/contract/profile.ts';
import { createKeyReader, fromPublicId, hashSecret } from '../lambdas/core/key-format.ts';
import { isSessionId, readToken } from '../lambdas/core/refresh-token.ts';

/** What a credential that somebody has found is of. Nothing of it has been verified. */
export type FoundCredential =
  /** `secretHash`: of what may be the whole of it. */
  | { readonly kind: 'key'; readonly id: string; readonly secretHash?: string }
  | { readonly kind: 'session'; readonly id: string };

/** Undefined for what is of no stack of this profile. */
export function readCredential(
  text: string,
  { keyPrefixes }: Pick<Profile, 'keyPrefixes'>,
): FoundCredential | undefined {
  const whole = createKeyReader(keyPrefixes).read(text);
  if (whole) return { kind: 'key', id: whole.id, secretHash: whole.secretHash };
  const named = fromPublicId(text);
  if (named !== undefined) return { kind: 'key', id: named };
  const prefixes = [...new Set(Object.values(keyPrefixes))].map((prefix) => RegExp.escape(prefix)).join('|');
  const part = new RegExp(`^(?:${prefixes})_(?:live|test)_([0-9A-Za-z]{10})`).exec(text)?.[1];
  if (part !== undefined) return { kind: 'key', id: part };
  const refresh = readToken(text);
  return refresh ? { kind: 'session', id: refresh.sessionId } : readJwt(text);
}

function readJwt(text: string): FoundCredential | undefined {
  const { typ, jti, key, sid } = unverifiedClaimsOf(text);
  if (typ === 'key') {
    const id = fromPublicId(String(jti));
    return id === undefined ? undefined : { kind: 'key', id, secretHash: hashSecret(text) };
  }
  if (typ === 'widget') {
    const id = fromPublicId(String(key));
    return id === undefined ? undefined : { kind: 'key', id };
  }
  return isSessionId(sid) ? { kind: 'session', id: sid } : undefined;
}

function unverifiedClaimsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
