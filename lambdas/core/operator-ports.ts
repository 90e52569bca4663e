import type { EpochSeconds, KeyRecord, OrganizationRecord } from './ports.ts';

/** Something of an organization that lets somebody in, or that somebody could make such a thing by. */
export type LiveCredential =
  | { readonly kind: 'key'; readonly id: string }
  | {
      readonly kind: 'session';
      readonly id: string;
      readonly of: 'member' | 'consumer';
      readonly createdAt: EpochSeconds;
    }
  | {
      readonly kind: 'member';
      /** The subject. */
      readonly id: string;
      /** When all sign-ins until then were ended, in milliseconds. */
      readonly endedAt?: number;
    }
  | { readonly kind: 'invitation'; readonly id: string }
  | { readonly kind: 'userPool'; readonly id: string };

/** An organization as who runs the deployment lists it. */
export type ListedOrganization = OrganizationRecord & { readonly owners: readonly string[] };

/** What a look through the whole table has read. */
export interface Looked {
  readonly items: number;
}

/**
 * What only who runs the deployment asks for. Those that find every one of something look through the whole table,
 * consistently, and cost as much as it is large. Every method throws UnavailableError when the store cannot answer.
 */
export interface OperatorStore {
  /** Whatever its organization. */
  findKey(id: string): Promise<KeyRecord | undefined>;
  /** Keys whose shown prefix this is. */
  everyKeyBy(keyPrefix: string, found: (keys: readonly KeyRecord[]) => Promise<void>): Promise<Looked>;
  everyOrganization(found: (organizations: readonly ListedOrganization[]) => Promise<void>): Promise<Looked>;
  /**
   * Whatever lets somebody into an organization: what was there before this began, and has not ended since, is found.
   * @param found is called by several at once
   */
  everyCredential(
    organizationId: string,
    found: (credentials: readonly LiveCredential[]) => Promise<void>,
  ): Promise<Looked>;
  /**
   * Takes tokens of sign-ins after a time again, of a person whose sign-ins are refused until later than that.
   * @param after in milliseconds
   */
  allowSignIns(subject: string, after: number): Promise<boolean>;
}
