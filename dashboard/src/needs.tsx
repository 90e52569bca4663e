import Alert from '@cloudscape-design/components/alert';
import { Outlet } from 'react-router';
import type { Operation } from '../../lambdas/contract/routes.ts';
import { usePageTitle } from './page-title.ts';
import { useSession } from './session.tsx';

/** Shows its routes to whose role may call an operation, and to others what they are missing. */
export function Needs({ operation }: { readonly operation: Operation }) {
  const { may } = useSession();
  return may(operation) ? <Outlet /> : <Missing operation={operation} />;
}

/** Says which scope is missing, and who can change that. */
export function Missing({ operation }: { readonly operation: Operation }) {
  const { me, missing } = useSession();
  usePageTitle('Not allowed');
  return (
    <Alert type="warning" header={<h1 className="latchkey-alert-heading">Not allowed</h1>}>
      This needs the scope <code>{missing(operation).join(', ')}</code>, which the role {me.role} does not hold. An
      owner or admin of {me.organization?.name ?? 'your organization'} can give you another role.
    </Alert>
  );
}
