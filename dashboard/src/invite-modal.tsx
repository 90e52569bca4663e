import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Role } from '../../lambdas/contract/roles.ts';
import { call } from './api.ts';
import { Command } from './command.tsx';
import { Dialog } from './dialog.tsx';
import { errorOf, ProblemAlert } from './problem-alert.tsx';
import { RoleChoice } from './role-modal.tsx';
import type { SentInvitation } from './types.ts';
import { useAction } from './use-action.ts';

interface InviteModalProps {
  readonly onInvited: () => Promise<void>;
  readonly onClose: () => void;
}

/** Invites somebody by mail; where the stack sends no mail, shows the link to send. */
export function InviteModal({ onInvited, onClose }: InviteModalProps) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('developer');
  const [made, setMade] = useState<SentInvitation>();
  const invite = useAction(async () => {
    setMade(await call('inviteMember', { body: { email: email.trim(), role } }));
    await onInvited();
  });
  return (
    <Dialog
      title="Invite somebody"
      verb={made ? 'Done' : 'Invite'}
      onSubmit={() => (made ? onClose() : void invite.run())}
      {...(!made && { onCancel: onClose })}
      busy={invite.busy}
      onDismiss={onClose}
    >
      {made ? (
        <SpaceBetween size="m">
          <Alert type="success" header={`${made.email} is invited`}>
            {made.acceptUrl === undefined
              ? 'The link was sent to them. It is good for a week, and for nobody else.'
              : 'This deployment sends no mail. Give them this link: it is good for a week, for that address alone.'}
          </Alert>
          {made.acceptUrl !== undefined && <Command text={made.acceptUrl} copyLabel="Copy the link" />}
        </SpaceBetween>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void invite.run();
          }}
        >
          <SpaceBetween size="m">
            <ProblemAlert problem={invite.problem} shown={['email', 'role']} />
            <FormField label="E-mail" errorText={errorOf(invite.problem, 'email')}>
              <Input type="email" value={email} autoFocus onChange={({ detail }) => setEmail(detail.value)} />
            </FormField>
            <FormField label="Role" errorText={errorOf(invite.problem, 'role')}>
              <RoleChoice value={role} onChange={setRole} />
            </FormField>
          </SpaceBetween>
        </form>
      )}
    </Dialog>
  );
}
