import * as answers from '../answers/index.ts';
import type { OperationOf } from '../routes.ts';
import * as schemas from '../schemas.ts';
import * as usageSchemas from '../usage-schemas.ts';
import { answer, body, done, type OperationDescription, paging, query } from './description.ts';

const NAME = 'What it is called.';
const ROLE = 'What they are in the organization. Only owners make owners, and unmake them.';

export const organization: Readonly<Record<OperationOf<'organization'>, OperationDescription>> = {
  createOrganization: {
    tag: 'Organization',
    summary: "Create one's organization",
    description: 'For a person who belongs to none. They are its owner.',
    body: body('CreateOrganization', schemas.createOrganization, { name: NAME }, { name: 'Acme' }),
    answer: answer(201, 'The organization.', answers.organization),
    codes: ['organization_exists'],
  },
  getOrganization: {
    tag: 'Organization',
    summary: 'Show the organization',
    answer: answer(200, 'The organization.', answers.organization),
    codes: ['not_found'],
  },
  updateOrganization: {
    tag: 'Organization',
    summary: 'Change the organization',
    body: body(
      'UpdateOrganization',
      schemas.updateOrganization,
      {
        name: NAME,
        consumers:
          'What it sets for its consumers, in the place of what it had set before: how long their access tokens (`access`) and refresh tokens (`refresh`) last, in seconds, and the texts that carry their codes.',
      },
      { name: 'Acme Corp' },
    ),
    answer: answer(200, 'The organization as it is now.', answers.organization),
    codes: ['not_found'],
  },
  listMembers: {
    tag: 'Organization',
    summary: 'List members',
    description: 'A page may be short though more follow.',
    query: query(schemas.listMembers, { cursor: paging.cursor }),
    answer: answer(200, 'A page of members.', answers.memberList),
  },
  changeRole: {
    tag: 'Organization',
    summary: 'Give a member another role',
    description: 'They are signed out everywhere, and are what they are now from their next sign-in on.',
    body: body('ChangeRole', schemas.changeRole, { role: ROLE }, { role: 'developer' }),
    answer: answer(200, 'What the member is now.', answers.changedRole),
    codes: ['not_found', 'last_owner'],
  },
  removeMember: {
    tag: 'Organization',
    summary: 'Remove a member',
    description: 'They are signed out everywhere. The keys that they made stay.',
    answer: done('They are no member any more.'),
    codes: ['not_found', 'last_owner'],
  },
  leaveOrganization: {
    tag: 'Organization',
    summary: 'Leave the organization',
    answer: done('The caller is no member any more.'),
    codes: ['not_found', 'last_owner'],
  },
  inviteMember: {
    tag: 'Organization',
    summary: 'Invite somebody',
    description: 'By mail, for one address and for a week. A later invitation of the address takes its place.',
    body: body(
      'InviteMember',
      schemas.inviteMember,
      { email: 'Whom to invite.', role: ROLE },
      { email: 'grace@example.com', role: 'developer' },
    ),
    answer: answer(201, 'The invitation.', answers.sentInvitation),
    codes: ['quota_exceeded'],
  },
  listInvitations: {
    tag: 'Organization',
    summary: 'List invitations',
    description: 'Those that can be accepted, at most 100.',
    answer: answer(200, 'The invitations.', answers.invitationList),
  },
  revokeInvitation: {
    tag: 'Organization',
    summary: 'Revoke an invitation',
    answer: done('It cannot be accepted any more.'),
    codes: ['not_found'],
  },
  acceptInvitation: {
    tag: 'Organization',
    summary: 'Accept an invitation',
    description: 'For a person who is signed in with the address that was invited, and belongs to no organization.',
    body: body(
      'AcceptInvitation',
      schemas.acceptInvitation,
      { token: "What follows the `#` in the invitation's address." },
      { token: 'x7Yk2Lm9Qp4Rs1Tu8VwZ.0123456789abcdefghijklmnopqrstuv' },
    ),
    answer: answer(200, 'The organization that they are in now.', answers.organization),
    codes: ['organization_exists', 'invalid_invitation'],
  },
  listUserPools: {
    tag: 'Organization',
    summary: 'List user pools',
    description: 'The Cognito user pools that the organization brings with it.',
    answer: answer(200, 'The user pools.', answers.userPoolList),
  },
  registerUserPool: {
    tag: 'Organization',
    summary: 'Register a user pool',
    description:
      "From then on tokens of the pool are this organization's, and no other's. A pool that another organization has registered moves with a `proof` only.",
    body: body(
      'RegisterUserPool',
      schemas.registerUserPool,
      {
        clientIds: 'App clients whose tokens are accepted.',
        scopes: 'What a person of the pool may do.',
        proof: "A token of the pool, of a person in a group that is named by the organization's id.",
      },
      { clientIds: ['1h57kf5cpq17m0eml12EXAMPLE'], scopes: ['items:read'] },
    ),
    answer: answer(200, 'The registration.', answers.userPool),
    codes: ['quota_exceeded', 'user_pool_taken'],
  },
  removeUserPool: {
    tag: 'Organization',
    summary: 'Remove a user pool',
    description: 'Tokens of the pool are refused from then on. Saying so again is no error.',
    answer: done('The pool is not registered any more.'),
    codes: ['not_found'],
  },
  listAuditEvents: {
    tag: 'Audit log',
    summary: 'List audit events',
    description: 'What was changed, by whom and when, newest first. An event is written before what it says is done.',
    query: query(usageSchemas.listAuditEvents, {
      ...paging,
      from: 'Not before, RFC 3339.',
      to: 'Not after, RFC 3339.',
      action: 'What was done, such as `key.create`.',
      actor: "Who did it: a member's id, a key's, or `operator`.",
      target: "What it was done to, such as a key's id.",
      outcome: 'How it ended.',
    }),
    answer: answer(200, 'A page of audit events.', answers.auditEventList),
  },
};
