import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../bin/settings.ts';
import { environment } from '../../lambdas/contract/environment.ts';
import {
  denials,
  deniedBy,
  METRICS_DIMENSION,
  METRICS_NAMESPACE,
  metric,
  refusals,
} from '../../lambdas/contract/metrics.ts';
import { LatchkeyStack, type LatchkeyStackProps } from '../../lib/index.ts';
import { newApp, resources } from './templates.ts';

const templateOf = (props: LatchkeyStackProps = {}) => Template.fromStack(new LatchkeyStack(newApp(), 'Test', props));

const template = templateOf({ alarmEmail: 'oncall@acme.example' });
const alarms = resources(template, 'AWS::CloudWatch::Alarm');
const [topicId] = Object.keys(resources(template, 'AWS::SNS::Topic'));

/** The dashboard as CloudWatch gets it, with a name in the place of what is known only after the deployment. */
const dashboard = (of: Template): string =>
  Object.values(resources(of, 'AWS::CloudWatch::Dashboard'))
    .flatMap(({ Properties }) => Properties.DashboardBody['Fn::Join'][1])
    .map((part) => (typeof part === 'string' ? part : (part.Ref ?? part['Fn::GetAtt'].join('.'))))
    .join('');

type Shown = [namespace: string, name: string, ...dimensions: unknown[]];
const shown = (JSON.parse(dashboard(template)).widgets as { properties: { metrics?: Shown[] } }[]).flatMap(
  ({ properties }) => properties.metrics ?? [],
);

/** The authorizer and the rotation by their logical ids. */
const functionCalled = (description: RegExp): string =>
  Object.entries(resources(template, 'AWS::Lambda::Function')).find(([, { Properties }]) =>
    description.test(Properties.Description),
  )?.[0] ?? '';
const authorizer = functionCalled(/^Decides every request/);
const rotation = functionCalled(/rotates the keys that sign/);

/** What the functions write, and by which of them. */
const written = new Map<string, string>([
  ...Object.values(metric).map((name) => [name, authorizer] as const),
  ...[...refusals, ...denials].map((code) => [deniedBy(code), authorizer] as const),
  [metric.rotationChecks, rotation],
]);

describe('an alarm', () => {
  it.each(Object.entries(alarms))('%s notifies the topic, and says when it is over', (_, { Properties }) => {
    expect(Properties.AlarmActions).toEqual([{ Ref: topicId }]);
    expect(Properties.OKActions).toEqual([{ Ref: topicId }]);
    expect(Properties.AlarmDescription).toMatch(/^Latchkey: .+\.$/);
  });

  it('is there for what has to wake somebody', () => {
    const watched = Object.values(alarms).map(
      ({ Properties: { Namespace, MetricName } }) => `${Namespace} ${MetricName}`,
    );
    expect(watched.toSorted()).toEqual([
      'AWS/ApiGateway 5XXError',
      'AWS/DynamoDB ReadThrottleEvents',
      'AWS/DynamoDB WriteThrottleEvents',
      'AWS/Lambda ConcurrentExecutions',
      'AWS/Lambda Errors',
      'AWS/Lambda Throttles',
      'Latchkey AuthorizerLatency',
      'Latchkey Denied',
      'Latchkey RotationChecks',
      'Latchkey Unavailable',
    ]);
  });

  it('takes no errors of the authorizer for trouble, which are its 401s', () => {
    const errors = Object.values(alarms).filter(({ Properties }) => Properties.MetricName === 'Errors');
    expect(errors.map(({ Properties }) => Properties.Dimensions)).toEqual([
      [{ Name: 'FunctionName', Value: { Ref: rotation } }],
    ]);
  });

  it('goes off for want of data only where data has to come', () => {
    const breaching = Object.values(alarms).filter(({ Properties }) => Properties.TreatMissingData === 'breaching');
    expect(breaching.map(({ Properties }) => Properties.MetricName)).toEqual([metric.rotationChecks]);
    const others = Object.values(alarms).filter((alarm) => !breaching.includes(alarm));
    for (const { Properties } of others) expect(Properties.TreatMissingData).toBe('notBreaching');
  });

  it('looks for metrics that a function writes, by the name of that function', () => {
    const own = Object.values(alarms).filter(({ Properties }) => Properties.Namespace === METRICS_NAMESPACE);
    for (const { Properties } of own) {
      expect(Properties.Dimensions).toEqual([
        { Name: METRICS_DIMENSION, Value: { Ref: written.get(Properties.MetricName) } },
      ]);
    }
  });

  it('of the API goes by its name', () => {
    const [api] = Object.values(resources(template, 'AWS::ApiGateway::RestApi'));
    const [alarm] = Object.values(alarms).filter(({ Properties }) => Properties.Namespace === 'AWS/ApiGateway');
    expect(alarm?.Properties.Dimensions).toEqual([{ Name: 'ApiName', Value: api?.Properties.Name }]);
  });
});

describe('the dashboard', () => {
  it('shows each metric that the functions write, and no other of theirs', () => {
    const own = shown.filter(([namespace]) => namespace === METRICS_NAMESPACE);
    expect(new Set(own.map(([, name]) => name))).toEqual(new Set(written.keys()));
    for (const [, name, dimension, fn] of own) expect([dimension, fn]).toEqual([METRICS_DIMENSION, written.get(name)]);
  });

  it('shows mail where the deployment sends any', () => {
    expect(shown.map(([namespace]) => namespace)).not.toContain('AWS/SES');
    expect(dashboard(templateOf({ mail: { from: 'keys@acme.example' } }))).toContain('AWS/SES');
  });

  it('is where the output says', () => {
    expect(JSON.stringify(template.findOutputs('MonitoringUrl'))).toContain('#dashboards/dashboard/');
    expect(Object.values(template.findOutputs('AlarmTopicArn'))[0]?.Value).toEqual({ Ref: topicId });
  });
});

describe('the topic', () => {
  it('has the address that was named, and takes alarms of this account alone', () => {
    const subscriptions = Object.values(resources(template, 'AWS::SNS::Subscription'));
    expect(subscriptions.map(({ Properties }) => Properties)).toMatchObject([
      { Protocol: 'email', Endpoint: 'oncall@acme.example', TopicArn: { Ref: topicId } },
    ]);
    const [policy] = Object.values(resources(template, 'AWS::SNS::TopicPolicy'));
    const allowed = policy?.Properties.PolicyDocument.Statement.filter(
      ({ Effect }: { Effect: string }) => Effect === 'Allow',
    );
    expect(allowed).toMatchObject([
      {
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Resource: { Ref: topicId },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  it('has nobody whose address is none', () => {
    expect(() => templateOf({ alarmEmail: 'oncall' })).toThrow(/oncall@acme\.example/);
    expect(() => templateOf({ alarmEmail: 'oncall@acme.example', monitoring: false })).toThrow(/alarmEmail/);
  });
});

describe('monitoring', () => {
  const counts = (of: Template) =>
    ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::SNS::Topic'].map(
      (type) => Object.keys(resources(of, type)).length,
    );
  const variablesOf = (of: Template) =>
    JSON.stringify(
      Object.values(resources(of, 'AWS::Lambda::Function')).map(({ Properties }) => Properties.Environment),
    );

  it('is there in prod, and in dev where it is asked for', () => {
    expect(counts(template)).toEqual([10, 1, 1]);
    expect(counts(templateOf({ stage: 'dev' }))).toEqual([0, 0, 0]);
    expect(counts(templateOf({ stage: 'dev', monitoring: true }))).toEqual([10, 1, 1]);
  });

  it('can be left away, and with it the metrics, which are paid', () => {
    const without = templateOf({ monitoring: false });
    expect(counts(without)).toEqual([0, 0, 0]);
    expect(variablesOf(without)).not.toContain(environment.metricsNamespace);
    expect(variablesOf(template)).toContain(environment.metricsNamespace);
    expect(Object.keys(without.findOutputs('MonitoringUrl'))).toEqual([]);
  });

  it('is what the settings say', async () => {
    const said: Record<string, string> = { monitoring: 'false', alarmEmail: 'oncall@acme.example' };
    expect(await readSettings((name) => said[name])).toMatchObject({
      monitoring: false,
      alarmEmail: 'oncall@acme.example',
    });
    await expect(readSettings((name) => (name === 'monitoring' ? 'maybe' : undefined))).rejects.toThrow(/monitoring/);
  });
});
