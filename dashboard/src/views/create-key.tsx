import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tiles from '@cloudscape-design/components/tiles';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { KeyType, Mode } from '../../../lambdas/contract/profile.ts';
import { call } from '../api.ts';
import { KEY_FIELDS, LimitFields, PlaceFields, ScopeFields } from '../key-fields.tsx';
import { emptyForm, type KeyForm, scopesFor, toCreateBody } from '../key-form.ts';
import { usePageTitle } from '../page-title.ts';
import { errorOf, ProblemAlert } from '../problem-alert.tsx';
import { RouteButton } from '../route-link.tsx';
import { SecretModal } from '../secret-modal.tsx';
import { useSession } from '../session.tsx';
import type { IssuedKey } from '../types.ts';
import { useAction } from '../use-action.ts';

const TYPES: Readonly<Record<KeyType, string>> = {
  secret: 'For your servers. Calls whatever is open to keys.',
  publishable: 'For pages and apps. Reads what is public, and opens consumer sessions.',
  restricted: 'For one job or a third party. Only the scopes that it lists.',
  admin: 'Also manages keys. For your own automation; use with care.',
};

export default function CreateKey() {
  usePageTitle('Create a key');
  const { config, me } = useSession();
  const navigate = useNavigate();
  const [form, setForm] = useState<KeyForm>(() => emptyForm(config));
  const [issued, setIssued] = useState<IssuedKey>();
  const change = (fields: Partial<KeyForm>) => setForm((before) => ({ ...before, ...fields }));
  const create = useAction(async () => setIssued(await call('createKey', { body: toCreateBody(form) })));
  const { problem } = create;
  const { type, mode, format } = form;

  const setMode = (next: Mode) => {
    const wasDefault = form.tier === config.defaultTier[mode];
    change({ mode: next, ...(wasDefault && { tier: config.defaultTier[next] }) });
  };
  const setType = (next: KeyType) => {
    const known = scopesFor(config, me, next);
    change({ type: next, scopes: form.scopes.filter((scope) => known.includes(scope)) });
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void create.run();
      }}
    >
      <Form
        header={
          <Header variant="h1" description="Its secret is shown once, when it has been created.">
            Create a key
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <RouteButton to="/keys" variant="link">
              Cancel
            </RouteButton>
            <Button variant="primary" formAction="submit" loading={create.busy}>
              Create the key
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <ProblemAlert problem={problem} shown={KEY_FIELDS} />
          <Container header={<Header variant="h2">The key</Header>}>
            <SpaceBetween size="l">
              <FormField
                label="Label"
                description="What you will know it by, such as what uses it: warehouse-integration"
                errorText={errorOf(problem, 'label')}
              >
                <Input value={form.label} autoFocus onChange={({ detail }) => change({ label: detail.value })} />
              </FormField>
              <FormField label="Type" stretch>
                <Tiles
                  value={type}
                  onChange={({ detail }) => setType(detail.value as KeyType)}
                  items={config.keyTypes.map(({ type: value, prefix }) => ({
                    value,
                    label: value.charAt(0).toUpperCase() + value.slice(1),
                    description: (
                      <>
                        {TYPES[value]} <span className="latchkey-code">{prefix}_</span>
                      </>
                    ),
                  }))}
                />
              </FormField>
              <FormField
                label="Mode"
                description="A test key sees test data alone, a live key live data alone. This cannot be changed later."
              >
                <RadioGroup
                  direction="horizontal"
                  value={mode}
                  onChange={({ detail }) => setMode(detail.value as Mode)}
                  items={[
                    { value: 'live', label: 'Live' },
                    { value: 'test', label: 'Test' },
                  ]}
                />
              </FormField>
              {type !== 'publishable' && (
                <FormField
                  label="Format"
                  description="A JWT can be read and verified by anybody with the public key set; an opaque key is shorter. Both can be revoked at once."
                >
                  <RadioGroup
                    direction="horizontal"
                    value={format}
                    onChange={({ detail }) => change({ format: detail.value as KeyForm['format'] })}
                    items={[
                      { value: 'opaque', label: 'Opaque' },
                      { value: 'jwt', label: 'JWT' },
                    ]}
                  />
                </FormField>
              )}
              <FormField
                label={
                  <>
                    Ends after, in days <i>– optional</i>
                  </>
                }
                description="Empty for a key that does not end. Replace it before then, by rotating it."
                constraintText="1 to 3,650"
                errorText={errorOf(problem, 'expiresInDays')}
              >
                <Input
                  type="number"
                  inputMode="numeric"
                  value={form.expiresInDays}
                  onChange={({ detail }) => change({ expiresInDays: detail.value })}
                />
              </FormField>
            </SpaceBetween>
          </Container>
          <ScopeFields form={form} change={change} problem={problem} />
          <LimitFields form={form} change={change} problem={problem} />
          <PlaceFields form={form} change={change} problem={problem} />
        </SpaceBetween>
      </Form>
      {issued && (
        <SecretModal issued={issued} onDone={() => void navigate(`/keys/${issued.keyId}`, { replace: true })} />
      )}
    </form>
  );
}
