import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { call } from '../api.ts';
import { Loading } from '../loading.tsx';
import { useTell } from '../notices.tsx';
import { errorOf, ProblemAlert } from '../problem-alert.tsx';
import { useSession } from '../session.tsx';
import { duration } from '../time.tsx';
import type { ConsumerMessages, Organization } from '../types.ts';
import { useAction } from '../use-action.ts';
import { useLoad } from '../use-load.ts';

export function ConsumerSettings() {
  const { value, problem, reload } = useLoad('organization', (signal) => call('getOrganization', { signal }));
  if (!value) return <Loading problem={problem} onRetry={reload} />;
  return <Form of={value} onSaved={reload} />;
}

interface Fields {
  /** Minutes and days, as typed; empty for the deployment's own. */
  readonly access: string;
  readonly refresh: string;
  readonly emailSubject: string;
  readonly emailText: string;
  readonly smsText: string;
}

const MINUTE = 60;
const DAY = 86_400;

const fieldsOf = ({ consumers: { access, refresh, messages = {} } = {} }: Organization): Fields => ({
  access: access === undefined ? '' : String(access / MINUTE),
  refresh: refresh === undefined ? '' : String(refresh / DAY),
  emailSubject: messages.emailSubject ?? '',
  emailText: messages.emailText ?? '',
  smsText: messages.smsText ?? '',
});

/** What was typed of a length of time, in seconds; what is no number is for the API to refuse. */
const secondsOf = (text: string, unit: number): number | string => {
  const count = Number(text);
  return Number.isFinite(count) ? Math.round(count * unit) : text;
};

function toBody({ access, refresh, ...texts }: Fields): object {
  const messages: ConsumerMessages = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
  return {
    consumers: {
      ...(access.trim() !== '' && { access: secondsOf(access, MINUTE) }),
      ...(refresh.trim() !== '' && { refresh: secondsOf(refresh, DAY) }),
      ...(Object.keys(messages).length > 0 && { messages }),
    },
  };
}

interface FormProps {
  readonly of: Organization;
  readonly onSaved: () => Promise<void>;
}

function Form({ of: organization, onSaved }: FormProps) {
  const { config, may } = useSession();
  const tell = useTell();
  const [fields, setFields] = useState(() => fieldsOf(organization));
  const change = (changed: Partial<Fields>) => setFields((before) => ({ ...before, ...changed }));
  const save = useAction(async () => {
    await call('updateOrganization', { body: toBody(fields) });
    tell('Saved. It takes effect within a minute.');
    await onSaved();
  });
  const { problem } = save;
  const error = (field: string) => errorOf(problem, `consumers.${field}`);
  const readOnly = !may('updateOrganization');
  const { access, refresh, absolute } = config.consumerSessions;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <Container
        header={
          <Header
            variant="h2"
            description="How long your consumers stay signed in, and what they are sent. Empty stands for the deployment's own."
          >
            Consumers
          </Header>
        }
        footer={
          !readOnly && (
            <Button variant="primary" formAction="submit" loading={save.busy}>
              Save
            </Button>
          )
        }
      >
        <SpaceBetween size="l">
          <ProblemAlert problem={problem} shown={['consumers']} />
          <ColumnLayout columns={2}>
            <FormField
              label="Access token, in minutes"
              description={`The deployment's own: ${duration(access)}.`}
              constraintText="1 minute to 1 day (1,440)"
              errorText={error('access')}
            >
              <Input
                type="number"
                inputMode="decimal"
                step="any"
                readOnly={readOnly}
                value={fields.access}
                onChange={({ detail }) => change({ access: detail.value })}
              />
            </FormField>
            <FormField
              label="Refresh token, in days"
              description={`The deployment's own: ${duration(refresh)}. No session lasts longer than ${duration(absolute)}.`}
              constraintText="1 hour (0.05) to 365 days"
              errorText={error('refresh')}
            >
              <Input
                type="number"
                inputMode="decimal"
                step="any"
                readOnly={readOnly}
                value={fields.refresh}
                onChange={({ detail }) => change({ refresh: detail.value })}
              />
            </FormField>
          </ColumnLayout>
          <FormField label="Subject of the mail" stretch errorText={error('messages.emailSubject')}>
            <Input
              readOnly={readOnly}
              value={fields.emailSubject}
              onChange={({ detail }) => change({ emailSubject: detail.value })}
            />
          </FormField>
          <FormField
            label="Text of the mail"
            stretch
            constraintText="With {code} in it, and {organization} where you like. At most 2,000 characters."
            errorText={error('messages.emailText')}
          >
            <Textarea
              rows={4}
              readOnly={readOnly}
              value={fields.emailText}
              onChange={({ detail }) => change({ emailText: detail.value })}
            />
          </FormField>
          <FormField
            label="Text message"
            stretch
            constraintText="With {code} in it. At most 160 characters."
            errorText={error('messages.smsText')}
          >
            <Textarea
              rows={2}
              readOnly={readOnly}
              value={fields.smsText}
              onChange={({ detail }) => change({ smsText: detail.value })}
            />
          </FormField>
        </SpaceBetween>
      </Container>
    </form>
  );
}
