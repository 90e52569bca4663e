import AppLayout from '@cloudscape-design/components/app-layout';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { Suspense, useEffect, useRef } from 'react';
import { Outlet, useHref, useLocation, useNavigate } from 'react-router';
import type { Operation } from '../../lambdas/contract/routes.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Loading } from './loading.tsx';
import { NoticeBar } from './notices.tsx';
import { useSession } from './session.tsx';
import { TopBar } from './top-bar.tsx';

interface Entry {
  readonly text: string;
  readonly to: string;
  /** What one must be allowed to do for it to be of use. */
  readonly operation?: Operation;
}

const ENTRIES: readonly (readonly Entry[])[] = [
  [
    { text: 'Home', to: '' },
    { text: 'API keys', to: 'keys', operation: 'listKeys' },
    { text: 'Usage', to: 'usage', operation: 'listUsage' },
    { text: 'Consumers', to: 'consumers', operation: 'listConsumers' },
  ],
  [
    { text: 'Members', to: 'members', operation: 'listMembers' },
    { text: 'Audit log', to: 'audit', operation: 'listAuditEvents' },
    { text: 'Settings', to: 'settings', operation: 'getOrganization' },
  ],
  [{ text: 'My sessions', to: 'sessions' }],
];

const DOCS = '/docs';

/** The frame around every view. */
export function Layout() {
  const { may } = useSession();
  const { pathname } = useLocation();
  const base = useHref('/').replace(/\/$/, '');
  const section = pathname.split('/')[1] ?? '';
  const navigate = useNavigate();
  const content = useRef<HTMLDivElement>(null);
  const shown = useRef(pathname);

  // Whoever goes to another view by keyboard goes on reading there.
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    window.scrollTo(0, 0);
    content.current?.focus();
  }, [pathname]);

  const groups = ENTRIES.map((entries) =>
    entries
      .filter(({ operation }) => operation === undefined || may(operation))
      .map(({ text, to }): SideNavigationProps.Item => ({ type: 'link', text, href: `${base}/${to}` })),
  );
  const items = groups
    .flatMap((group): SideNavigationProps.Item[] => [...group, { type: 'divider' }])
    .concat({ type: 'link', text: 'API reference', href: DOCS, external: true, externalIconAriaLabel: 'Opens apart' });

  return (
    <>
      <div id="latchkey-navigation">
        <TopBar />
      </div>
      <AppLayout
        headerSelector="#latchkey-navigation"
        navigation={
          <SideNavigation
            activeHref={`${base}/${section}`}
            items={items}
            onFollow={(event) => {
              if (event.detail.external === true) return;
              event.preventDefault();
              void navigate(event.detail.href.slice(base.length) || '/');
            }}
          />
        }
        toolsHide
        notifications={<NoticeBar />}
        stickyNotifications
        content={
          <div id="latchkey-content" ref={content} tabIndex={-1}>
            <ErrorBoundary key={pathname}>
              <Suspense fallback={<Loading />}>
                <Outlet />
              </Suspense>
            </ErrorBoundary>
          </div>
        }
      />
    </>
  );
}
