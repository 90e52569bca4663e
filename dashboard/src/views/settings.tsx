import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useNavigate, useParams } from 'react-router';
import { Missing } from '../needs.tsx';
import { usePageTitle } from '../page-title.ts';
import { useSession } from '../session.tsx';
import { AppSettings } from '../settings/apps.tsx';
import { ConsumerSettings } from '../settings/consumers.tsx';
import { OrganizationSettings } from '../settings/organization.tsx';
import { OriginSettings } from '../settings/origins.tsx';
import { UserPoolSettings } from '../settings/user-pools.tsx';

/** A section for each thing that can be set, each with an address of its own. */
const SECTIONS = [
  { id: 'organization', label: 'Organization', content: <OrganizationSettings /> },
  { id: 'consumers', label: 'Consumers', content: <ConsumerSettings /> },
  { id: 'user-pools', label: 'User pools', content: <UserPoolSettings /> },
  { id: 'origins', label: 'Origins', content: <OriginSettings /> },
  { id: 'apps', label: 'Apps and sessions', content: <AppSettings /> },
];

export default function Settings() {
  usePageTitle('Settings');
  const { may } = useSession();
  const { section } = useParams();
  const navigate = useNavigate();
  if (!may('getOrganization')) return <Missing operation="getOrganization" />;
  return (
    <SpaceBetween size="l">
      <Header variant="h1">Settings</Header>
      <Tabs
        ariaLabel="Settings"
        activeTabId={SECTIONS.find(({ id }) => id === section)?.id ?? 'organization'}
        onChange={({ detail }) => void navigate(`/settings/${detail.activeTabId}`, { replace: true })}
        tabs={SECTIONS}
      />
    </SpaceBetween>
  );
}
