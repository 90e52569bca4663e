import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { call, callForAll } from '../api.ts';
import { Dialog } from '../dialog.tsx';
import { EmptyState } from '../empty-state.tsx';
import { linesOf } from '../key-form.ts';
import { ModeBadge } from '../key-status.tsx';
import { type Column, ListTable } from '../list-table.tsx';
import { Missing } from '../needs.tsx';
import { useTell } from '../notices.tsx';
import { errorOf, ProblemAlert } from '../problem-alert.tsx';
import { RouteButton, RouteLink } from '../route-link.tsx';
import { useSession } from '../session.tsx';
import type { Key } from '../types.ts';
import { useAction } from '../use-action.ts';
import { usePages } from '../use-pages.ts';

/** The pages that publishable keys work from. */
export function OriginSettings() {
  const { may } = useSession();
  return may('listKeys') ? <Origins /> : <Missing operation="listKeys" />;
}

function Origins() {
  const { may } = useSession();
  const [open, setOpen] = useState<Key>();
  // Few keys are publishable, and the API lists all types together.
  const pages = usePages('publishable', async (_, signal) => {
    const { items } = await callForAll('listKeys', { query: { limit: 100 }, signal }, ({ keys }) => keys);
    return { items: items.filter(({ type }) => type === 'publishable') };
  });
  const changeable = may('updateKey');
  const columns: readonly Column<Key>[] = [
    {
      id: 'label',
      header: 'Key',
      cell: ({ keyId, label }) => <RouteLink to={`/keys/${keyId}`}>{label}</RouteLink>,
      sortBy: ({ label }) => label,
      narrow: true,
      isRowHeader: true,
    },
    { id: 'mode', header: 'Mode', cell: ({ mode }) => <ModeBadge mode={mode} />, sortBy: ({ mode }) => mode },
    {
      id: 'origins',
      header: 'Origins',
      narrow: true,
      cell: ({ allowedOrigins }) =>
        allowedOrigins ? (
          <SpaceBetween size="xxxs">
            {allowedOrigins.map((origin) => (
              <span key={origin} className="latchkey-code">
                {origin}
              </span>
            ))}
          </SpaceBetween>
        ) : (
          <StatusIndicator type="warning">any</StatusIndicator>
        ),
    },
    ...(changeable
      ? [
          {
            id: 'action',
            header: 'Action',
            narrow: true,
            cell: (key: Key) => (
              <Button variant="inline-link" ariaLabel={`Edit the origins of ${key.label}`} onClick={() => setOpen(key)}>
                Edit
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <ListTable
        title="Origins"
        headingLevel="h2"
        description="The pages that your publishable keys work from. Any other page is refused. A key without origins works from every page."
        things="publishable keys"
        columns={columns}
        pages={pages}
        idOf={({ keyId }) => keyId}
        empty={
          <EmptyState
            title="There is no publishable key"
            action={changeable && <RouteButton to="/keys/create">Create a key</RouteButton>}
          />
        }
      />
      {open && <OriginsModal of={open} onClose={() => setOpen(undefined)} onSaved={pages.reload} />}
    </>
  );
}

interface OriginsModalProps {
  readonly of: Key;
  readonly onSaved: () => Promise<void>;
  readonly onClose: () => void;
}

function OriginsModal({ of: key, onSaved, onClose }: OriginsModalProps) {
  const tell = useTell();
  const [text, setText] = useState((key.allowedOrigins ?? []).join('\n'));
  const save = useAction(async () => {
    const origins = linesOf(text);
    const body = { allowedOrigins: origins.length > 0 ? origins : null };
    await call('updateKey', { path: { keyId: key.keyId }, body });
    tell(`The origins of ${key.label} are changed, from its next request on.`);
    await onSaved();
    onClose();
  });
  return (
    <Dialog
      title={`Origins of ${key.label}`}
      verb="Save"
      onSubmit={() => void save.run()}
      onCancel={onClose}
      busy={save.busy}
      onDismiss={onClose}
    >
      <SpaceBetween size="m">
        <ProblemAlert problem={save.problem} shown={['allowedOrigins']} />
        <FormField
          label="Origins"
          description="One to a line. Without any, the key works from every page."
          constraintText="Scheme, host and port, such as https://shop.example.com. At most 20."
          errorText={errorOf(save.problem, 'allowedOrigins')}
          stretch
        >
          <Textarea value={text} rows={5} autoFocus onChange={({ detail }) => setText(detail.value)} />
        </FormField>
      </SpaceBetween>
    </Dialog>
  );
}
