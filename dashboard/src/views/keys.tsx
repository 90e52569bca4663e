import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { call } from '../api.ts';
import { EmptyState } from '../empty-state.tsx';
import { KeyStatus, ModeBadge, Spent, stateOf } from '../key-status.tsx';
import { type Column, ListTable } from '../list-table.tsx';
import { usePageTitle } from '../page-title.ts';
import { RouteButton, RouteLink } from '../route-link.tsx';
import { useSession } from '../session.tsx';
import { Ago } from '../time.tsx';
import type { Key } from '../types.ts';
import { usePages } from '../use-pages.ts';

const COLUMNS: readonly Column<Key>[] = [
  {
    id: 'label',
    header: 'Label',
    cell: ({ label, keyId, keyPrefix }) => (
      <SpaceBetween size="xxxs">
        <RouteLink to={`/keys/${keyId}`}>{label}</RouteLink>
        <Box variant="small">
          <span className="latchkey-code">{keyPrefix}…</span>
        </Box>
      </SpaceBetween>
    ),
    sortBy: ({ label }) => label,
    narrow: true,
    isRowHeader: true,
  },
  { id: 'type', header: 'Type', cell: ({ type }) => type, sortBy: ({ type }) => type },
  {
    id: 'mode',
    header: 'Mode',
    cell: ({ mode }) => <ModeBadge mode={mode} />,
    sortBy: ({ mode }) => mode,
    narrow: true,
  },
  {
    id: 'status',
    header: 'Status',
    cell: (key) => <KeyStatus of={key} />,
    sortBy: stateOf,
    narrow: true,
    minWidth: 110,
  },
  {
    id: 'lastUsed',
    header: 'Last used',
    cell: ({ lastUsedAt }) => <Ago at={lastUsedAt} />,
    sortBy: ({ lastUsedAt = '' }) => lastUsedAt,
  },
  {
    id: 'minute',
    header: 'This minute',
    cell: ({ spent, limits }) => <Spent spent={spent.minute} limit={limits.perMinute} />,
    sortBy: ({ spent, limits }) => spent.minute / limits.perMinute,
  },
  {
    id: 'hour',
    header: 'This hour',
    cell: ({ spent, limits }) => <Spent spent={spent.hour} limit={limits.perHour} />,
    sortBy: ({ spent, limits }) => spent.hour / limits.perHour,
  },
];

export default function Keys() {
  usePageTitle('API keys');
  const { may } = useSession();
  const [includeInactive, setIncludeInactive] = useState(false);
  const pages = usePages(`keys:${includeInactive}`, async (cursor, signal) => {
    const { keys, nextCursor } = await call('listKeys', { query: { limit: 100, cursor, includeInactive }, signal });
    return { items: keys, nextCursor };
  });
  const create = may('createKey') && (
    <RouteButton to="/keys/create" variant="primary">
      Create a key
    </RouteButton>
  );
  return (
    <ListTable
      title="API keys"
      description="What calls the API in your organization's name. Each has its own scopes and limits, and can be revoked by itself."
      actions={create}
      things="keys"
      columns={COLUMNS}
      pages={pages}
      idOf={({ keyId }) => keyId}
      textOf={(key) => [key.label, key.keyPrefix, key.keyId, key.type, key.mode, stateOf(key)].join(' ')}
      filters={
        <Checkbox checked={includeInactive} onChange={({ detail }) => setIncludeInactive(detail.checked)}>
          Show inactive
        </Checkbox>
      }
      empty={
        <EmptyState title="There is no key yet" action={create}>
          <Box>A key is how your servers call the API. Its secret is shown once, when it is created.</Box>
        </EmptyState>
      }
    />
  );
}
