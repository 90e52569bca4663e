import Badge from '@cloudscape-design/components/badge';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { call, signIn } from '../api.ts';
import { ConfirmModal } from '../confirm-modal.tsx';
import { EmptyState } from '../empty-state.tsx';
import { InviteModal } from '../invite-modal.tsx';
import { type Column, ListTable } from '../list-table.tsx';
import { useTell } from '../notices.tsx';
import { usePageTitle } from '../page-title.ts';
import { mayAppoint, RoleModal } from '../role-modal.tsx';
import { useSession } from '../session.tsx';
import { Ago, Time } from '../time.tsx';
import type { Invitation, Member } from '../types.ts';
import { usePages } from '../use-pages.ts';

type Open =
  | { readonly what: 'invite' | 'leave' }
  | { readonly what: 'role' | 'remove'; readonly member: Member }
  | { readonly what: 'revoke'; readonly invitation: Invitation };

const nameOf = ({ email, id }: Member): string => email ?? id;

export default function Members() {
  usePageTitle('Members');
  const { me, may } = useSession();
  const tell = useTell();
  const [open, setOpen] = useState<Open>();
  const members = usePages('members', async (cursor, signal) => {
    const { members: items, nextCursor } = await call('listMembers', { query: { cursor }, signal });
    return { items, nextCursor };
  });
  const invitations = usePages('invitations', async (_, signal) => ({
    items: (await call('listInvitations', { signal })).invitations,
  }));
  const administers = may('changeRole');
  const close = () => setOpen(undefined);

  const columns: readonly Column<Member>[] = [
    {
      id: 'email',
      header: 'E-mail',
      cell: (member) => (
        <SpaceBetween direction="horizontal" size="xs">
          <span className="latchkey-wrap">{nameOf(member)}</span>
          {member.id === me.user.id && <Badge color="blue">you</Badge>}
        </SpaceBetween>
      ),
      sortBy: nameOf,
      narrow: true,
      isRowHeader: true,
    },
    { id: 'role', header: 'Role', cell: ({ role }) => role, sortBy: ({ role }) => role, narrow: true },
    {
      id: 'joined',
      header: 'Joined',
      cell: ({ joinedAt }) => <Time at={joinedAt} />,
      sortBy: ({ joinedAt = '' }) => joinedAt,
    },
    ...(administers
      ? [
          {
            id: 'actions',
            header: 'Actions',
            narrow: true,
            cell: (member: Member) =>
              member.id !== me.user.id &&
              mayAppoint(me.role, member.role) && (
                <ButtonDropdown
                  variant="inline-icon"
                  ariaLabel={`Actions for ${nameOf(member)}`}
                  expandToViewport
                  items={[
                    { id: 'role', text: 'Change role' },
                    { id: 'remove', text: 'Remove' },
                  ]}
                  onItemClick={({ detail }) => setOpen({ what: detail.id as 'role' | 'remove', member })}
                />
              ),
          },
        ]
      : []),
  ];
  const pending: readonly Column<Invitation>[] = [
    {
      id: 'email',
      header: 'E-mail',
      cell: ({ email }) => <span className="latchkey-wrap">{email}</span>,
      sortBy: ({ email }) => email,
      narrow: true,
      isRowHeader: true,
    },
    { id: 'role', header: 'Role', cell: ({ role }) => role, sortBy: ({ role }) => role, narrow: true },
    {
      id: 'invited',
      header: 'Invited',
      cell: ({ invitedAt }) => <Ago at={invitedAt} />,
      sortBy: ({ invitedAt }) => invitedAt,
    },
    {
      id: 'expires',
      header: 'Ends',
      cell: ({ expiresAt }) => <Ago at={expiresAt} />,
      sortBy: ({ expiresAt }) => expiresAt,
    },
    ...(may('revokeInvitation')
      ? [
          {
            id: 'action',
            header: 'Action',
            narrow: true,
            minWidth: 100,
            cell: (invitation: Invitation) => (
              <Button
                variant="inline-link"
                ariaLabel={`Revoke the invitation of ${invitation.email}`}
                onClick={() => setOpen({ what: 'revoke', invitation })}
              >
                Revoke
              </Button>
            ),
          },
        ]
      : []),
  ];

  return (
    <SpaceBetween size="l">
      <ListTable
        title="Members"
        description={`Who belongs to ${me.organization?.name}. You are its ${me.role}.`}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setOpen({ what: 'leave' })}>Leave</Button>
            {may('inviteMember') && (
              <Button variant="primary" onClick={() => setOpen({ what: 'invite' })}>
                Invite
              </Button>
            )}
          </SpaceBetween>
        }
        things="members"
        columns={columns}
        pages={members}
        idOf={({ id }) => id}
        textOf={(member) => `${nameOf(member)} ${member.role}`}
        empty={<EmptyState title="There are no members" />}
      />
      <ListTable
        title="Pending invitations"
        headingLevel="h2"
        things="invitations"
        columns={pending}
        pages={invitations}
        idOf={({ invitationId }) => invitationId}
        empty={<EmptyState title="There is no pending invitation" />}
      />
      {open?.what === 'invite' && <InviteModal onClose={close} onInvited={invitations.reload} />}
      {open?.what === 'role' && <RoleModal of={open.member} onClose={close} onChanged={members.reload} />}
      {open?.what === 'remove' && (
        <ConfirmModal
          title={`Remove ${nameOf(open.member)}`}
          verb="Remove"
          onClose={close}
          perform={async () => {
            await call('removeMember', { path: { memberId: open.member.id } });
            tell(`${nameOf(open.member)} is removed.`);
            await members.reload();
          }}
        >
          They are signed out everywhere at once. The keys that they made stay: look through them.
        </ConfirmModal>
      )}
      {open?.what === 'revoke' && (
        <ConfirmModal
          title="Revoke the invitation"
          verb="Revoke"
          onClose={close}
          perform={async () => {
            await call('revokeInvitation', { path: { invitationId: open.invitation.invitationId } });
            tell(`The invitation of ${open.invitation.email} is revoked.`);
            await invitations.reload();
          }}
        >
          The link that was sent to {open.invitation.email} works no more.
        </ConfirmModal>
      )}
      {open?.what === 'leave' && (
        <ConfirmModal
          title={`Leave ${me.organization?.name}`}
          verb="Leave"
          typed={me.organization?.name ?? ''}
          onClose={close}
          perform={async () => {
            await call('leaveOrganization');
            await signIn();
          }}
        >
          You are signed out, and need a new invitation to come back. The keys that you made stay. An organization's
          last owner cannot leave it.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}
