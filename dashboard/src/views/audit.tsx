import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { allRoutes, type Route } from '../../../lambdas/contract/routes.ts';
import { call } from '../api.ts';
import { Dialog } from '../dialog.tsx';
import { EmptyState } from '../empty-state.tsx';
import { type Column, ListTable } from '../list-table.tsx';
import { usePageTitle } from '../page-title.ts';
import { RouteLink } from '../route-link.tsx';
import { deviceName } from '../session-columns.tsx';
import { Time } from '../time.tsx';
import type { AuditEvent } from '../types.ts';
import { useMemberNames } from '../use-member-names.ts';
import { usePages } from '../use-pages.ts';

const ACTIONS: readonly string[] = [
  ...new Set([
    'organization.create',
    'organization.revoke',
    'organization.unlock',
    'member.join',
    ...Object.values<Route>(allRoutes).flatMap((route) => ('audit' in route && route.audit) || []),
  ]),
].sort();

const OUTCOMES = ['succeeded', 'failed', 'unknown'] as const;

const ANY = { value: '', label: 'any' };

const INDICATORS = { succeeded: 'success', failed: 'error', unknown: 'pending' } as const;

/** With its code, when it failed. */
const outcomeOf = ({ outcome, code }: AuditEvent): string => (code === undefined ? outcome : `${outcome}: ${code}`);

const Outcome = ({ of: event, text }: { readonly of: AuditEvent; readonly text: string }) => (
  <StatusIndicator type={INDICATORS[event.outcome]} iconAriaLabel={event.outcome} wrapText>
    <span className="latchkey-wrap">{text}</span>
  </StatusIndicator>
);

/** The actor who is neither a member nor a key. */
const OPERATOR = 'operator';

interface SubjectProps {
  readonly id: string | undefined;
  readonly nameOf: (id: string) => string;
}

/** An id, as a link where there is a view of it; of a member, who that is. */
function Subject({ id, nameOf }: SubjectProps) {
  if (id === undefined) return '–';
  if (id === OPERATOR) return 'Operator of this service';
  if (id.startsWith('key_')) return <RouteLink to={`/keys/${id}`}>{id}</RouteLink>;
  const name = nameOf(id);
  return (
    <span className={name === id ? 'latchkey-code' : 'latchkey-wrap'} title={id}>
      {name}
    </span>
  );
}

const columns = (open: (event: AuditEvent) => void, nameOf: (id: string) => string): readonly Column<AuditEvent>[] => [
  {
    id: 'at',
    header: 'Time',
    cell: (event) => (
      <Button variant="inline-link" ariaLabel={`Details of ${event.action} at ${event.at}`} onClick={() => open(event)}>
        <Time at={event.at} exact />
      </Button>
    ),
    narrow: true,
    isRowHeader: true,
  },
  {
    id: 'action',
    header: 'Action',
    minWidth: 120,
    cell: (event) => <Outcome of={event} text={event.action} />,
    narrow: true,
  },
  {
    id: 'actor',
    header: 'Actor',
    cell: ({ actor }) => <Subject id={actor.id} nameOf={nameOf} />,
  },
  { id: 'target', header: 'Target', cell: ({ target, created }) => <Subject id={target ?? created} nameOf={nameOf} /> },
  { id: 'outcome', header: 'Outcome', cell: (event) => <span className="latchkey-wrap">{outcomeOf(event)}</span> },
];

interface Filters {
  readonly action: string;
  readonly outcome: string;
  readonly actor: string;
  readonly target: string;
  readonly range: DateRangePickerProps.Value | null;
}

const NO_FILTERS: Filters = { action: '', outcome: '', actor: '', target: '', range: null };

const UNITS = { second: 1, minute: 60, hour: 3_600, day: 86_400, week: 604_800, month: 2_592_000, year: 31_536_000 };

/** What the API takes: two times in RFC 3339. */
function timesOf(range: Filters['range']): { from?: string; to?: string } {
  if (range === null) return {};
  if (range.type === 'absolute') {
    return { from: new Date(range.startDate).toISOString(), to: new Date(range.endDate).toISOString() };
  }
  return { from: new Date(Date.now() - range.amount * UNITS[range.unit] * 1_000).toISOString() };
}

export default function Audit() {
  usePageTitle('Audit log');
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const [typed, setTyped] = useState({ actor: '', target: '' });
  const [open, setOpen] = useState<AuditEvent>();
  const nameOf = useMemberNames();
  const change = (fields: Partial<Filters>) => setFilters((before) => ({ ...before, ...fields }));
  const pages = usePages(`audit:${JSON.stringify(filters)}`, async (cursor, signal) => {
    const { range, ...rest } = filters;
    const query = { ...rest, ...timesOf(range), limit: 50, cursor };
    const { auditEvents, nextCursor } = await call('listAuditEvents', { query, signal });
    return { items: auditEvents, nextCursor };
  });
  const clear = () => {
    setTyped({ actor: '', target: '' });
    setFilters(NO_FILTERS);
  };
  const isFiltered = JSON.stringify(filters) !== JSON.stringify(NO_FILTERS);
  const option = (value: string) => (value === '' ? ANY : { value, label: value });
  const text = (field: 'actor' | 'target', label: string, placeholder: string) => (
    <FormField label={label}>
      <Input
        type="search"
        placeholder={placeholder}
        value={typed[field]}
        onChange={({ detail }) => setTyped((before) => ({ ...before, [field]: detail.value }))}
        onBlur={() => change({ [field]: typed[field].trim() })}
        onKeyDown={({ detail }) => {
          if (detail.key === 'Enter') change({ [field]: typed[field].trim() });
        }}
      />
    </FormField>
  );
  return (
    <>
      <ListTable
        title="Audit log"
        description="Who changed what: every change by a member or a key, written down before it is made."
        actions={<Button iconName="refresh" ariaLabel="Load again" onClick={() => void pages.reload()} />}
        things="events"
        columns={columns(setOpen, nameOf)}
        pages={pages}
        idOf={({ eventId }) => eventId}
        filters={
          <div className="latchkey-filters">
            <FormField label="Action">
              <Select
                filteringType="auto"
                selectedOption={option(filters.action)}
                options={[ANY, ...ACTIONS.map(option)]}
                onChange={({ detail }) => change({ action: detail.selectedOption.value ?? '' })}
              />
            </FormField>
            <FormField label="Outcome">
              <Select
                selectedOption={option(filters.outcome)}
                options={[ANY, ...OUTCOMES.map(option)]}
                onChange={({ detail }) => change({ outcome: detail.selectedOption.value ?? '' })}
              />
            </FormField>
            {text('actor', 'Actor', 'key_…, a member’s id, or operator')}
            {text('target', 'Target', 'key_…')}
            <FormField label="Time">
              <DateRangePicker
                value={filters.range}
                placeholder="any"
                expandToViewport
                relativeOptions={[
                  { key: 'hour', amount: 1, unit: 'hour', type: 'relative' },
                  { key: 'day', amount: 1, unit: 'day', type: 'relative' },
                  { key: 'week', amount: 7, unit: 'day', type: 'relative' },
                  { key: 'month', amount: 30, unit: 'day', type: 'relative' },
                ]}
                isValidRange={(range) =>
                  range?.type === 'absolute' && (range.startDate === '' || range.endDate === '')
                    ? { valid: false, errorMessage: 'Choose the first and the last day.' }
                    : { valid: true }
                }
                onChange={({ detail }) => change({ range: detail.value })}
              />
            </FormField>
          </div>
        }
        empty={
          isFiltered ? (
            <EmptyState
              title="Nothing matches the filters"
              action={<Button onClick={clear}>Clear the filters</Button>}
            />
          ) : (
            <EmptyState title="Nothing has been changed yet" />
          )
        }
      />
      {open && <Detail of={open} nameOf={nameOf} onClose={() => setOpen(undefined)} />}
    </>
  );
}

interface DetailProps {
  readonly of: AuditEvent;
  readonly nameOf: (id: string) => string;
  readonly onClose: () => void;
}

function Detail({ of: event, nameOf, onClose }: DetailProps) {
  const { actor, details = {}, device } = event;
  return (
    <Dialog size="large" title={event.action} verb="Close" onSubmit={onClose} onDismiss={onClose}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={2}
          items={[
            { label: 'Time', value: <Time at={event.at} exact /> },
            { label: 'Outcome', value: <Outcome of={event} text={outcomeOf(event)} /> },
            { label: 'Actor', value: <Subject id={actor.id} nameOf={nameOf} /> },
            { label: 'Who they are', value: actor.role === undefined ? actor.type : `${actor.type}, ${actor.role}` },
            { label: 'Target', value: <Subject id={event.target} nameOf={nameOf} /> },
            { label: 'What it made', value: <Subject id={event.created} nameOf={nameOf} /> },
            { label: 'Mode', value: event.mode ?? '–' },
            { label: 'Address', value: event.address ?? '–' },
            { label: 'Device', value: device === undefined ? '–' : <span title={device}>{deviceName(device)}</span> },
            { label: 'Request id', value: <span className="latchkey-code">{event.requestId}</span> },
            { label: 'Event id', value: <span className="latchkey-code">{event.eventId}</span> },
          ]}
        />
        {Object.keys(details).length > 0 && (
          <div>
            <Box variant="awsui-key-label">Fields of the request</Box>
            <Box variant="code" display="block">
              <code className="latchkey-command">{JSON.stringify(details, null, 2)}</code>
            </Box>
          </div>
        )}
      </SpaceBetween>
    </Dialog>
  );
}
