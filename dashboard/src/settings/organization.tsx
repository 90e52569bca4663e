import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { call } from '../api.ts';
import { Loading } from '../loading.tsx';
import { useTell } from '../notices.tsx';
import { errorOf, ProblemAlert } from '../problem-alert.tsx';
import { useSession } from '../session.tsx';
import { Time } from '../time.tsx';
import type { Organization } from '../types.ts';
import { useAction } from '../use-action.ts';
import { useLoad } from '../use-load.ts';

export function OrganizationSettings() {
  const { value, problem, reload } = useLoad('organization', (signal) => call('getOrganization', { signal }));
  if (!value) return <Loading problem={problem} onRetry={reload} />;
  return <Form of={value} />;
}

function Form({ of: organization }: { readonly of: Organization }) {
  const { may, reload } = useSession();
  const tell = useTell();
  const [name, setName] = useState(organization.name);
  const save = useAction(async () => {
    const changed = await call('updateOrganization', { body: { name } });
    tell(`The organization is called ${changed.name} now.`);
    await reload();
  });
  const changeable = may('updateOrganization');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <Container
        header={<Header variant="h2">Organization</Header>}
        footer={
          changeable && (
            <Button variant="primary" formAction="submit" loading={save.busy}>
              Save
            </Button>
          )
        }
      >
        <SpaceBetween size="l">
          <ProblemAlert problem={save.problem} shown={['name']} />
          <FormField
            label="Name"
            {...(!changeable && { description: 'Owners and admins can change it.' })}
            errorText={errorOf(save.problem, 'name')}
          >
            <Input value={name} readOnly={!changeable} onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          <KeyValuePairs
            columns={2}
            items={[
              { label: 'Organization id', value: <span className="latchkey-code">{organization.id}</span> },
              { label: 'Created', value: <Time at={organization.createdAt} /> },
            ]}
          />
        </SpaceBetween>
      </Container>
    </form>
  );
}
