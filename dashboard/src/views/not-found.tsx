import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { usePageTitle } from '../page-title.ts';
import { RouteLink } from '../route-link.tsx';

export default function NotFound() {
  usePageTitle('Not found');
  return (
    <SpaceBetween size="m">
      <Header variant="h1">Not found</Header>
      <Box>
        The dashboard has no such view. <RouteLink to="/">Go home</RouteLink>.
      </Box>
    </SpaceBetween>
  );
}
