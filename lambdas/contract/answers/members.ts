import * as z from 'zod';
import { ROLES } from '../roles.ts';
import { memberId, nextCursor, organizationId, scopes, seconds, time } from './values.ts';

/** Of members, their sessions and their organizations. */

const role = z
  .enum(ROLES)
  .describe('What a member is in their organization, from the most to the least.')
  .meta({ id: 'Role' });

const user = z.object({ id: memberId, email: z.email() });

const organizationName = z.object({ id: organizationId, name: z.string() });

export const signedUp = z
  .object({
    user,
    organization: organizationName.nullable().describe('Made at the first sign-in. null for who was invited into one.'),
    confirmationRequired: z.boolean().describe('Whether a code was mailed that confirms the address.'),
  })
  .describe('The same whether or not the address is taken.')
  .meta({ id: 'SignedUp' });

export const loggedIn = z
  .object({ user, organization: organizationName.nullable().describe('null for who belongs to none.') })
  .meta({ id: 'LoggedIn' });

export const sessionToken = z
  .object({ token: z.uuid().describe('Send it as a bearer token. It stands for the session until that ends.') })
  .meta({ id: 'SessionToken' });

export const me = z
  .object({
    user: z.object({ id: memberId, email: z.email().nullable().describe('null where the user pool knows none.') }),
    organization: organizationName.nullable().describe('null for who belongs to none.'),
    role: role.optional(),
  })
  .meta({ id: 'Me' });

const { shape: sessionShape } = z.object({
  device: z.string().optional().describe('What the caller said that it is: its `User-Agent`.'),
  address: z
    .string()
    .optional()
    .describe('Where it was opened from.')
    .meta({ examples: ['192.0.2.7'] }),
  createdAt: time,
  lastUsedAt: time.describe('When it was opened or last refreshed.'),
  expiresAt: time,
});
const sessionId = z
  .string()
  .regex(/^ses_[\w-]+$/)
  .meta({ examples: ['ses_3cV8bN1mQ6wE9rT2yU5i'] });

const session = z.object({ sessionId, ...sessionShape }).meta({ id: 'Session' });

export const sessionList = z.object({ sessions: z.array(session) }).meta({ id: 'SessionList' });

export const ownSessionList = z
  .object({
    sessions: z.array(
      z
        .object({
          sessionId,
          isCurrent: z.boolean().describe('Whether it is the one that this request came by.'),
          ...sessionShape,
        })
        .meta({ id: 'OwnSession' }),
    ),
  })
  .meta({ id: 'OwnSessionList' });

const consumerSettings = z
  .object({
    access: seconds("How long consumers' access tokens last, in seconds.").optional(),
    refresh: seconds('How long their refresh tokens last, in seconds.').optional(),
    messages: z
      .object({
        emailSubject: z.string().optional(),
        emailText: z.string().optional(),
        smsText: z.string().optional(),
      })
      .optional()
      .describe('Texts in which `{code}` and `{organization}` stand for what they say.'),
  })
  .describe("What the organization has set for its consumers; the deployment's own where it has not.")
  .meta({ id: 'ConsumerSettings' });

export const organization = z
  .object({
    id: organizationId,
    name: z.string(),
    consumers: consumerSettings.optional(),
    role: role.optional().describe('What the caller is in it. Absent for a key.'),
    createdAt: time,
  })
  .meta({ id: 'Organization' });

export const memberList = z
  .object({
    members: z.array(
      z
        .object({
          id: memberId,
          email: z.email().nullable().describe('As it was when they joined; null where it was not known.'),
          role,
          joinedAt: time.optional(),
        })
        .meta({ id: 'Member' }),
    ),
    nextCursor,
  })
  .meta({ id: 'MemberList' });

export const changedRole = z.object({ id: memberId, role }).meta({ id: 'ChangedRole' });

const { shape: invitationShape } = z.object({
  invitationId: z
    .string()
    .regex(/^inv_[\w-]{20}$/)
    .meta({ examples: ['inv_x7Yk2Lm9Qp4Rs1Tu8VwZ'] }),
  email: z.email(),
  role,
  invitedBy: memberId,
  invitedAt: time,
  expiresAt: time,
});
const invitation = z.object(invitationShape).meta({ id: 'Invitation' });

export const sentInvitation = z
  .object({
    ...invitationShape,
    acceptUrl: z
      .url()
      .optional()
      .describe('Where the deployment sends no mail: pass it on to who is invited, and to nobody else.'),
  })
  .meta({ id: 'SentInvitation' });

export const invitationList = z.object({ invitations: z.array(invitation) }).meta({ id: 'InvitationList' });

export const userPool = z
  .object({
    userPoolId: z.string().meta({ examples: ['eu-central-1_AbCdEf123'] }),
    clientIds: z.array(z.string()).describe('App clients whose tokens are accepted.'),
    scopes,
    registeredAt: time,
  })
  .describe('A Cognito user pool that the organization brings with it.')
  .meta({ id: 'UserPool' });

export const userPoolList = z.object({ userPools: z.array(userPool) }).meta({ id: 'UserPoolList' });

export const auditEventList = z
  .object({
    auditEvents: z.array(
      z
        .object({
          eventId: z.string().regex(/^evt_/),
          at: time.describe('To the millisecond.').meta({ examples: ['2026-11-24T03:00:00.123Z'] }),
          action: z.string().meta({ examples: ['key.create'] }),
          actor: z.object({
            type: z.enum(['member', 'key', 'operator']).describe('`operator`: who runs this deployment.'),
            id: z.string().describe("A member's id, a key's, or `operator`."),
            role: role.optional(),
          }),
          mode: z.enum(['live', 'test']).optional(),
          target: z.string().optional().describe("What the path named, such as a key's id."),
          created: z.string().optional().describe('The id of what it made.'),
          outcome: z
            .enum(['succeeded', 'failed', 'unknown'])
            .describe('`unknown`: it was begun, and nobody has said how it ended.'),
          code: z.string().optional().describe("Why it failed: the error's code."),
          details: z
            .record(z.string(), z.unknown())
            .optional()
            .describe('Fields of the request. No secret is among them.'),
          address: z.string().optional().describe('Where the request came from.'),
          device: z.string().optional().describe('What the caller said that it is: its `User-Agent`.'),
          requestId: z.string().optional(),
        })
        .meta({ id: 'AuditEvent' }),
    ),
    nextCursor,
  })
  .describe('Newest first. A page may be short, even empty, and still have a `nextCursor`.')
  .meta({ id: 'AuditEventList' });
