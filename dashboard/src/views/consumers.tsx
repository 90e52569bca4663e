import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { type FormEvent, useState } from 'react';
import { call } from '../api.ts';
import { EmptyState } from '../empty-state.tsx';
import { type Column, ListTable } from '../list-table.tsx';
import { ModeSwitch, useMode } from '../mode-switch.tsx';
import { usePageTitle } from '../page-title.ts';
import { RouteLink } from '../route-link.tsx';
import { Time } from '../time.tsx';
import type { Consumer } from '../types.ts';
import { usePages } from '../use-pages.ts';

/** What a consumer can be found by: the API takes one of these, whole. */
const BY = [
  { value: 'email', label: 'E-mail' },
  { value: 'phone', label: 'Phone' },
  { value: 'externalId', label: 'External id' },
] as const;

type By = (typeof BY)[number]['value'];

interface Wanted {
  readonly by: By;
  readonly text: string;
}

const nameOf = ({ email, phone, externalId, id }: Consumer): string => email ?? phone ?? externalId ?? id;

const COLUMNS = (mode: string): readonly Column<Consumer>[] => [
  {
    id: 'name',
    header: 'Consumer',
    cell: (consumer) => (
      <SpaceBetween size="xxxs">
        <RouteLink to={`/consumers/${consumer.id}?mode=${mode}`}>{nameOf(consumer)}</RouteLink>
        <Box variant="small">
          <span className="latchkey-code">{consumer.id}</span>
        </Box>
      </SpaceBetween>
    ),
    sortBy: nameOf,
    narrow: true,
    isRowHeader: true,
  },
  { id: 'phone', header: 'Phone', cell: ({ phone = '–' }) => phone, sortBy: ({ phone = '' }) => phone },
  {
    id: 'externalId',
    header: 'External id',
    cell: ({ externalId = '–' }) => <span className="latchkey-wrap">{externalId}</span>,
    sortBy: ({ externalId = '' }) => externalId,
  },
  {
    id: 'status',
    header: 'Status',
    cell: ({ isDisabled }) => <ConsumerStatus disabled={isDisabled} />,
    sortBy: ({ isDisabled }) => String(isDisabled),
    narrow: true,
    minWidth: 110,
  },
  {
    id: 'created',
    header: 'Created',
    cell: ({ createdAt }) => <Time at={createdAt} />,
    sortBy: ({ createdAt }) => createdAt,
  },
];

const ConsumerStatus = ({ disabled }: { readonly disabled: boolean }) => (
  <StatusIndicator type={disabled ? 'stopped' : 'success'}>{disabled ? 'Disabled' : 'Active'}</StatusIndicator>
);

export default function Consumers() {
  usePageTitle('Consumers');
  const [mode, setMode] = useMode();
  const [by, setBy] = useState<By>('email');
  const [text, setText] = useState('');
  const [wanted, setWanted] = useState<Wanted>();
  const pages = usePages(`consumers:${mode}:${wanted?.by}:${wanted?.text}`, async (cursor, signal) => {
    const query = wanted ? { [wanted.by]: wanted.text } : { limit: 50, cursor };
    const { consumers, nextCursor } = await call('listConsumers', { query: { mode, ...query }, signal });
    return { items: consumers, nextCursor };
  });
  const find = (event: FormEvent) => {
    event.preventDefault();
    setWanted(text.trim() === '' ? undefined : { by, text: text.trim() });
  };
  const showAll = () => {
    setText('');
    setWanted(undefined);
  };
  return (
    <ListTable
      title="Consumers"
      description="Who uses your product: who has signed in by a code, or was brought by your server. Guests have no record."
      actions={<ModeSwitch mode={mode} onChange={setMode} />}
      things="consumers"
      columns={COLUMNS(mode)}
      pages={pages}
      idOf={({ id }) => id}
      filters={
        <form onSubmit={find}>
          <SpaceBetween direction="horizontal" size="xs">
            <Select
              ariaLabel="Find by"
              selectedOption={BY.find(({ value }) => value === by) ?? BY[0]}
              options={BY}
              onChange={({ detail }) => setBy(detail.selectedOption.value as By)}
            />
            <Input
              type="search"
              ariaLabel="What to find"
              value={text}
              placeholder={
                by === 'phone' ? '+12015550123' : by === 'email' ? 'me@example.com' : 'As your server calls them'
              }
              onChange={({ detail }) => setText(detail.value)}
            />
            <Button formAction="submit">Find</Button>
            {wanted && (
              <Button variant="link" onClick={showAll} formAction="none">
                Show all
              </Button>
            )}
          </SpaceBetween>
        </form>
      }
      empty={
        wanted ? (
          <EmptyState title="Nobody was found" action={<Button onClick={showAll}>Show all</Button>}>
            <Box>
              The API finds a whole e-mail address, phone number or external id, among {mode} consumers. Nobody has{' '}
              <b>{wanted.text}</b>.
            </Box>
          </EmptyState>
        ) : (
          <EmptyState title={`There are no ${mode} consumers yet`}>
            <Box>
              A page of yours signs them in with a publishable key of mode {mode}. See the consumer operations in the
              API reference.
            </Box>
          </EmptyState>
        )
      }
    />
  );
}
