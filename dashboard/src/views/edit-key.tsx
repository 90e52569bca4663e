import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { call } from '../api.ts';
import { KEY_FIELDS, LimitFields, PlaceFields, ScopeFields } from '../key-fields.tsx';
import { formOf, type KeyForm, toUpdateBody } from '../key-form.ts';
import { Loading } from '../loading.tsx';
import { useTell } from '../notices.tsx';
import { usePageTitle } from '../page-title.ts';
import { errorOf, ProblemAlert } from '../problem-alert.tsx';
import { RouteButton } from '../route-link.tsx';
import type { Key } from '../types.ts';
import { useAction } from '../use-action.ts';
import { useLoad } from '../use-load.ts';

export default function EditKey() {
  usePageTitle('Edit a key');
  const { keyId = '' } = useParams();
  const { value, problem, reload } = useLoad(keyId, (signal) => call('getKey', { path: { keyId }, signal }));
  if (!value) return <Loading problem={problem} onRetry={reload} />;
  return <EditForm of={value} />;
}

function EditForm({ of: key }: { readonly of: Key }) {
  const navigate = useNavigate();
  const tell = useTell();
  const [form, setForm] = useState<KeyForm>(() => formOf(key));
  const change = (fields: Partial<KeyForm>) => setForm((before) => ({ ...before, ...fields }));
  const page = `/keys/${key.keyId}`;
  const save = useAction(async () => {
    const body = toUpdateBody(form, key);
    if (Object.keys(body).length > 0) {
      await call('updateKey', { path: { keyId: key.keyId }, body });
      tell(`${form.label} is changed, from its next request on.`);
    }
    void navigate(page);
  });
  const { problem } = save;
  const fields = { form, change, problem };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <Form
        header={
          <Header variant="h1" description="Takes effect with the key's next request. The secret stays the same.">
            Edit {key.label}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <RouteButton to={page} variant="link">
              Cancel
            </RouteButton>
            <Button variant="primary" formAction="submit" loading={save.busy}>
              Save
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <ProblemAlert problem={problem} shown={KEY_FIELDS} />
          <Container header={<Header variant="h2">The key</Header>}>
            <FormField label="Label" errorText={errorOf(problem, 'label')}>
              <Input value={form.label} autoFocus onChange={({ detail }) => change({ label: detail.value })} />
            </FormField>
          </Container>
          <ScopeFields {...fields} />
          <LimitFields {...fields} />
          <PlaceFields {...fields} />
        </SpaceBetween>
      </Form>
    </form>
  );
}
