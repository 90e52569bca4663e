import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { call } from '../api.ts';
import { FullPage } from '../full-page.tsx';
import { usePageTitle } from '../page-title.ts';
import { errorOf, ProblemAlert } from '../problem-alert.tsx';
import { useSession } from '../session.tsx';
import { TopBar } from '../top-bar.tsx';
import { useAction } from '../use-action.ts';

/** What somebody sees who is signed in and belongs to no organization yet. */
export function CreateOrganization() {
  const { reload, me } = useSession();
  const [name, setName] = useState('');
  const create = useAction(async () => {
    await call('createOrganization', { body: { name } });
    await reload();
  });
  usePageTitle('Create an organization');
  return (
    <>
      <TopBar />
      <FullPage>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void create.run();
          }}
        >
          <Form
            header={<Header variant="h1">Create an organization</Header>}
            actions={
              <Button variant="primary" loading={create.busy} formAction="submit">
                Create
              </Button>
            }
          >
            <SpaceBetween size="l">
              <ProblemAlert problem={create.problem} shown={['name']} />
              <Container>
                <SpaceBetween size="m">
                  <Box>
                    Keys, members and usage belong to an organization. You will be the owner of this one. If yours is
                    here already, ask one of its admins to invite {me.user.email ?? 'you'}, and open the link in the
                    mail.
                  </Box>
                  <FormField
                    label="Name"
                    description="1 to 100 characters. It can be changed."
                    errorText={errorOf(create.problem, 'name')}
                  >
                    <Input value={name} onChange={({ detail }) => setName(detail.value)} autoFocus />
                  </FormField>
                </SpaceBetween>
              </Container>
            </SpaceBetween>
          </Form>
        </form>
      </FullPage>
    </>
  );
}
