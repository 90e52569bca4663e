import type { Profile } from '../contract/profile.ts';
import type { Actor } from './authority.ts';
import { ALL_SCOPES, type Grantable } from './grants.ts';
import { hashSecret, type MintedKey, mintKey, newKeyId, toPublicId } from './key-format.ts';
import type { KeyRecord, Random } from './ports.ts';
import type { Directory } from './session-ports.ts';
import type { LoadSigner } from './signer.ts';

export interface MinterDependencies {
  readonly profile: Profile;
  readonly random: Random;
  readonly grantable: Grantable;
  readonly loadSigner: LoadSigner;
  readonly directory: Pick<Directory, 'emailOf'>;
}

/** Up to so many characters `*` is written as what it stands for: API Gateway takes 10 KB of headers. */
const SPELLED_OUT = 2_000;

/** A key's record before it has an id and a secret. */
export type KeyDraft = Omit<KeyRecord, 'id' | 'secretHash' | 'keyPrefix'>;

/**
 * Makes a key's id and secret. A JWT is a secret like any other: the hash of the whole of it is kept, so that nobody
 * makes a key by the issuer's private key alone.
 */
export function createMinter({ profile, random, grantable, loadSigner, directory }: MinterDependencies) {
  async function mintJwt(draft: KeyDraft, actor: Actor): Promise<MintedKey> {
    const id = newKeyId(random);
    const { type, scopes, mode, organizationId: org, createdAt: iat, expiresAt } = draft;
    const all = [...grantable(type)].join(' ');
    const scope = scopes.includes(ALL_SCOPES) && all.length <= SPELLED_OUT ? all : scopes.join(' ');
    const email = actor.type === 'member' ? await directory.emailOf(actor.id) : undefined;
    const sign = await loadSigner();
    const apiKey = sign({
      typ: 'key',
      // Whoever reads it takes the person for whom it names.
      sub: email?.verified ? email.address : actor.id,
      jti: toPublicId(id),
      scope,
      org,
      mode,
      iat,
      ...(expiresAt !== undefined && { exp: expiresAt }),
    });
    return { id, apiKey, secretHash: hashSecret(apiKey), keyPrefix: apiKey.slice(0, 3) };
  }

  return async (draft: KeyDraft, actor: Actor): Promise<MintedKey> =>
    draft.format === 'jwt' ? mintJwt(draft, actor) : mintKey(profile.keyPrefixes[draft.type], draft.mode, random);
}
