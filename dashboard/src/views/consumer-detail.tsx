import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { call } from '../api.ts';
import { AttributesModal } from '../attributes-modal.tsx';
import { ConfirmModal } from '../confirm-modal.tsx';
import { EmptyState } from '../empty-state.tsx';
import { ModeBadge } from '../key-status.tsx';
import { ListTable } from '../list-table.tsx';
import { Loading } from '../loading.tsx';
import { useMode } from '../mode-switch.tsx';
import { useTell } from '../notices.tsx';
import { usePageTitle } from '../page-title.ts';
import { problemOf } from '../problem.ts';
import { ProblemAlert } from '../problem-alert.tsx';
import { useSession } from '../session.tsx';
import { sessionColumns } from '../session-columns.tsx';
import { Time } from '../time.tsx';
import type { Session } from '../types.ts';
import { useLoad } from '../use-load.ts';
import { usePages } from '../use-pages.ts';

type Open = 'disable' | 'delete' | 'attributes' | 'end-all' | Session;

export default function ConsumerDetail() {
  const { consumerId = '' } = useParams();
  const [mode] = useMode();
  const { may } = useSession();
  const navigate = useNavigate();
  const tell = useTell();
  const [open, setOpen] = useState<Open>();
  const about = { path: { consumerId }, query: { mode } };
  const {
    value: consumer,
    problem,
    reload,
  } = useLoad(`${mode}:${consumerId}`, (signal) => call('getConsumer', { ...about, signal }));
  const sessions = usePages(`sessions:${mode}:${consumerId}`, async (_, signal) => ({
    items: (await call('listConsumerSessions', { ...about, signal })).sessions,
  }));
  const name = consumer?.email ?? consumer?.phone ?? consumer?.externalId ?? consumerId;
  usePageTitle(name);
  if (!consumer) return <Loading problem={problem} onRetry={reload} />;
  const close = () => setOpen(undefined);
  const changeable = may('updateConsumer');
  const attributes = Object.entries(consumer.attributes);

  async function setDisabled(disabled: boolean) {
    await call('updateConsumer', { ...about, body: { disabled } });
    tell(disabled ? `${name} is disabled.` : `${name} can sign in again.`);
    await Promise.all([reload(), sessions.reload()]);
  }

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        actions={
          changeable && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                onClick={() =>
                  consumer.isDisabled
                    ? void setDisabled(false).catch((error: unknown) => tell(problemOf(error).message, 'error'))
                    : setOpen('disable')
                }
              >
                {consumer.isDisabled ? 'Enable' : 'Disable'}
              </Button>
              <Button onClick={() => setOpen('delete')}>Delete</Button>
            </SpaceBetween>
          )
        }
      >
        <span className="latchkey-wrap">{name}</span>
      </Header>
      <ProblemAlert problem={problem} onRetry={reload} />
      <Container header={<Header variant="h2">Facts</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: 'Status',
              value: (
                <StatusIndicator type={consumer.isDisabled ? 'stopped' : 'success'}>
                  {consumer.isDisabled ? 'Disabled' : 'Active'}
                </StatusIndicator>
              ),
            },
            { label: 'Consumer id', value: <span className="latchkey-code">{consumer.id}</span> },
            { label: 'Mode', value: <ModeBadge mode={consumer.mode} /> },
            { label: 'E-mail', value: consumer.email ?? '–' },
            { label: 'Phone', value: consumer.phone ?? '–' },
            { label: 'External id', value: consumer.externalId ?? '–' },
            { label: 'Created', value: <Time at={consumer.createdAt} /> },
          ]}
        />
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            description="What your server says of them."
            counter={`(${attributes.length})`}
            actions={changeable && <Button onClick={() => setOpen('attributes')}>Edit</Button>}
          >
            Attributes
          </Header>
        }
      >
        {attributes.length === 0 ? (
          <Box color="text-body-secondary">There are none.</Box>
        ) : (
          <KeyValuePairs
            columns={3}
            items={attributes.map(([label, value]) => ({
              label,
              value: <span className="latchkey-wrap">{String(value)}</span>,
            }))}
          />
        )}
      </Container>
      <ListTable
        title="Sessions"
        headingLevel="h2"
        things="sessions"
        actions={changeable && sessions.items.length > 0 && <Button onClick={() => setOpen('end-all')}>End all</Button>}
        columns={sessionColumns<Session>(
          changeable
            ? {
                action: (session) => (
                  <Button
                    variant="inline-link"
                    ariaLabel={`End ${session.device ?? session.sessionId}`}
                    onClick={() => setOpen(session)}
                  >
                    End
                  </Button>
                ),
              }
            : {},
        )}
        pages={sessions}
        idOf={({ sessionId }) => sessionId}
        empty={<EmptyState title="They are not signed in anywhere" />}
      />
      {open === 'disable' && (
        <ConfirmModal title={`Disable ${name}`} verb="Disable" onClose={close} perform={() => setDisabled(true)}>
          They are signed out at once and cannot sign in until they are enabled again. What is known of them stays.
        </ConfirmModal>
      )}
      {open === 'delete' && (
        <ConfirmModal
          title={`Delete ${name}`}
          verb="Delete"
          typed={name}
          onClose={close}
          perform={async () => {
            await call('deleteConsumer', about);
            tell(`${name} is deleted.`);
            void navigate(`/consumers?mode=${mode}`);
          }}
        >
          They are signed out, and all that is known of them is deleted. This cannot be undone. If they sign in again,
          they are somebody new.
        </ConfirmModal>
      )}
      {open === 'attributes' && (
        <AttributesModal
          attributes={consumer.attributes}
          onClose={close}
          save={async (changed) => {
            await call('updateConsumer', { ...about, body: { attributes: changed } });
            tell('The attributes are changed.');
            await reload();
          }}
        />
      )}
      {open === 'end-all' && (
        <ConfirmModal
          title={`End all sessions of ${name}`}
          verb="End all"
          onClose={close}
          perform={async () => {
            await call('endConsumerSessions', about);
            tell('Their sessions have ended.');
            await sessions.reload();
          }}
        >
          They are signed out everywhere, and can sign in again.
        </ConfirmModal>
      )}
      {typeof open === 'object' && (
        <ConfirmModal
          title="End the session"
          verb="End"
          onClose={close}
          perform={async () => {
            await call('endConsumerSession', { path: { sessionId: open.sessionId }, query: { mode } });
            tell('The session has ended.');
            await sessions.reload();
          }}
        >
          {open.device ?? open.sessionId} is refused at its next request.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}
