import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { callForAll } from './api.ts';
import { Command } from './command.tsx';
import { trackCommand } from './curl.ts';
import { EmptyState } from './empty-state.tsx';
import { Loading } from './loading.tsx';
import { useSession } from './session.tsx';
import type { Key } from './types.ts';
import { shortDay } from './usage-series.ts';
import { useLoad } from './use-load.ts';

/** What one key has tracked, by day. */
export function KeyUsage({ of: key }: { readonly of: Key }) {
  const { config } = useSession();
  const { keyId, mode } = key;
  const { value, problem, reload } = useLoad(`usage:${keyId}`, (signal) =>
    callForAll('listUsage', { query: { by: 'day', keyId, mode, limit: 100 }, signal }, ({ usage }) => usage),
  );
  const days = value?.items ?? [];
  return (
    <Container
      header={
        <Header variant="h2" description="Quantities that this key has tracked in the last 30 days, by day of UTC.">
          Usage
        </Header>
      }
    >
      {value === undefined ? (
        <Loading problem={problem} onRetry={reload} />
      ) : days.length === 0 ? (
        <EmptyState title="This key has tracked no usage">
          <Box>With the scope usage.write, a key tracks what your customers use:</Box>
          <Box textAlign="left">
            <Command text={trackCommand(config, key, 'YOUR_KEY')} />
          </Box>
        </EmptyState>
      ) : (
        <BarChart
          ariaLabel="Quantity tracked by this key, by day"
          height={180}
          hideFilter
          hideLegend
          xScaleType="categorical"
          xTitle="Day"
          yTitle="Quantity"
          i18nStrings={{ xTickFormatter: shortDay }}
          series={[
            { title: 'Quantity', type: 'bar', data: days.map(({ day = '', quantity }) => ({ x: day, y: quantity })) },
          ]}
        />
      )}
    </Container>
  );
}
