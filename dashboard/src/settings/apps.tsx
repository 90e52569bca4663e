import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { EmptyState } from '../empty-state.tsx';
import { type Column, ListTable } from '../list-table.tsx';
import { useSession } from '../session.tsx';
import { duration } from '../time.tsx';
import type { Config } from '../types.ts';

type App = Config['apps'][number];

const COLUMNS: readonly Column<App>[] = [
  { id: 'name', header: 'App', cell: ({ name }) => name, narrow: true, isRowHeader: true },
  {
    id: 'redirect',
    header: 'Redirect target',
    cell: ({ redirect }) => <span className="latchkey-code">{redirect}</span>,
    narrow: true,
  },
  {
    id: 'scopes',
    header: 'Scopes of its keys',
    cell: ({ scopes }) => <span className="latchkey-code">{scopes.join(', ')}</span>,
  },
];

/** What belongs to the deployment and is shown as it is. */
export function AppSettings() {
  const { config } = useSession();
  const { access, refresh, absolute, token } = config.memberSessions;
  return (
    <SpaceBetween size="l">
      <ListTable
        title="Redirect targets of apps"
        headingLevel="h2"
        description={`Apps that a member may give a key to, at /get-key. They belong to the deployment's profile (${config.profile}); whoever deploys it changes them.`}
        things="apps"
        columns={COLUMNS}
        pages={{ items: config.apps, loading: false, problem: undefined, reload: async () => {} }}
        idOf={({ redirect }) => redirect}
        empty={
          <EmptyState title="No app is registered">
            <Box>
              In the profile:{' '}
              <span className="latchkey-code">{"apps: [{ name, redirect: 'myapp://callback', scopes }]"}</span>
            </Box>
          </EmptyState>
        }
      />
      <Container
        header={
          <Header
            variant="h2"
            description={`How long members stay signed in. This belongs to the deployment's profile (${config.profile}) too.`}
          >
            Sessions of members
          </Header>
        }
      >
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Access token', value: duration(access) },
            { label: 'Session without use', value: duration(refresh) },
            { label: 'Session at most', value: duration(absolute) },
            { label: 'Session token of a server', value: duration(token) },
          ]}
        />
      </Container>
    </SpaceBetween>
  );
}
