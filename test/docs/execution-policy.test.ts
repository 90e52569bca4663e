import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { LatchkeyStack } from '../../lib/index.ts';
import { newApp } from '../infra/templates.ts';
import { variants } from '../infra/variants.ts';
import { ROOT } from './pages.ts';

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const text = readFileSync(join(ROOT, 'docs/execution-policy.json'), 'utf8');
const statements: readonly Statement[] = JSON.parse(text).Statement;
const services = new Set(statements.flatMap(({ Action }) => [Action].flat().map((action) => action.split(':')[0])));

/** By which service's actions CloudFormation makes a resource, where that is not in the type's name. */
const MADE_BY: Readonly<Record<string, string>> = {
  Cognito: 'cognito-idp',
  ApplicationAutoScaling: 'application-autoscaling',
};

it('lets CloudFormation make every resource that a setting leads to, and no service more', () => {
  const types = Object.values(variants).flatMap((props) =>
    Object.values(
      Template.fromStack(new LatchkeyStack(newApp(), 'Test', props)).toJSON().Resources as Record<
        string,
        { Type: string }
      >,
    ).map(({ Type }) => Type),
  );
  const made = types.filter((type) => type.startsWith('AWS::')).map((type) => type.split('::')[1] ?? '');
  const needed = new Set(made.map((name) => MADE_BY[name] ?? name.toLowerCase()));
  // These it asks on the way: whose the mail and the certificates are, and how the account was bootstrapped.
  expect([...services].toSorted()).toEqual([...needed, 'acm', 'ses', 'ssm'].toSorted());
});

it("touches no role, bucket or secret that is not the stack's", () => {
  const resourcesOf = (sid: string) => [statements.find(({ Sid }) => Sid === sid)?.Resource ?? '*'].flat();
  for (const sid of ['Roles', 'PassRoles']) expect(resourcesOf(sid)).toEqual(['arn:aws:iam::*:role/Latchkey*']);
  for (const resource of [...resourcesOf('Buckets'), ...resourcesOf('Secrets')])
    expect(resource).toMatch(/(?:[Ll]atchkey-?\*|cdk-hnb659fds-assets-\*)$/);
});

it('is short enough for a managed policy', () => {
  expect(text.replaceAll(/\s/g, '').length).toBeLessThan(6_144);
});
