import type { Operations, Transport } from '../lambdas/adapters/dynamodb/transport.ts';

/** A transport that counts what goes through it, and what DynamoDB charges for that. */
export function createCounting(transport: Transport) {
  const counts = new Map<keyof Operations, number>();
  let units = 0;
  const counting: Transport = async (operation, input) => {
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    const output = await transport(operation, { ...input, ReturnConsumedCapacity: 'TOTAL' });
    units += (output as Operations['UpdateItem']['output']).ConsumedCapacity?.CapacityUnits ?? 0;
    return output;
  };

  /** Operations, which, and units, for each of so many requests that `make` makes one after another. */
  async function count(requests: number, make: () => Promise<unknown>): Promise<[number, string, number]> {
    counts.clear();
    units = 0;
    for (let n = 0; n < requests; n++) await make();
    const operations = [...counts].map(([operation, times]) => `${operation} ${times / requests}`).join(', ');
    return [[...counts.values()].reduce((sum, times) => sum + times, 0) / requests, operations, units / requests];
  }

  return { transport: counting, count };
}
