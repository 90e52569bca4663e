/**
 * List prices in us-east-1, in dollars, without any free tier, as of 2026-11-25:
 * https://aws.amazon.com/api-gateway/pricing/, https://aws.amazon.com/lambda/pricing/ (Arm),
 * https://aws.amazon.com/dynamodb/pricing/on-demand/, https://aws.amazon.com/dynamodb/pricing/provisioned/,
 * https://aws.amazon.com/cloudwatch/pricing/
 */
export const prices = {
  /** For a million requests, up to the first 333 millions of a month. */
  restApi: 3.5,
  /** For a million requests, up to the first 300 millions of a month: an HTTP API, for comparison. */
  httpApi: 1,
  lambda: { millionRequests: 0.2, gigabyteSecond: 0.0000133334 },
  onDemand: { millionWriteUnits: 0.625, millionReadUnits: 0.125 },
  /** A unit for an hour. */
  provisioned: { writeUnit: 0.00065, readUnit: 0.00013 },
  /** A gigabyte of logs taken in. */
  logs: 0.5,
} as const;
