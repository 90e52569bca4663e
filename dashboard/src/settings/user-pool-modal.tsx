import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { call } from '../api.ts';
import { Dialog } from '../dialog.tsx';
import { linesOf } from '../key-form.ts';
import { useTell } from '../notices.tsx';
import { errorOf, ProblemAlert } from '../problem-alert.tsx';
import { useSession } from '../session.tsx';
import type { UserPool } from '../types.ts';
import { useAction } from '../use-action.ts';

interface UserPoolModalProps {
  /** The one that is changed; none to register another. */
  readonly pool: UserPool | undefined;
  readonly onSaved: () => Promise<void>;
  readonly onClose: () => void;
}

const ALL = { value: '*', label: 'All scopes (*)' };

export function UserPoolModal({ pool, onSaved, onClose }: UserPoolModalProps) {
  const { config, me } = useSession();
  const tell = useTell();
  const [id, setId] = useState(pool?.userPoolId ?? '');
  const [clients, setClients] = useState((pool?.clientIds ?? []).join('\n'));
  const [scopes, setScopes] = useState<readonly string[]>(pool?.scopes ?? []);
  const [proof, setProof] = useState('');
  const save = useAction(async () => {
    const body = { clientIds: linesOf(clients), scopes, ...(proof.trim() !== '' && { proof: proof.trim() }) };
    await call('registerUserPool', { path: { userPoolId: id.trim() }, body });
    tell(`${id.trim()} is registered.`);
    await onSaved();
    onClose();
  });
  const { problem } = save;
  const options = [ALL, ...config.memberScopes.map((scope) => ({ value: scope, label: scope }))];
  return (
    <Dialog
      size="large"
      title={pool ? pool.userPoolId : 'Register a user pool'}
      verb={pool ? 'Save' : 'Register'}
      onSubmit={() => void save.run()}
      onCancel={onClose}
      busy={save.busy}
      onDismiss={onClose}
    >
      <SpaceBetween size="m">
        <ProblemAlert problem={problem} shown={['clientIds', 'scopes', 'proof', 'userPoolId']} />
        {!pool && (
          <FormField
            label="User pool id"
            constraintText="Such as eu-central-1_AbCdEf123"
            errorText={errorOf(problem, 'userPoolId')}
          >
            <Input value={id} autoFocus onChange={({ detail }) => setId(detail.value)} />
          </FormField>
        )}
        <FormField
          label="App client ids"
          description="One to a line. Tokens of other clients are refused."
          errorText={errorOf(problem, 'clientIds')}
          stretch
        >
          <Textarea rows={3} value={clients} onChange={({ detail }) => setClients(detail.value)} />
        </FormField>
        <FormField label="Scopes of its people" errorText={errorOf(problem, 'scopes')} stretch>
          <Multiselect
            options={options}
            selectedOptions={options.filter(({ value }) => scopes.includes(value))}
            onChange={({ detail }) => setScopes(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
            placeholder="Choose scopes"
            filteringType="auto"
            deselectAriaLabel={({ label }) => `Remove ${label}`}
          />
        </FormField>
        <ExpandableSection headerText="Another organization has registered it">
          <FormField
            label="Proof"
            description={
              <>
                A token of a person whom you put, in that pool, into a group named{' '}
                <span className="latchkey-code">{me.organization?.id}</span>.
              </>
            }
            errorText={errorOf(problem, 'proof')}
            stretch
          >
            <Textarea rows={3} value={proof} onChange={({ detail }) => setProof(detail.value)} />
          </FormField>
        </ExpandableSection>
      </SpaceBetween>
    </Dialog>
  );
}
