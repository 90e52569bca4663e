import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { OwnApiStack } from '../../examples/own-api/own-api-stack.ts';
import { LatchkeyStack } from '../../lib/index.ts';
import { newApp } from './templates.ts';
import { variants } from './variants.ts';

/**
 * Why a statement may name more than one thing, by the resource that has it. `*` within an ARN counts: everything
 * but the last entry of an API's method ARN is one.
 */
const REASONS: Readonly<Record<string, string>> = {
  'Policy xray:PutTelemetryRecords xray:PutTraceSegments':
    'X-Ray has no resources: a trace is sent to all of it or to none',
  'Policy s3:DeleteObject s3:PutObject': "the objects of the dashboard's own bucket",
  'BucketPolicy s3:GetObject': "the objects of the dashboard's own bucket, for one distribution",
  'TopicPolicy sns:Publish': 'a denial: to everybody who does not come by TLS',
  'BucketPolicy s3:*': 'a denial: of everything that does not come by HTTPS',
};

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped
type Json = any;

interface Statement {
  /** Type and actions of what has it: `Policy dynamodb:Query`. */
  readonly name: string;
  readonly resource: string;
  readonly statement: Json;
}

/** Every policy statement there is, wherever it stands. */
function statementsOf(template: Json): Statement[] {
  const found: Statement[] = [];
  const visit = (value: Json, resource: string, type: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value.Statement)) {
      for (const statement of value.Statement) {
        const actions = [statement.Action ?? statement.NotAction].flat().toSorted().join(' ');
        found.push({ name: `${type} ${actions}`, resource, statement });
      }
    }
    for (const inner of Object.values(value)) visit(inner, resource, type);
  };
  for (const [id, { Type, Properties }] of Object.entries<Json>(template.Resources)) {
    visit(Properties, id, Type.split('::').at(-1));
  }
  return found;
}

const isWild = ({ Action, NotAction, Resource, NotResource, Principal }: Json): boolean =>
  NotAction !== undefined ||
  NotResource !== undefined ||
  [Action, Resource, Principal].some((part) => part !== undefined && JSON.stringify(part).includes('*'));

const templateOf = (props: object): Json => Template.fromStack(new LatchkeyStack(newApp(), 'Test', props)).toJSON();

const templates = Object.entries(variants).map(([name, props]) => [name, templateOf(props)] as const);

describe.each(templates)('the stack: %s', (_, template) => {
  it('names every action and every resource, or says why not', () => {
    const wild = statementsOf(template).filter(({ statement }) => isWild(statement));
    expect(
      wild.filter(({ name }) => REASONS[name] === undefined).map(({ name, resource }) => [name, resource]),
    ).toEqual([]);
  });

  it('grants its functions by policies of its own', () => {
    const managed = Object.entries<Json>(template.Resources)
      .filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Role' && Properties.ManagedPolicyArns?.length > 0)
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    // Of the account's role for API Gateway's logs, where there is an access log.
    expect(managed.filter((id) => id !== 'LatchkeyApiRestApiCloudWatchRole')).toEqual([]);
  });

  it('lets nobody call a function but the service that is meant to, for this stack', () => {
    for (const { Type, Properties } of Object.values<Json>(template.Resources)) {
      if (Type !== 'AWS::Lambda::Permission') continue;
      expect(Properties.Principal).toMatch(/^(apigateway|cognito-idp|events)\.amazonaws\.com$/);
      expect(Properties.SourceArn).toBeDefined();
    }
  });

  it("gives the authorizer one write, and reads of the issuer's keys and of user pools", () => {
    const statements = statementsOf(template).filter(
      ({ resource, name }) => resource.startsWith('LatchkeyAuthorizerFunctionServiceRole') && name.startsWith('Policy'),
    );
    const granted = statements
      .map(({ statement }) => [
        [statement.Action].flat().join(' '),
        ...(statement.Condition?.['ForAllValues:StringLike']['dynamodb:LeadingKeys'] ?? []),
      ])
      .filter(([actions = '']) => !/^(logs|xray):/.test(actions));
    expect(granted).toEqual([
      ['dynamodb:UpdateItem', 'KEY#*', 'USER#*', 'SESSION#*', 'ADDRESS#*'],
      ['dynamodb:GetItem', 'ISSUER#*'],
      ['dynamodb:GetItem', 'POOL#*'],
    ]);
  });
});

it('has no reason that nothing needs', () => {
  const wild = templates.flatMap(([, template]) => statementsOf(template).filter(({ statement }) => isWild(statement)));
  expect(Object.keys(REASONS).toSorted()).toEqual([...new Set(wild.map(({ name }) => name))].toSorted());
});

it("gives an engineer's own functions nothing of the table", () => {
  const template = Template.fromStack(new OwnApiStack(newApp(), 'Own')).toJSON();
  const own = statementsOf(template).filter(({ resource }) => !resource.startsWith('Latchkey'));
  expect(own.map(({ name }) => name)).toEqual(own.map(() => 'Role sts:AssumeRole'));
  expect(own.length).toBeGreaterThan(0);
  const variables = Object.entries<Json>(template.Resources)
    .filter(([id, { Type }]) => Type === 'AWS::Lambda::Function' && !id.startsWith('Latchkey'))
    .map(([, { Properties }]) => Properties.Environment?.Variables.TABLE_NAME);
  expect(variables).toEqual(variables.map(() => undefined));
});

it('would find a wildcard', () => {
  const allow = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } };
  expect(isWild(allow)).toBe(false);
  expect(isWild({ ...allow, Action: ['dynamodb:GetItem', 'dynamodb:*'] })).toBe(true);
  expect(isWild({ ...allow, Resource: '*' })).toBe(true);
  expect(isWild({ ...allow, Resource: { 'Fn::Join': ['', [{ Ref: 'Table' }, '/index/*']] } })).toBe(true);
  expect(isWild({ ...allow, Principal: { AWS: '*' } })).toBe(true);
  expect(isWild({ Effect: 'Allow', NotAction: 'iam:PassRole', Resource: 'one' })).toBe(true);
});
