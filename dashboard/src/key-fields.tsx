import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { type KeyForm, limitsText, scopesFor } from './key-form.ts';
import type { Problem } from './problem.ts';
import { errorOf } from './problem-alert.tsx';
import { useSession } from './session.tsx';

interface KeyFieldsProps {
  readonly form: KeyForm;
  readonly change: (fields: Partial<KeyForm>) => void;
  readonly problem: Problem | undefined;
}

/** The fields whose errors are shown next to them. */
export const KEY_FIELDS = ['label', 'scopes', 'limits', 'tier', 'expiresInDays', 'allowedCidrs', 'allowedOrigins'];

/** What a key may call. */
export function ScopeFields({ form, change, problem }: KeyFieldsProps) {
  const { config, me } = useSession();
  const { type, allScopes, scopes } = form;
  const known = scopesFor(config, me, type);
  const mustList = type === 'restricted';
  return (
    <Container header={<Header variant="h2">Scopes</Header>}>
      <SpaceBetween size="m">
        {!mustList && (
          <RadioGroup
            ariaLabel="Scopes"
            value={allScopes ? 'all' : 'listed'}
            onChange={({ detail }) => change({ allScopes: detail.value === 'all' })}
            items={[
              {
                value: 'all',
                label: 'All scopes',
                description: `Whatever a ${type} key can have, also what is added to the API later.`,
              },
              {
                value: 'listed',
                label: 'Only these scopes',
                description: 'Safer: what leaks can do no more than this.',
              },
            ]}
          />
        )}
        {(mustList || !allScopes) && (
          <FormField
            label="Scopes"
            description={`Those that a ${type} key can have and that you have yourself.`}
            errorText={errorOf(problem, 'scopes')}
          >
            <Multiselect
              selectedOptions={scopes.map((scope) => ({ value: scope, label: scope }))}
              onChange={({ detail }) => change({ scopes: detail.selectedOptions.flatMap(({ value }) => value ?? []) })}
              options={known.map((scope) => ({ value: scope, label: scope }))}
              placeholder="Choose scopes"
              filteringType="auto"
              empty="There are no scopes for this type of key."
              deselectAriaLabel={({ label }) => `Remove ${label}`}
            />
          </FormField>
        )}
      </SpaceBetween>
    </Container>
  );
}

/** How much it may call. */
export function LimitFields({ form, change, problem }: KeyFieldsProps) {
  const { config } = useSession();
  const { tier, perMinute, perHour } = form;
  return (
    <Container header={<Header variant="h2">Limits</Header>}>
      <SpaceBetween size="m">
        <RadioGroup
          ariaLabel="Tier"
          value={tier}
          onChange={({ detail }) => change({ tier: detail.value as KeyForm['tier'] })}
          items={[
            { value: 'development', label: 'Development', description: limitsText(config.tiers.development) },
            { value: 'production', label: 'Production', description: limitsText(config.tiers.production) },
            { value: 'custom', label: 'Custom', description: 'Limits of its own.' },
          ]}
        />
        {tier === 'custom' && (
          <ColumnLayout columns={2}>
            <FormField
              label="Requests a minute"
              description="Whole minutes of UTC."
              errorText={errorOf(problem, 'limits.perMinute')}
            >
              <Input
                type="number"
                inputMode="numeric"
                value={perMinute}
                onChange={({ detail }) => change({ perMinute: detail.value })}
              />
            </FormField>
            <FormField
              label="Requests an hour"
              description="Whole hours of UTC."
              errorText={errorOf(problem, 'limits.perHour')}
            >
              <Input
                type="number"
                inputMode="numeric"
                value={perHour}
                onChange={({ detail }) => change({ perHour: detail.value })}
              />
            </FormField>
          </ColumnLayout>
        )}
      </SpaceBetween>
    </Container>
  );
}

/** From where it may call. */
export function PlaceFields({ form, change, problem }: KeyFieldsProps) {
  const { type, cidrs, origins } = form;
  return (
    <Container header={<Header variant="h2">Where it works from</Header>}>
      <SpaceBetween size="m">
        {type === 'publishable' && (
          <FormField
            label={
              <>
                Origins <i>– optional</i>
              </>
            }
            description="The pages that may use the key, one to a line. Without any, every page may."
            constraintText="Scheme, host and port, such as https://shop.example.com"
            errorText={errorOf(problem, 'allowedOrigins')}
          >
            <Textarea
              value={origins}
              rows={3}
              placeholder="https://shop.example.com"
              onChange={({ detail }) => change({ origins: detail.value })}
            />
          </FormField>
        )}
        <FormField
          label={
            <>
              Networks <i>– optional</i>
            </>
          }
          description="The networks that the key works from, one to a line. Without any, it works from everywhere."
          constraintText="IPv4 or IPv6 CIDR, such as 192.0.2.0/24 or 2001:db8::/32"
          errorText={errorOf(problem, 'allowedCidrs')}
        >
          <Textarea
            value={cidrs}
            rows={3}
            placeholder="192.0.2.0/24"
            onChange={({ detail }) => change({ cidrs: detail.value })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}
