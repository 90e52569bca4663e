import Box from '@cloudscape-design/components/box';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ROLES, type Role } from '../../lambdas/contract/roles.ts';
import { call } from './api.ts';
import { Dialog } from './dialog.tsx';
import { useTell } from './notices.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { useSession } from './session.tsx';
import type { Member } from './types.ts';
import { useAction } from './use-action.ts';

const MEANINGS: Readonly<Record<Role, string>> = {
  owner: 'Everything. Only owners make owners.',
  admin: 'Everything but making owners and unmaking them.',
  developer: 'Keys, consumers and usage; not the organization and its members.',
  viewer: 'Reads, and changes nothing.',
};

/** Owners make owners and unmake them; every other role is an admin's to give. */
export const mayAppoint = (mine: Role | undefined, role: Role): boolean =>
  mine === 'owner' || (mine === 'admin' && role !== 'owner');

interface RoleChoiceProps {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** The roles that one can give. */
export function RoleChoice({ value, onChange }: RoleChoiceProps) {
  const { me } = useSession();
  return (
    <RadioGroup
      ariaLabel="Role"
      value={value}
      onChange={({ detail }) => onChange(detail.value as Role)}
      items={ROLES.filter((role) => mayAppoint(me.role, role)).map((role) => ({
        value: role,
        label: role.charAt(0).toUpperCase() + role.slice(1),
        description: MEANINGS[role],
      }))}
    />
  );
}

interface RoleModalProps {
  readonly of: Member;
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

export function RoleModal({ of: member, onChanged, onClose }: RoleModalProps) {
  const tell = useTell();
  const [role, setRole] = useState<Role>(member.role);
  const name = member.email ?? member.id;
  const save = useAction(async () => {
    if (role !== member.role) {
      await call('changeRole', { path: { memberId: member.id }, body: { role } });
      tell(`${name} is ${role} now.`);
      await onChanged();
    }
    onClose();
  });
  return (
    <Dialog
      title={`The role of ${name}`}
      verb="Save"
      onSubmit={() => void save.run()}
      onCancel={onClose}
      busy={save.busy}
      onDismiss={onClose}
    >
      <SpaceBetween size="m">
        <ProblemAlert problem={save.problem} />
        <RoleChoice value={role} onChange={setRole} />
        <Box color="text-body-secondary">They are signed out, and have the new role when they sign in again.</Box>
      </SpaceBetween>
    </Dialog>
  );
}
