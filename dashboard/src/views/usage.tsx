import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useDeferredValue, useState } from 'react';
import { callForAll } from '../api.ts';
import { Command } from '../command.tsx';
import { trackCommand } from '../curl.ts';
import { EmptyState } from '../empty-state.tsx';
import { type Column, ListTable } from '../list-table.tsx';
import { Loading } from '../loading.tsx';
import { ModeSwitch, useMode } from '../mode-switch.tsx';
import { usePageTitle } from '../page-title.ts';
import { RouteLink } from '../route-link.tsx';
import { useSession } from '../session.tsx';
import { GROUPS, type Group, seriesOf, shortDay, type Total, totalsOf } from '../usage-series.ts';
import { useLoad } from '../use-load.ts';

const BY: readonly { readonly value: Group | 'none'; readonly label: string }[] = [
  { value: 'none', label: 'Nothing' },
  { value: 'meter', label: 'Meter' },
  { value: 'customer', label: 'Customer' },
  { value: 'key', label: 'Key' },
];

const DAY = 86_400_000;
const dayAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

interface Filters {
  readonly from: string;
  readonly to: string;
  readonly meter: string;
  readonly customer: string;
  readonly keyId: string;
}

export default function Usage() {
  usePageTitle('Usage');
  const { config, may } = useSession();
  const [mode, setMode] = useMode();
  const [group, setGroup] = useState<Group | 'none'>('meter');
  const [typed, setFilters] = useState<Filters>(() => ({
    from: dayAgo(29),
    to: dayAgo(0),
    meter: '',
    customer: '',
    keyId: '',
  }));
  const filters = useDeferredValue(typed);
  const change = (fields: Partial<Filters>) => setFilters((before) => ({ ...before, ...fields }));
  const { value, problem, loading, reload } = useLoad(JSON.stringify([mode, group, filters]), async (signal) => {
    await pause(signal);
    return callForAll(
      'listUsage',
      {
        query: {
          from: filters.from,
          to: filters.to,
          by: group === 'none' ? 'day' : `day,${group}`,
          meter_token: filters.meter.trim(),
          customer_external_id: filters.customer.trim(),
          keyId: filters.keyId,
          mode,
          limit: 100,
        },
        signal,
      },
      ({ usage }) => usage,
    );
  });
  const keys = useLoad('usage:keys', (signal) =>
    may('listKeys')
      ? callForAll('listKeys', { query: { limit: 100, includeInactive: true }, signal }, (answer) => answer.keys, 10)
      : Promise.resolve(undefined),
  );
  const labels = new Map(keys.value?.items.map(({ keyId, label }) => [keyId, label]));
  const nameOf = (name: string): string => {
    const label = group === 'key' ? labels.get(name) : undefined;
    return label === undefined ? name : `${label} (${name})`;
  };
  const rows = value?.items ?? [];
  const filtered = [filters.meter, filters.customer, filters.keyId].some((text) => text.trim() !== '');

  const chart = (
    <BarChart
      ariaLabel={`Quantity by day${group === 'none' ? '' : ` and ${group}`}`}
      height={260}
      hideFilter
      hideLegend={group === 'none'}
      stackedBars
      xScaleType="categorical"
      xTitle="Day (UTC)"
      yTitle="Quantity"
      i18nStrings={{ xTickFormatter: shortDay }}
      series={seriesOf(rows, group, filters, nameOf).map(({ title, points }) => ({
        title,
        type: 'bar',
        data: [...points],
      }))}
    />
  );

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description="What keys and widgets have tracked, by day of UTC."
        actions={<ModeSwitch mode={mode} onChange={setMode} />}
      >
        Usage
      </Header>
      <Container>
        <div className="latchkey-filters">
          <FormField label="From">
            <DatePicker
              value={typed.from}
              placeholder="YYYY-MM-DD"
              openCalendarAriaLabel={() => 'Choose the first day'}
              onChange={({ detail }) => change({ from: detail.value })}
            />
          </FormField>
          <FormField label="To">
            <DatePicker
              value={typed.to}
              placeholder="YYYY-MM-DD"
              openCalendarAriaLabel={() => 'Choose the last day'}
              onChange={({ detail }) => change({ to: detail.value })}
            />
          </FormField>
          <FormField label="Group by">
            <Select
              options={BY}
              selectedOption={BY.find(({ value: by }) => by === group) ?? null}
              onChange={({ detail }) => setGroup(GROUPS.find((by) => by === detail.selectedOption.value) ?? 'none')}
            />
          </FormField>
          <FormField label="Meter">
            <Input
              type="search"
              placeholder="any"
              value={typed.meter}
              onChange={({ detail }) => change({ meter: detail.value })}
            />
          </FormField>
          <FormField label="Customer">
            <Input
              type="search"
              placeholder="any"
              value={typed.customer}
              onChange={({ detail }) => change({ customer: detail.value })}
            />
          </FormField>
          <FormField label="Key">
            <Select
              filteringType="auto"
              selectedOption={{ value: typed.keyId, label: labels.get(typed.keyId) ?? 'any' }}
              options={[
                { value: '', label: 'any' },
                ...(keys.value?.items ?? [])
                  .filter((key) => key.mode === mode)
                  .map(({ keyId, label }) => ({ value: keyId, label, description: keyId })),
              ]}
              onChange={({ detail }) => change({ keyId: detail.selectedOption.value ?? '' })}
            />
          </FormField>
        </div>
      </Container>
      {value === undefined ? (
        <Loading problem={problem} onRetry={reload} />
      ) : rows.length === 0 ? (
        <Container>
          <EmptyState title={filtered ? 'Nothing matches the filters' : `There is no ${mode} usage in these days`}>
            <Box>A key of mode {mode} with the scope usage.write tracks it:</Box>
            <Box textAlign="left">
              <Command text={trackCommand(config, { type: 'secret', format: config.keyFormat }, 'YOUR_KEY')} />
            </Box>
          </EmptyState>
        </Container>
      ) : (
        <>
          {!value.complete && (
            <StatusIndicator type="warning">
              There is more than can be shown: only its first {rows.length.toLocaleString()} rows are added up. Narrow
              the days or filters.
            </StatusIndicator>
          )}
          <Container header={<Header variant="h2">By day</Header>}>{chart}</Container>
          {group !== 'none' && (
            <ListTable
              title={BY.find(({ value: by }) => by === group)?.label ?? ''}
              headingLevel="h2"
              description="Added up over these days."
              things="totals"
              columns={columns(group, nameOf)}
              pages={{ items: totalsOf(rows, group), loading, problem, reload }}
              idOf={({ name }) => name}
              empty={<EmptyState title="Nothing" />}
            />
          )}
        </>
      )}
    </SpaceBetween>
  );
}

const columns = (group: Group, nameOf: (name: string) => string): readonly Column<Total>[] => [
  {
    id: 'name',
    header: group.charAt(0).toUpperCase() + group.slice(1),
    cell: ({ name }) =>
      group === 'key' ? (
        <RouteLink to={`/keys/${name}`}>{nameOf(name)}</RouteLink>
      ) : (
        <span className="latchkey-wrap">{name}</span>
      ),
    sortBy: ({ name }) => nameOf(name),
    narrow: true,
    isRowHeader: true,
  },
  {
    id: 'quantity',
    header: 'Quantity',
    cell: ({ quantity }) => quantity.toLocaleString(),
    sortBy: ({ quantity }) => quantity,
    narrow: true,
  },
  {
    id: 'events',
    header: 'Events',
    cell: ({ events }) => events.toLocaleString(),
    sortBy: ({ events }) => events,
    narrow: true,
  },
];

/** Whoever is typing is not done yet. */
const TYPING = 250;

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    setTimeout(() => (signal.aborted ? reject(signal.reason) : resolve()), TYPING);
  });
