import Badge from '@cloudscape-design/components/badge';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { call, signIn } from '../api.ts';
import { ConfirmModal } from '../confirm-modal.tsx';
import { EmptyState } from '../empty-state.tsx';
import { ListTable } from '../list-table.tsx';
import { useTell } from '../notices.tsx';
import { usePageTitle } from '../page-title.ts';
import { sessionColumns } from '../session-columns.tsx';
import { usePages } from '../use-pages.ts';

type Mine = Awaited<ReturnType<typeof call<'listSessions'>>>['sessions'][number];

export default function Sessions() {
  usePageTitle('My sessions');
  const tell = useTell();
  const [open, setOpen] = useState<Mine | 'all'>();
  const pages = usePages('sessions', async (_, signal) => {
    const { sessions } = await call('listSessions', { signal });
    return { items: [...sessions].sort((a, b) => b.lastUsedAt.localeCompare(a.lastUsedAt)) };
  });
  const close = () => setOpen(undefined);
  return (
    <>
      <ListTable
        title="My sessions"
        description="Where you are signed in: browsers, and session tokens of your servers."
        actions={<Button onClick={() => setOpen('all')}>End all</Button>}
        things="sessions"
        columns={sessionColumns<Mine>({
          badge: ({ isCurrent }) => isCurrent && <Badge color="blue">this one</Badge>,
          action: (session) => (
            <Button
              variant="inline-link"
              ariaLabel={`End ${session.device ?? session.sessionId}`}
              onClick={() => setOpen(session)}
            >
              End
            </Button>
          ),
        })}
        pages={pages}
        idOf={({ sessionId }) => sessionId}
        empty={<EmptyState title="There is no session" />}
      />
      {open === 'all' && (
        <ConfirmModal
          title="End all sessions"
          verb="End all"
          onClose={close}
          perform={async () => {
            await call('endAllSessions');
            await signIn();
          }}
        >
          You are signed out everywhere, here too, and your session tokens end. Whatever uses them is refused at its
          next request.
        </ConfirmModal>
      )}
      {typeof open === 'object' && (
        <ConfirmModal
          title="End the session"
          verb="End"
          onClose={close}
          perform={async () => {
            await call('endSession', { path: { sessionId: open.sessionId } });
            if (open.isCurrent) await signIn();
            tell('The session has ended.');
            await pages.reload();
          }}
        >
          <SpaceBetween size="xs">
            <span>{open.device ?? 'A session without a device'}</span>
            <span>
              {open.isCurrent
                ? 'This is the one that you use now: you will be signed out.'
                : 'It is refused at its next request.'}
            </span>
          </SpaceBetween>
        </ConfirmModal>
      )}
    </>
  );
}
