import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import LineChart from '@cloudscape-design/components/line-chart';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import { SPENT_WARNING, share } from './key-status.tsx';
import type { Key } from './types.ts';

interface Sample {
  readonly x: Date;
  readonly y: number;
}

/** Shown at most, and at least, in milliseconds. */
const SHOWN = 5 * 60_000;
const SHOWN_AT_FIRST = 60_000;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** What a key has spent of its limits, in bars and as it changed while this was open. */
export function Spend({ of: { spent, limits, isActive } }: { readonly of: Key }) {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    const now = Date.now();
    const sample = { x: new Date(now), y: spent.minute };
    setSamples((before) => [...before.filter(({ x }) => now - x.getTime() < SHOWN), sample]);
  }, [spent]);

  const now = Date.now();
  const since = Math.min(samples[0]?.x.getTime() ?? now, now - SHOWN_AT_FIRST);
  const highest = Math.max(...samples.map(({ y }) => y), 0);
  // A limit far above what is spent would press the line flat; the bars show it.
  const showLimit = highest > limits.perMinute / 4;
  const top = Math.max(Math.ceil(highest * 1.25), showLimit ? Math.ceil(limits.perMinute * 1.1) : 0, 5);
  return (
    <Container
      header={
        <Header variant="h2" description="Requests in this minute and hour of UTC, against the key's limits. Live.">
          Spent of its limits
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ColumnLayout columns={2}>
          <Bar label="This minute" spent={spent.minute} limit={limits.perMinute} />
          <Bar label="This hour" spent={spent.hour} limit={limits.perHour} />
        </ColumnLayout>
        {isActive && (
          <LineChart
            ariaLabel="Requests spent in the current minute, while this page was open"
            height={180}
            hideFilter
            hideLegend={!showLimit}
            xScaleType="time"
            xDomain={[new Date(since), new Date(now)]}
            yDomain={[0, top]}
            xTitle="Time"
            yTitle="Requests this minute"
            i18nStrings={{ xTickFormatter: (at) => clock.format(at) }}
            series={[
              { title: 'This minute', type: 'line', data: [...samples] },
              ...(showLimit ? [{ title: 'Limit a minute', type: 'threshold' as const, y: limits.perMinute }] : []),
            ]}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}

interface BarProps {
  readonly label: string;
  readonly spent: number;
  readonly limit: number;
}

function Bar({ label, spent, limit }: BarProps) {
  const note = spent >= limit ? 'The limit is reached: further requests get 429.' : undefined;
  return (
    <ProgressBar
      label={label}
      value={share(spent, limit)}
      description={`${spent.toLocaleString()} of ${limit.toLocaleString()} requests`}
      status="in-progress"
      {...((note ?? spent >= limit * SPENT_WARNING) && { additionalInfo: note ?? 'Close to the limit.' })}
    />
  );
}
