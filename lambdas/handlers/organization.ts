import * as schemas from '../contract/schemas.ts';
import * as usageSchemas from '../contract/usage-schemas.ts';
import type { AuditRecord } from '../core/audit.ts';
import { type Invitations, toPublicInvitationId } from '../core/invitations.ts';
import type { InvitationRecord, ListedMember } from '../core/member-ports.ts';
import type { Members } from '../core/members.ts';
import type { Organizations } from '../core/organizations.ts';
import type { OrganizationRecord } from '../core/ports.ts';
import type { Directory } from '../core/session-ports.ts';
import { toRfc3339 } from '../core/time.ts';
import type { UserPoolRecord } from '../core/token-ports.ts';
import type { UserPoolRegistry } from '../core/user-pools.ts';
import { createApiFunction } from '../http/api-function.ts';
import { callerOf, whereOf } from '../http/audited.ts';
import { parseBody, parseQuery, pathParameter } from '../http/request.ts';
import { respondEmpty, respondJson } from '../http/respond.ts';
import { principalOf } from '../http/with-auth.ts';
import { type AuditedOptions, actorOf } from './actor.ts';

const toBody = ({ id, name, consumers, createdAt }: OrganizationRecord, role: string | undefined) => ({
  id,
  name,
  ...(consumers && { consumers }),
  ...(role && { role }),
  createdAt: toRfc3339(createdAt),
});

const toUserPool = ({ userPoolId, clientIds, scopes, registeredAt }: UserPoolRecord) => ({
  userPoolId,
  clientIds,
  scopes,
  registeredAt: toRfc3339(registeredAt),
});

const toMember = ({ subject, email, role, joinedAt }: ListedMember) => ({
  id: subject,
  email: email ?? null,
  role,
  ...(joinedAt !== undefined && { joinedAt: toRfc3339(joinedAt) }),
});

const toInvitation = ({ id, email, role, invitedBy, invitedAt, expiresAt }: InvitationRecord) => ({
  invitationId: toPublicInvitationId(id),
  email,
  role,
  invitedBy,
  invitedAt: toRfc3339(Math.floor(invitedAt / 1_000)),
  expiresAt: toRfc3339(expiresAt),
});

/** An organization is not told which operator it was. */
function toAuditEvent({ id, at, organizationId: _, actor, ...event }: AuditRecord) {
  const { operator, ...shown } = actor;
  return { eventId: `evt_${id}`, at: new Date(at).toISOString(), ...event, actor: shown };
}

export interface OrganizationHandlerDependencies {
  readonly organizations: Organizations;
  readonly members: Members;
  readonly invitations: Invitations;
  readonly userPools: UserPoolRegistry;
  readonly directory: Pick<Directory, 'emailOf'>;
}

export function createOrganizationHandler(dependencies: OrganizationHandlerDependencies, options: AuditedOptions) {
  const { organizations, members, invitations, userPools, directory } = dependencies;
  const { audit } = options;

  return createApiFunction<'organization'>(
    {
      async createOrganization(event) {
        const { name } = parseBody(schemas.createOrganization, event);
        const principal = principalOf(event);
        const email = await directory.emailOf(principal.id);
        return respondJson(
          201,
          toBody(
            await organizations.create(principal, name, email?.verified ? email.address : undefined, whereOf(event)),
            'owner',
          ),
        );
      },

      async getOrganization(event) {
        const { organizationId } = actorOf(event);
        return respondJson(200, toBody(await organizations.get(organizationId), principalOf(event).role));
      },

      async updateOrganization(event) {
        const changes = parseBody(schemas.updateOrganization, event);
        const { organizationId, role } = actorOf(event);
        return respondJson(200, toBody(await organizations.update(organizationId, changes), role));
      },

      async listMembers(event) {
        const { cursor } = parseQuery(schemas.listMembers, event);
        const { entries, next } = await members.list(actorOf(event), cursor);
        return respondJson(200, { members: entries.map(toMember), ...(next && { nextCursor: next }) });
      },

      async changeRole(event) {
        const { role } = parseBody(schemas.changeRole, event);
        const id = pathParameter(event, 'memberId');
        await members.changeRole(actorOf(event), id, role);
        return respondJson(200, { id, role });
      },

      async removeMember(event) {
        await members.remove(actorOf(event), pathParameter(event, 'memberId'));
        return respondEmpty();
      },

      async leaveOrganization(event) {
        const actor = actorOf(event);
        await members.remove(actor, actor.id);
        return respondEmpty();
      },

      async inviteMember(event) {
        const input = parseBody(schemas.inviteMember, event);
        const { invitation, acceptUrl } = await invitations.invite(actorOf(event), input, callerOf(event));
        const shown = toInvitation(invitation);
        const answer = respondJson(201, { ...shown, ...(acceptUrl !== undefined && { acceptUrl }) });
        return { ...answer, created: shown.invitationId };
      },

      async listInvitations(event) {
        const list = await invitations.list(actorOf(event));
        return respondJson(200, { invitations: list.map(toInvitation) });
      },

      async revokeInvitation(event) {
        await invitations.revoke(actorOf(event), pathParameter(event, 'invitationId'));
        return respondEmpty();
      },

      async acceptInvitation(event) {
        const { token } = parseBody(schemas.acceptInvitation, event);
        const { role, ...organization } = await invitations.accept(principalOf(event), token, whereOf(event));
        return respondJson(200, toBody(organization, role));
      },

      async listAuditEvents(event) {
        const query = parseQuery(usageSchemas.listAuditEvents, event);
        const { entries, next } = await audit.list(actorOf(event).organizationId, query);
        return respondJson(200, { auditEvents: entries.map(toAuditEvent), ...(next && { nextCursor: next }) });
      },

      async listUserPools(event) {
        const pools = await userPools.list(actorOf(event));
        return respondJson(200, { userPools: pools.map(toUserPool) });
      },

      async registerUserPool(event) {
        const registration = parseBody(schemas.registerUserPool, event);
        const pool = await userPools.register(actorOf(event), pathParameter(event, 'userPoolId'), registration);
        return respondJson(200, toUserPool(pool));
      },

      async removeUserPool(event) {
        await userPools.remove(actorOf(event), pathParameter(event, 'userPoolId'));
        return respondEmpty();
      },
    },
    options,
  );
}
