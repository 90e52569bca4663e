/** List prices in us-east-1, in US dollars, without taxes, free tiers and commitments. */
export const PRICED_ON = '2026-11-25';

/** What the first so many cost each, then the next: the last goes on. */
export type Tiers = readonly (readonly [units: number, price: number])[];

const MILLION = 1e6;

export const prices = {
  /** https://aws.amazon.com/api-gateway/pricing/: a request to a REST API, by the month. */
  restRequest: [
    [333e6, 3.5 / MILLION],
    [667e6, 2.8 / MILLION],
    [19e9, 2.38 / MILLION],
    [Number.POSITIVE_INFINITY, 1.51 / MILLION],
  ],
  /** The same of an HTTP API, for comparison. */
  httpRequest: [
    [300e6, 1 / MILLION],
    [Number.POSITIVE_INFINITY, 0.9 / MILLION],
  ],
  /** https://aws.amazon.com/lambda/pricing/, arm64. */
  lambdaRequest: [[Number.POSITIVE_INFINITY, 0.2 / MILLION]],
  lambdaGigabyteSecond: [
    [7.5e9, 0.0000133334],
    [11.25e9, 0.0000120001],
    [Number.POSITIVE_INFINITY, 0.0000106667],
  ],
  /** https://aws.amazon.com/dynamodb/pricing/: a unit written or read on demand, one provisioned for an hour, a GB stored for a month. */
  writeRequest: [[Number.POSITIVE_INFINITY, 0.625 / MILLION]],
  readRequest: [[Number.POSITIVE_INFINITY, 0.125 / MILLION]],
  writeCapacityHour: [[Number.POSITIVE_INFINITY, 0.00065]],
  readCapacityHour: [[Number.POSITIVE_INFINITY, 0.00013]],
  storedGigabyteMonth: [[Number.POSITIVE_INFINITY, 0.25]],
  /** https://aws.amazon.com/cloudwatch/pricing/: what Lambda functions log, by the GB. */
  lambdaLogGigabyte: [
    [10_240, 0.5],
    [20_480, 0.25],
    [20_480, 0.1],
    [Number.POSITIVE_INFINITY, 0.05],
  ],
  /** https://aws.amazon.com/fargate/pricing/, Linux on ARM. */
  fargateCpuHour: [[Number.POSITIVE_INFINITY, 0.03238]],
  fargateGigabyteHour: [[Number.POSITIVE_INFINITY, 0.00356]],
  /** https://aws.amazon.com/elasticloadbalancing/pricing/: a network load balancer's capacity unit for an hour, 1 GB of TCP. */
  networkCapacityHour: [[Number.POSITIVE_INFINITY, 0.006]],
} as const satisfies Record<string, Tiers>;

export const HOURS_A_MONTH = 730;

/** What so many units cost, tier by tier. */
export function priceOf(tiers: Tiers, units: number): number {
  let [left, sum] = [units, 0];
  for (const [size, price] of tiers) {
    const taken = Math.min(left, size);
    sum += taken * price;
    left -= taken;
  }
  return sum;
}
