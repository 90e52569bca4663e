/** The stack that is deployed as it first was, written to, and then updated. */
export const UPGRADED = 'Upgraded';

export interface OldKey {
  readonly keyId: string;
  readonly apiKey: string;
}

/** What was in the first deployment, and what its customers held. */
export interface Written {
  readonly outputs: Readonly<Record<string, string>>;
  readonly login: { readonly email: string; readonly password: string };
  readonly organizationId: string;
  readonly key: OldKey;
  readonly reader: OldKey;
  readonly revoked: OldKey;
  readonly itemId: string;
  /** The whole table. */
  readonly items: readonly Readonly<Record<string, unknown>>[];
}
