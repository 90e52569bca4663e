import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { lazy, useCallback } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { FullPage } from './full-page.tsx';
import { Layout } from './layout.tsx';
import { Needs } from './needs.tsx';
import { NoticesProvider } from './notices.tsx';
import { loadSession, SessionProvider } from './session.tsx';
import { useLoad } from './use-load.ts';
import { CreateOrganization } from './views/create-organization.tsx';

const Home = lazy(() => import('./views/home.tsx'));
const Keys = lazy(() => import('./views/keys.tsx'));
const CreateKey = lazy(() => import('./views/create-key.tsx'));
const KeyDetail = lazy(() => import('./views/key-detail.tsx'));
const EditKey = lazy(() => import('./views/edit-key.tsx'));
const Usage = lazy(() => import('./views/usage.tsx'));
const Consumers = lazy(() => import('./views/consumers.tsx'));
const ConsumerDetail = lazy(() => import('./views/consumer-detail.tsx'));
const Members = lazy(() => import('./views/members.tsx'));
const Sessions = lazy(() => import('./views/sessions.tsx'));
const Audit = lazy(() => import('./views/audit.tsx'));
const Settings = lazy(() => import('./views/settings.tsx'));
const NotFound = lazy(() => import('./views/not-found.tsx'));

/** Under which the server answers with this page. */
const BASE = import.meta.env.BASE_URL.replace(/\/$/, '');

export function App() {
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <BrowserRouter basename={BASE}>
        <NoticesProvider>
          <Pages />
        </NoticesProvider>
      </BrowserRouter>
    </I18nProvider>
  );
}

function Pages() {
  const { value, problem, reload } = useLoad('session', loadSession);
  const again = useCallback(() => reload(), [reload]);
  if (!value) return <FullPage problem={problem} onRetry={again} />;
  return (
    <SessionProvider {...value} reload={again}>
      {value.me.organization === null ? (
        <CreateOrganization />
      ) : (
        <Routes>
          <Route element={<Layout />}>
            <Route index element={<Home />} />
            <Route element={<Needs operation="listKeys" />}>
              <Route path="keys" element={<Keys />} />
              <Route path="keys/:keyId" element={<KeyDetail />} />
            </Route>
            <Route element={<Needs operation="createKey" />}>
              <Route path="keys/create" element={<CreateKey />} />
              <Route path="keys/:keyId/edit" element={<EditKey />} />
            </Route>
            <Route element={<Needs operation="listUsage" />}>
              <Route path="usage" element={<Usage />} />
            </Route>
            <Route element={<Needs operation="listConsumers" />}>
              <Route path="consumers" element={<Consumers />} />
              <Route path="consumers/:consumerId" element={<ConsumerDetail />} />
            </Route>
            <Route element={<Needs operation="listMembers" />}>
              <Route path="members" element={<Members />} />
            </Route>
            <Route path="sessions" element={<Sessions />} />
            <Route element={<Needs operation="listAuditEvents" />}>
              <Route path="audit" element={<Audit />} />
            </Route>
            <Route path="settings/:section?" element={<Settings />} />
            <Route path="index.html" element={<Navigate to="/" replace />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      )}
    </SessionProvider>
  );
}
