import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import { call, callForAll } from '../api.ts';
import { Command } from '../command.tsx';
import { tryCommand } from '../curl.ts';
import { usePageTitle } from '../page-title.ts';
import { ProblemAlert } from '../problem-alert.tsx';
import { RouteButton, RouteLink } from '../route-link.tsx';
import { useSession } from '../session.tsx';
import { Ago } from '../time.tsx';
import type { Answers, Key } from '../types.ts';
import { useLoad } from '../use-load.ts';

/** Keys that are looked at for the numbers; more are told as "and more". */
const MOST_PAGES = 5;
const SOON = 14 * 86_400_000;

export default function Home() {
  usePageTitle('Home');
  const { me, config, may } = useSession();
  const keys = useLoad('home:keys', (signal) =>
    callForAll('listKeys', { query: { limit: 100 }, signal }, (answer) => answer.keys, MOST_PAGES),
  );
  const usage = useLoad('home:usage', (signal) =>
    may('listUsage')
      ? callForAll('listUsage', { query: { by: 'day', limit: 100 }, signal }, (answer) => answer.usage)
      : Promise.resolve(undefined),
  );
  const members = useLoad('home:members', (signal) => call('listMembers', { signal }));
  const list = keys.value?.items;
  const wasUsed = list?.some(({ lastUsedAt }) => lastUsedAt !== undefined) ?? false;
  const secret = { type: 'secret', format: config.keyFormat, scopes: ['*'] } as const;
  const problem = keys.problem ?? usage.problem ?? members.problem;
  const reload = () => Promise.all([keys.reload(), usage.reload(), members.reload()]);
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        actions={
          may('createKey') && (
            <RouteButton to="/keys/create" variant="primary">
              Create a key
            </RouteButton>
          )
        }
      >
        {me.organization?.name}
      </Header>
      <ProblemAlert problem={problem} onRetry={reload} />
      <Numbers keys={list} more={keys.value?.complete === false} tracked={usage.value?.items} members={members.value} />
      {list && !wasUsed && (
        <Container header={<Header variant="h2">What to do first</Header>}>
          <SpaceBetween size="l">
            <Step done={list.length > 0} title="1. Create a key">
              {list.length > 0 ? (
                <>
                  You have <RouteLink to="/keys">{list.length === 1 ? 'one' : list.length}</RouteLink>.
                </>
              ) : (
                <>Its secret is shown once. Begin with a test key: it sees test data alone.</>
              )}
            </Step>
            <Step done={false} title="2. Call the API with it">
              <Command text={tryCommand(config, secret, 'YOUR_KEY') ?? ''} />
            </Step>
            <Step done={false} title="3. See what it spends">
              The key's own page shows each request as it comes in, and the <Link href="/docs">API reference</Link>{' '}
              every operation there is.
            </Step>
          </SpaceBetween>
        </Container>
      )}
      {list && wasUsed && <Attention keys={list} />}
      {list && wasUsed && (
        <Container header={<Header variant="h2">Call the API</Header>}>
          <Command text={tryCommand(config, secret, 'YOUR_KEY') ?? ''} />
        </Container>
      )}
    </SpaceBetween>
  );
}

interface StepProps {
  readonly done: boolean;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ done, title, children }: StepProps) {
  return (
    <SpaceBetween size="xxs">
      <Box variant="h3">
        <StatusIndicator type={done ? 'success' : 'pending'}>{title}</StatusIndicator>
      </Box>
      <Box>{children}</Box>
    </SpaceBetween>
  );
}

interface NumbersProps {
  readonly keys: readonly Key[] | undefined;
  readonly more: boolean;
  readonly tracked: readonly { readonly quantity: number; readonly events: number }[] | undefined;
  readonly members: Answers['listMembers'] | undefined;
}

function Numbers({ keys, more, tracked, members }: NumbersProps) {
  const { may } = useSession();
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const thisHour = keys && sum(keys.map(({ spent }) => spent.hour));
  const quantity = tracked && sum(tracked.map((row) => row.quantity));
  const show = (value: number | undefined, plus = false) =>
    value === undefined ? '…' : `${value.toLocaleString()}${plus ? '+' : ''}`;
  return (
    <Container>
      <ColumnLayout columns={4} variant="text-grid" minColumnWidth={150}>
        <Figure to="/keys" name="Active keys" value={show(keys?.length, more)} />
        <Figure to="/keys" name="Requests this hour" value={show(thisHour, more)} />
        {may('listUsage') && <Figure to="/usage" name="Usage, live, 30 days" value={show(quantity)} />}
        <Figure to="/members" name="Members" value={show(members?.members.length, members?.nextCursor !== undefined)} />
      </ColumnLayout>
    </Container>
  );
}

const Figure = ({ to, name, value }: { readonly to: string; readonly name: string; readonly value: string }) => (
  <SpaceBetween size="xxs">
    <Box variant="awsui-key-label">{name}</Box>
    <RouteLink to={to} variant="awsui-value-large" ariaLabel={`${name}: ${value}`}>
      {value}
    </RouteLink>
  </SpaceBetween>
);

/** Keys that somebody should look at. */
function Attention({ keys }: { readonly keys: readonly Key[] }) {
  const now = Date.now();
  const ending = keys.filter(
    ({ expiresAt, replacedBy }) =>
      expiresAt !== undefined && replacedBy === undefined && Date.parse(expiresAt) - now < SOON,
  );
  const full = keys.filter(({ spent, limits }) => spent.minute >= limits.perMinute || spent.hour >= limits.perHour);
  const unused = keys.filter(
    ({ lastUsedAt, createdAt }) => now - Date.parse(lastUsedAt ?? createdAt) > 90 * 86_400_000,
  );
  const notes = [
    ...full.map((key) => ({ key, type: 'error' as const, text: <>is at its limit: requests get 429.</> })),
    ...ending.map((key) => ({
      key,
      type: 'warning' as const,
      text: (
        <>
          ends <Ago at={key.expiresAt} />. Rotate it before then.
        </>
      ),
    })),
    ...unused.map((key) => ({ key, type: 'info' as const, text: <>was not used for 90 days. Is it still needed?</> })),
  ];
  return (
    <Container header={<Header variant="h2">Keys to look at</Header>}>
      {notes.length === 0 ? (
        <StatusIndicator type="success">No key is at its limit, about to end or unused.</StatusIndicator>
      ) : (
        <SpaceBetween size="xs">
          {notes.slice(0, 10).map(({ key, type, text }) => (
            <StatusIndicator key={`${key.keyId}:${type}`} type={type} wrapText>
              <span className="latchkey-wrap">
                <RouteLink to={`/keys/${key.keyId}`}>{key.label}</RouteLink> {text}
              </span>
            </StatusIndicator>
          ))}
          {notes.length > 10 && <Box>… and {notes.length - 10} more.</Box>}
        </SpaceBetween>
      )}
    </Container>
  );
}
