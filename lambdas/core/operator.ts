import type { IssuerAnswer } from '../contract/issuer.ts';
import { type Audit, type AuditActor, type AuditEntry, DEPLOYMENT } from './audit.ts';
import { ApiError } from './errors.ts';
import { fromPublicId, toPublicId } from './key-format.ts';
import type { MemberStore } from './member-ports.ts';
import type { OperatorStore } from './operator-ports.ts';
import {
  createRevocation,
  type Ended,
  pagesOf,
  type RevocationDependencies,
  type RevocationOptions,
  type RevocationStore,
} from './organization-revocation.ts';
import type { KeyRecord, OrganizationRecord, OrganizationStore } from './ports.ts';
import { secondsOf } from './time.ts';

export interface OperatorDependencies extends RevocationDependencies {
  readonly store: RevocationStore &
    Pick<OperatorStore, 'findKey' | 'allowSignIns'> &
    Pick<OrganizationStore, 'getOrganization'> &
    Pick<MemberStore, 'listMembers'>;
  readonly audit: Audit;
  /** Who it is: an ARN, or `local`. */
  readonly operator: string;
  /** What they say that they work with. */
  readonly device: string;
  readonly rotate: () => Promise<IssuerAnswer['outcome']>;
  /** Puts new signing keys in the place of all, and has everybody forget the old ones. */
  readonly replace: () => Promise<IssuerAnswer['outcome']>;
}

/** What who runs a deployment does to it. Whatever changes something is recorded before it is done. */
export function createOperator(dependencies: OperatorDependencies) {
  const { store, audit, clock, operator, device, rotate, replace } = dependencies;
  const revokeAll = createRevocation(dependencies);
  const actor: AuditActor = { type: 'operator', id: 'operator', operator };

  const record = <T>(
    entry: Pick<AuditEntry, 'organizationId' | 'action' | 'target' | 'mode' | 'details'>,
    effect: () => Promise<T>,
  ) => audit.record({ ...entry, actor, device }, effect);

  /** @throws not_found */
  async function findKey(keyId: string): Promise<KeyRecord> {
    const id = fromPublicId(keyId);
    const key = id === undefined ? undefined : await store.findKey(id);
    if (!key) throw new ApiError('not_found', `There is no key ${keyId}.`);
    return key;
  }

  /** @throws not_found */
  async function findOrganization(id: string): Promise<OrganizationRecord> {
    const organization = await store.getOrganization(id);
    if (!organization) throw new ApiError('not_found', `There is no organization ${id}.`);
    return organization;
  }

  /** Ends a key for good. False when it had been ended. */
  const revokeKey = (key: KeyRecord): Promise<boolean> =>
    record(
      { organizationId: key.organizationId, mode: key.mode, action: 'key.revoke', target: toPublicId(key.id) },
      () => store.revokeKey(key, secondsOf(clock)),
    );

  /** @throws UnavailableError when it is not all done: it can be asked for again */
  const revokeOrganization = (organizationId: string, options: RevocationOptions): Promise<Ended> =>
    record(
      { organizationId, action: 'organization.revoke', target: organizationId, details: { lock: options.lock } },
      () => revokeAll(organizationId, options),
    );

  /** Lets members sign in again whom a lock keeps from it. How many those were. */
  const unlockOrganization = (organizationId: string): Promise<number> =>
    record({ organizationId, action: 'organization.unlock', target: organizationId }, async () => {
      let unlocked = 0;
      for await (const page of pagesOf((after) => store.listMembers(organizationId, after))) {
        const now = clock.now();
        const done = await Promise.all(page.map(({ subject }) => store.allowSignIns(subject, now)));
        unlocked += done.filter(Boolean).length;
      }
      return unlocked;
    });

  const rotateIssuer = () => record({ organizationId: DEPLOYMENT, action: 'issuer.rotate' }, rotate);
  const replaceIssuer = () => record({ organizationId: DEPLOYMENT, action: 'issuer.replace' }, replace);

  return { findKey, findOrganization, revokeKey, revokeOrganization, unlockOrganization, rotateIssuer, replaceIssuer };
}

export type Operator = ReturnType<typeof createOperator>;
