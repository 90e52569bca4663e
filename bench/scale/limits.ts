/** When the pages were looked up. */
export const LOOKED_UP = '2026-11-25';

const DYNAMODB = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';
const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg';

/** What AWS documents, as far as the models take it. Per second, where it is a rate. */
export const limits = {
  partitionWrites: {
    value: 1_000,
    what: 'DynamoDB, write units a second of a partition, and so of one item',
    page: `${DYNAMODB}/throttling-key-range-limit-exceeded-mitigation.html`,
  },
  newTableWrites: {
    value: 4_000,
    what: 'DynamoDB, writes a second that a new table on demand takes at once',
    page: `${DYNAMODB}/on-demand-capacity-mode.html`,
  },
  doublingMinutes: {
    value: 30,
    what: 'DynamoDB, minutes in which a table on demand may be asked for twice its earlier peak, and no more',
    page: `${DYNAMODB}/on-demand-capacity-mode.html`,
  },
  tableWrites: {
    value: 40_000,
    what: 'DynamoDB, write units a second of a table, by default',
    page: `${DYNAMODB}/ServiceQuotas.html`,
  },
  concurrency: {
    value: 1_000,
    what: 'Lambda, functions at once in an account and Region, by default',
    page: `${LAMBDA}/gettingstarted-limits.html`,
  },
  environmentRate: {
    value: 10,
    what: 'Lambda, requests a second of one environment that is called synchronously',
    page: `${LAMBDA}/gettingstarted-limits.html`,
  },
  environmentsAtOnce: {
    value: 1_000,
    what: 'Lambda, environments that a function may start at once; as many again every 10 s',
    page: `${LAMBDA}/scaling-behavior.html`,
  },
  gatewayRate: {
    value: 10_000,
    what: 'API Gateway, requests a second in an account and Region, by default',
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
  },
  gatewayBurst: {
    value: 5_000,
    what: 'API Gateway, requests beyond that at once',
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
  },
  distributionRate: {
    value: 250_000,
    what: 'CloudFront, requests a second of a distribution, by default',
    page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html',
  },
} as const;

/** What AWS does not document, or what depends on the load: taken to be this. */
export const assumed = {
  /** One write to DynamoDB as the authorizer sees it: at least this, in milliseconds, and on average so much more. */
  writeAtLeast: 3,
  writeBeyond: 2,
  /** The authorizer's own time for a request, in milliseconds. */
  own: 1,
  /** What a new environment adds to its first request, in milliseconds. */
  coldStart: 250,
  /** Seconds for which a partition is full before it is split. */
  splitsAfter: 300,
  /** How long a user's own function takes, in seconds. */
  ownFunction: 0.05,
  /** Requests a second that one process with one vCPU decides. */
  processRate: 2_500,
  /** Of a process's time, and of a table's capacity, the part that is used. */
  utilization: 0.6,
  /** Bytes of a request and its answer, through a load balancer. */
  exchangeBytes: 2_048,
  /** What the authorizer logs for a request that is let in, where a container is asked often: its share of a line of metrics. */
  logBytes: 6,
} as const;
