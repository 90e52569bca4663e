import { HOURS_A_MONTH, priceOf, prices } from '../prices.ts';
import { assumed } from './limits.ts';
import { AUTHORIZER_SECONDS } from './ramp.ts';

export interface Costed {
  readonly requestsPerSecond: number;
  readonly writesPerRequest: number;
  /** API Gateway and functions, as the stack is; or a load balancer and processes. */
  readonly front: 'api-gateway' | 'processes';
}

/** Dollars a month, of a load that is the same at every hour. A user's own function and what goes out to the internet is not in it. */
export interface Cost {
  readonly front: number;
  readonly deciding: number;
  readonly onDemand: number;
  readonly provisioned: number;
  readonly logs: number;
}

/** MB of the authorizer. */
const MEMORY = 256;

/** Percent of the table's capacity at which auto scaling adds more: `lib/table.ts`. */
const TABLE_UTILIZATION = 0.7;

/** What a process has, beside its vCPU, in GB. */
const PROCESS_MEMORY = 2;

/** Processes that a load takes, so that each has room. */
export const processesFor = (requestsPerSecond: number): number =>
  Math.ceil(requestsPerSecond / (assumed.processRate * assumed.utilization));

export function costOf({ requestsPerSecond, writesPerRequest, front }: Costed): Cost {
  const requests = requestsPerSecond * 3_600 * HOURS_A_MONTH;
  const writes = writesPerRequest * requests;
  const table = {
    onDemand: priceOf(prices.writeRequest, writes),
    provisioned: priceOf(
      prices.writeCapacityHour,
      ((requestsPerSecond * writesPerRequest) / TABLE_UTILIZATION) * HOURS_A_MONTH,
    ),
  };
  if (front === 'processes') {
    const hours = processesFor(requestsPerSecond) * HOURS_A_MONTH;
    const gigabytes = (requests * assumed.exchangeBytes) / 1e9;
    return {
      ...table,
      front: priceOf(prices.networkCapacityHour, gigabytes),
      deciding: priceOf(prices.fargateCpuHour, hours) + priceOf(prices.fargateGigabyteHour, hours * PROCESS_MEMORY),
      logs: 0,
    };
  }
  // Lambda bills whole milliseconds, and the processor's part goes by the memory: taken to be twice the time of the models.
  const billed = Math.ceil(AUTHORIZER_SECONDS * 1_000) * 2;
  return {
    ...table,
    front: priceOf(prices.restRequest, requests),
    deciding:
      priceOf(prices.lambdaRequest, requests) +
      priceOf(prices.lambdaGigabyteSecond, (requests * (billed / 1_000) * MEMORY) / 1_024),
    logs: priceOf(prices.lambdaLogGigabyte, (requests * assumed.logBytes) / 2 ** 30),
  };
}

/** What stays in a month where nothing is deleted by its time: as a global table with strong consistency has it. */
export function garbageOf(
  itemsPerSecond: number,
  bytes: number,
): { readonly gigabytes: number; readonly dollars: number } {
  // DynamoDB counts 100 bytes of its own for every item.
  const gigabytes = (itemsPerSecond * 3_600 * HOURS_A_MONTH * (bytes + 100)) / 2 ** 30;
  return { gigabytes, dollars: priceOf(prices.storedGigabyteMonth, gigabytes) };
}
