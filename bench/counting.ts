import { ConditionFailedError, type Operations, type Transport } from '../lambdas/adapters/dynamodb/transport.ts';

/** What DynamoDB was asked, and what it charges for that. */
export interface Counted {
  readonly reads: number;
  readonly writes: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** How often each operation. */
  readonly operations: ReadonlyMap<keyof Operations, number>;
}

const READS: readonly (keyof Operations)[] = ['GetItem', 'Query', 'BatchGetItem'];

type Capacity = { readonly CapacityUnits?: number | undefined };

/**
 * Counts what goes through transports, with the capacity that DynamoDB reports. A write whose condition fails is charged
 * as a write; the item then comes with the answer, so dynalite's way to it, a read, is not counted.
 */
export function createCounter() {
  let operations = new Map<keyof Operations, number>();
  let [readUnits, writeUnits] = [0, 0];
  const failed = new Set<string>();

  const observe =
    (transport: Transport): Transport =>
    async (operation, input) => {
      const key = 'Key' in input ? JSON.stringify(input.Key) : '';
      if (operation === 'GetItem' && failed.delete(key)) return transport(operation, input);
      operations.set(operation, (operations.get(operation) ?? 0) + 1);
      try {
        const output = await transport(operation, { ...input, ReturnConsumedCapacity: 'TOTAL' });
        const { ConsumedCapacity } = output as { ConsumedCapacity?: Capacity | Capacity[] };
        const units = [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        if (READS.includes(operation)) readUnits += units;
        else writeUnits += units;
        return output;
      } catch (error) {
        if (!(error instanceof ConditionFailedError)) throw error;
        writeUnits += 1;
        if (!error.item) failed.add(key);
        throw error;
      }
    };

  /** What so many of something asked for, each. */
  async function count(times: number, make: () => Promise<unknown>): Promise<Counted> {
    operations = new Map();
    [readUnits, writeUnits] = [0, 0];
    for (let n = 0; n < times; n++) await make();
    let reads = 0;
    let all = 0;
    for (const [operation, number] of operations) {
      all += number;
      if (READS.includes(operation)) reads += number;
    }
    return {
      reads: reads / times,
      writes: (all - reads) / times,
      readUnits: readUnits / times,
      writeUnits: writeUnits / times,
      operations: new Map([...operations].map(([operation, number]) => [operation, number / times])),
    };
  }

  return { observe, count };
}

/** One transport, counted. */
export function createCounting(transport: Transport) {
  const { observe, count } = createCounter();
  return { transport: observe(transport), count };
}
