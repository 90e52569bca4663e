import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { Column } from './list-table.tsx';
import { Ago, Time } from './time.tsx';
import type { Session } from './types.ts';

interface Parts<T> {
  readonly badge?: (session: T) => ReactNode;
  readonly action?: (session: T) => ReactNode;
}

/** What a table shows of sessions, a member's own or a consumer's. */
export function sessionColumns<T extends Session>({ badge, action }: Parts<T>): readonly Column<T>[] {
  return [
    {
      id: 'device',
      header: 'Device',
      cell: (session) => (
        <SpaceBetween direction="horizontal" size="xs">
          <span title={session.device}>{deviceName(session.device)}</span>
          {badge?.(session)}
        </SpaceBetween>
      ),
      sortBy: ({ device }) => deviceName(device),
      narrow: true,
      isRowHeader: true,
    },
    { id: 'address', header: 'Address', cell: ({ address = '–' }) => address, sortBy: ({ address = '' }) => address },
    {
      id: 'lastUsed',
      header: 'Last use',
      cell: ({ lastUsedAt }) => <Ago at={lastUsedAt} />,
      sortBy: ({ lastUsedAt }) => lastUsedAt,
      narrow: true,
    },
    {
      id: 'created',
      header: 'Signed in',
      cell: ({ createdAt }) => <Time at={createdAt} />,
      sortBy: ({ createdAt }) => createdAt,
    },
    {
      id: 'expires',
      header: 'Ends',
      cell: ({ expiresAt }) => <Time at={expiresAt} />,
      sortBy: ({ expiresAt }) => expiresAt,
    },
    ...(action ? [{ id: 'action', header: 'Action', cell: action, narrow: true }] : []),
  ];
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\//, 'Chrome'],
  [/\bVersion\/.*Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** `Chrome on Linux`, of what a browser says of itself; as it stands where it is another program. */
export function deviceName(device: string | undefined): string {
  if (device === undefined) return 'unknown';
  const browser = BROWSERS.find(([pattern]) => pattern.test(device))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(device))?.[1];
  return browser === undefined ? device : [browser, system].filter(Boolean).join(' on ');
}
