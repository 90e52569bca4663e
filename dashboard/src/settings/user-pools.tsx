import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { call } from '../api.ts';
import { ConfirmModal } from '../confirm-modal.tsx';
import { EmptyState } from '../empty-state.tsx';
import { type Column, ListTable } from '../list-table.tsx';
import { useTell } from '../notices.tsx';
import { useSession } from '../session.tsx';
import { Time } from '../time.tsx';
import type { UserPool } from '../types.ts';
import { usePages } from '../use-pages.ts';
import { UserPoolModal } from './user-pool-modal.tsx';

type Open = { readonly what: 'register' } | { readonly what: 'edit' | 'remove'; readonly pool: UserPool };

/** The user pools that the organization brings with it. */
export function UserPoolSettings() {
  const { may } = useSession();
  const tell = useTell();
  const [open, setOpen] = useState<Open>();
  const pages = usePages('user-pools', async (_, signal) => ({
    items: (await call('listUserPools', { signal })).userPools,
  }));
  const changeable = may('registerUserPool');
  const close = () => setOpen(undefined);
  const columns: readonly Column<UserPool>[] = [
    {
      id: 'id',
      header: 'User pool',
      cell: ({ userPoolId }) => <span className="latchkey-code">{userPoolId}</span>,
      sortBy: ({ userPoolId }) => userPoolId,
      narrow: true,
      isRowHeader: true,
    },
    {
      id: 'clients',
      header: 'App clients',
      cell: ({ clientIds }) => <span className="latchkey-code">{clientIds.join(', ')}</span>,
    },
    {
      id: 'scopes',
      header: 'Scopes',
      cell: ({ scopes }) => <span className="latchkey-code">{scopes.join(', ')}</span>,
    },
    {
      id: 'registered',
      header: 'Registered',
      cell: ({ registeredAt }) => <Time at={registeredAt} />,
      sortBy: ({ registeredAt }) => registeredAt,
    },
    ...(changeable
      ? [
          {
            id: 'actions',
            header: 'Actions',
            narrow: true,
            cell: (pool: UserPool) => (
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  variant="inline-link"
                  ariaLabel={`Edit ${pool.userPoolId}`}
                  onClick={() => setOpen({ what: 'edit', pool })}
                >
                  Edit
                </Button>
                <Button
                  variant="inline-link"
                  ariaLabel={`Remove ${pool.userPoolId}`}
                  onClick={() => setOpen({ what: 'remove', pool })}
                >
                  Remove
                </Button>
              </SpaceBetween>
            ),
          },
        ]
      : []),
  ];
  const register = changeable && <Button onClick={() => setOpen({ what: 'register' })}>Register a user pool</Button>;
  return (
    <>
      <ListTable
        title="User pools"
        headingLevel="h2"
        description="Cognito user pools of your own. Their people call the API with their tokens, bound to your organization."
        actions={register}
        things="user pools"
        columns={columns}
        pages={pages}
        idOf={({ userPoolId }) => userPoolId}
        empty={
          <EmptyState title="No user pool is registered">
            <Box>Members of your organization need none: they sign in with the deployment's own.</Box>
          </EmptyState>
        }
      />
      {open?.what === 'remove' && (
        <ConfirmModal
          title="Remove the user pool"
          verb="Remove"
          typed={open.pool.userPoolId}
          onClose={close}
          perform={async () => {
            await call('removeUserPool', { path: { userPoolId: open.pool.userPoolId } });
            tell(`${open.pool.userPoolId} is removed.`);
            await pages.reload();
          }}
        >
          Tokens of its people are refused within a second. Keys that they made stay until they are revoked.
        </ConfirmModal>
      )}
      {(open?.what === 'register' || open?.what === 'edit') && (
        <UserPoolModal pool={open.what === 'edit' ? open.pool : undefined} onClose={close} onSaved={pages.reload} />
      )}
    </>
  );
}
