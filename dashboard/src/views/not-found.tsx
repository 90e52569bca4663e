import Alert from '@cloudscape-design/components/alert';
import { usePageTitle } from '../page-title.ts';
import { RouteLink } from '../route-link.tsx';

export default function NotFound() {
  usePageTitle('Not found');
  return (
    <Alert type="warning" header="Not found">
      The dashboard has no such view. <RouteLink to="/">Go home</RouteLink>.
    </Alert>
  );
}
