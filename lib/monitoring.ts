import { Aws, Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  AlarmStatusWidget,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { environment } from '../lambdas/contract/environment.ts';
import {
  denials,
  deniedBy,
  METRICS_DIMENSION,
  METRICS_NAMESPACE,
  metric,
  refusals,
} from '../lambdas/contract/metrics.ts';
import type { Api } from './api.ts';
import type { Identity } from './identity.ts';
import { isMailAddress } from './mail.ts';
import type { LatchkeyTable } from './table.ts';

export interface MonitoringProps {
  readonly api: Api;
  readonly table: LatchkeyTable;
  readonly identity: Identity;
  readonly authorizer: LambdaFunction;
  /** Of the signing keys. */
  readonly rotation: LambdaFunction;
  /** Those that answer requests, by what they are called. */
  readonly functions: Readonly<Record<string, LambdaFunction>>;
  /** Whether the deployment sends mail by SES. */
  readonly mails: boolean;
  /** Who is told of an alarm. */
  readonly alarmEmail: string | undefined;
}

type Graph = readonly [title: string, left: IMetric[], right?: IMetric[]];

const MINUTE = Duration.minutes(1);
const DAY = Duration.days(1);

/** What tells the engineer on call: metrics of the functions' own, a dashboard, and alarms that notify a topic. */
export class Monitoring extends Construct {
  readonly topic: Topic;
  readonly dashboard: Dashboard;
  readonly dashboardUrl: string;
  readonly alarms: Alarm[] = [];
  private readonly props: MonitoringProps;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    this.props = props;
    const { authorizer, rotation, alarmEmail } = props;
    for (const fn of [authorizer, rotation]) fn.addEnvironment(environment.metricsNamespace, METRICS_NAMESPACE);
    this.topic = this.addTopic(alarmEmail);
    this.alarmOfRequests();
    this.alarmOfCapacity();
    this.alarmOfSigningKeys();
    this.dashboard = this.addDashboard();
    const console = `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}`;
    this.dashboardUrl = `${console}#dashboards/dashboard/${this.dashboard.dashboardName}`;
  }

  private addTopic(alarmEmail: string | undefined): Topic {
    if (alarmEmail !== undefined && !isMailAddress(alarmEmail))
      throw new Error(`Not a plain address such as oncall@acme.example: ${alarmEmail}`);
    const topic = new Topic(this, 'Alarms', { displayName: 'Latchkey alarms', enforceSSL: true });
    // A topic with a policy of its own has no other: this account's alarms have to be let in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(alarmEmail));
    return topic;
  }

  /**
   * No sign of trouble, and so no alarm: `Errors` of the authorizer, since each 401 is one, and the table's
   * `ConditionalCheckFailedRequests`, since that is how a request is refused.
   */
  private alarmOfRequests(): void {
    const { api } = this.props;
    this.alarm('ServerErrors', 'Requests are answered 5xx, three minutes of five', {
      metric: api.restApi.metricServerError({ period: MINUTE, statistic: 'Sum' }),
      threshold: 1,
      ...dataPoints(3, 5),
    });
    this.alarm('Unavailable', 'Requests cannot be decided and are answered 503', {
      metric: this.own(metric.unavailable),
      threshold: 1,
      ...dataPoints(2, 5),
    });
    this.alarm('SlowAuthorizer', 'One request of a hundred waits half a second for the authorizer', {
      metric: this.own(metric.latency, 'p99'),
      threshold: 500,
      ...dataPoints(3, 5),
    });
    this.alarm('Denials', 'Many requests are refused: a key in use was revoked, or somebody guesses', {
      metric: this.own(metric.denied).with({ period: Duration.minutes(5) }),
      threshold: 1_000,
      ...dataPoints(2, 3),
    });
  }

  private alarmOfCapacity(): void {
    const { authorizer } = this.props;
    for (const name of ['Write', 'Read'] as const) {
      this.alarm(`Table${name}Throttles`, `The table throttles: ${name.toLowerCase()}s`, {
        metric: this.ofTable(`${name}ThrottleEvents`),
        threshold: 10,
        ...dataPoints(3, 5),
      });
    }
    this.alarm('AuthorizerThrottles', 'Lambda runs no more authorizers: requests are answered 5xx', {
      metric: authorizer.metricThrottles({ period: MINUTE }),
      threshold: 1,
      ...dataPoints(2, 5),
    });
    this.alarm('Concurrency', "The account's functions are near the limit of 1,000 at once", {
      metric: accountConcurrency(),
      threshold: 800,
      ...dataPoints(3, 5),
    });
  }

  private alarmOfSigningKeys(): void {
    const { rotation } = this.props;
    this.alarm('RotationFailed', 'The signing keys could not be looked after', {
      metric: rotation.metricErrors({ period: Duration.hours(1) }),
      threshold: 1,
      ...dataPoints(1, 1),
    });
    this.alarm('RotationMissing', 'Nobody has looked after the signing keys for two days', {
      metric: this.own(metric.rotationChecks, 'Sum', rotation).with({ period: DAY }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      ...dataPoints(2, 2),
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  private alarm(id: string, alarmDescription: string, props: AlarmProps): void {
    const alarm = new Alarm(this, id, {
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
      alarmDescription: `Latchkey: ${alarmDescription}.`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    this.alarms.push(alarm);
  }

  private addDashboard(): Dashboard {
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.hours(3) });
    dashboard.addWidgets(new AlarmStatusWidget({ alarms: this.alarms, title: 'Alarms', width: 24, height: 3 }));
    const graphs = [...this.graphsOfRequests(), ...this.graphsOfCapacity(), ...this.graphsOfPeopleAndKeys()];
    for (let row = 0; row < graphs.length; row += 3) {
      const widgets = graphs.slice(row, row + 3).map(([title, left, right]) => graph(title, left, right));
      dashboard.addWidgets(...widgets);
    }
    return dashboard;
  }

  private graphsOfRequests(): readonly Graph[] {
    const { restApi } = this.props.api;
    const counters = [metric.authorized, metric.denied, metric.limited, metric.unavailable];
    const codes = [...refusals, ...denials].map((code) => this.own(deniedBy(code)).with({ label: code }));
    const quantiles = ['p50', 'p99'];
    return [
      ['Requests, as the authorizer decided them', counters.map((name) => this.own(name))],
      ['Denials by code', codes],
      ['Answers of the API', [restApi.metricCount()], [restApi.metricServerError(), restApi.metricClientError()]],
      ['Authorizer: milliseconds', quantiles.map((statistic) => this.own(metric.latency, statistic))],
      [
        'API: milliseconds',
        quantiles.flatMap((statistic) => [
          restApi.metricLatency({ statistic, label: `Latency ${statistic}` }),
          restApi.metricIntegrationLatency({ statistic, label: `IntegrationLatency ${statistic}` }),
        ]),
      ],
    ];
  }

  private graphsOfCapacity(): readonly Graph[] {
    const { authorizer, functions } = this.props;
    const all = Object.entries(functions);
    return [
      ['Table: capacity used', [this.ofTable('ConsumedWriteCapacityUnits'), this.ofTable('ConsumedReadCapacityUnits')]],
      [
        'Table: throttles and retries',
        [this.ofTable('WriteThrottleEvents'), this.ofTable('ReadThrottleEvents')],
        [this.own(metric.storeThrottles), this.own(metric.storeRetries)],
      ],
      [
        'Functions at once',
        [accountConcurrency().with({ label: 'account: ConcurrentExecutions' }), concurrencyOf(authorizer)],
        [authorizer.metricThrottles({ label: 'authorizer: Throttles' })],
      ],
      // Of a function that answers an error, whatever its status, Lambda counts none: these are crashes and timeouts.
      ['Functions: errors', all.map(([label, fn]) => fn.metricErrors({ label }))],
      ['Functions: p99 milliseconds', all.map(([label, fn]) => fn.metricDuration({ statistic: 'p99', label }))],
      ['Functions: throttles', all.map(([label, fn]) => fn.metricThrottles({ label }))],
    ];
  }

  private graphsOfPeopleAndKeys(): readonly Graph[] {
    const { identity, rotation, mails } = this.props;
    const ofPool = (metricName: string) =>
      new Metric({
        namespace: 'AWS/Cognito',
        metricName,
        dimensionsMap: {
          UserPool: identity.userPool.userPoolId,
          UserPoolClient: identity.client.userPoolClientId,
        },
        statistic: 'Sum',
      });
    const ofMail = (metricName: string, statistic: string) =>
      new Metric({ namespace: 'AWS/SES', metricName, statistic });
    const mail: readonly Graph[] = [
      ['Mail of the account', [ofMail('Send', 'Sum'), ofMail('Bounce', 'Sum'), ofMail('Reject', 'Sum')]],
    ];
    return [
      [
        'User pool',
        ['SignInSuccesses', 'SignUpSuccesses'].map(ofPool),
        ['SignInThrottles', 'SignUpThrottles'].map(ofPool),
      ],
      [
        'Signing keys: looked after, and failures',
        [this.own(metric.rotationChecks, 'Sum', rotation).with({ period: DAY })],
        [rotation.metricErrors({ period: DAY })],
      ],
      ...(mails ? mail : []),
    ];
  }

  /** A metric that the functions themselves write. */
  private own(metricName: string, statistic = 'Sum', fn: LambdaFunction = this.props.authorizer): Metric {
    const dimensionsMap = { [METRICS_DIMENSION]: fn.functionName };
    return new Metric({ namespace: METRICS_NAMESPACE, metricName, dimensionsMap, statistic, period: MINUTE });
  }

  private ofTable(metricName: string): Metric {
    const dimensionsMap = { TableName: this.props.table.table.tableName };
    return new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap, statistic: 'Sum', period: MINUTE });
  }
}

/** So many of the last periods. What is written in logs may come late: one period by itself says little. */
const dataPoints = (datapointsToAlarm: number, evaluationPeriods: number) => ({ datapointsToAlarm, evaluationPeriods });

const accountConcurrency = (): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'ConcurrentExecutions',
    statistic: 'Maximum',
    period: MINUTE,
  });

const concurrencyOf = (fn: LambdaFunction): Metric =>
  fn.metric('ConcurrentExecutions', {
    statistic: 'Maximum',
    period: MINUTE,
    label: 'authorizer: ConcurrentExecutions',
  });

const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, left, right, width: 8, height: 6 });
