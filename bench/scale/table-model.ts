import { assumed, limits } from './limits.ts';

interface Partition {
  /** Its part of the space of hashes, from 0 to 1. */
  readonly from: number;
  readonly to: number;
  second: number;
  /** Units written in that second. */
  used: number;
  /** Seconds in which it was full, of late. */
  heat: number;
  written: number;
  refused: number;
  peak: number;
}

export interface TableModelOptions {
  readonly partitions: number;
  /** Write units a second of the whole table. */
  readonly quota?: number;
  /** Of the space of hashes, the part that this model has; its partitions are this part's. @default 1 */
  readonly share?: number;
}

export type Written = 'written' | 'partition_full' | 'quota_reached';

/**
 * DynamoDB's partitions, for writes of one unit: each takes 1,000 in a second and no more, however idle it was before. A
 * partition that goes on being full is split in the middle of its hashes, so that in the end a busy item has one of its own;
 * what one item can take stays as it was.
 */
export function createTableModel({
  partitions: count,
  quota = Number.POSITIVE_INFINITY,
  share = 1,
}: TableModelOptions) {
  const own = Math.max(1, Math.round(count * share));
  const partitions = Array.from({ length: own }, (_, index) => newPartition(index / own, (index + 1) / own));
  const ownQuota = quota * share;
  let [second, used, beyondQuota] = [0, 0, 0];

  const indexOf = (place: number): number => {
    let [from, to] = [0, partitions.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((partitions[middle] as Partition).to > place) to = middle;
      else from = middle + 1;
    }
    return from;
  };

  function roll(index: number, now: number): Partition {
    const partition = partitions[index] as Partition;
    if (now <= partition.second) return partition;
    const full = partition.used >= limits.partitionWrites.value && now === partition.second + 1;
    partition.heat = full ? partition.heat + 1 : 0;
    partition.second = now;
    partition.used = 0;
    if (partition.heat < assumed.splitsAfter) return partition;
    const middle = (partition.from + partition.to) / 2;
    const { refused, peak } = partition;
    // What was written goes with the first half: a split takes from no sum.
    const halves = [
      { ...newPartition(partition.from, middle), second: now, written: partition.written, refused, peak },
      { ...newPartition(middle, partition.to), second: now },
    ] as const;
    partitions.splice(index, 1, ...halves);
    return halves[0];
  }

  /** @param place where the item's hash is, from 0 to 1 */
  function write(place: number, milliseconds: number): Written {
    const now = Math.floor(milliseconds / 1_000);
    if (now > second) [second, used] = [now, 0];
    const before = partitions.length;
    let partition = roll(indexOf(place), now);
    if (partitions.length > before) partition = partitions[indexOf(place)] as Partition;
    if (used >= ownQuota) {
      beyondQuota++;
      return 'quota_reached';
    }
    if (partition.used >= limits.partitionWrites.value) {
      partition.refused++;
      return 'partition_full';
    }
    used++;
    partition.used++;
    partition.written++;
    partition.peak = Math.max(partition.peak, partition.used);
    return 'written';
  }

  function figures() {
    const written = partitions.reduce((sum, partition) => sum + partition.written, 0);
    const refused = partitions.reduce((sum, partition) => sum + partition.refused, 0) + beyondQuota;
    const hottest = partitions.toSorted((a, b) => b.peak - a.peak)[0] as Partition;
    return {
      partitions: partitions.length,
      written,
      refused,
      /** Units in its busiest second. */
      hottestPeak: hottest.peak,
    };
  }

  /** Counts anew from here on. */
  function forget(): void {
    beyondQuota = 0;
    for (const partition of partitions) Object.assign(partition, { written: 0, refused: 0, peak: 0 });
  }

  return { write, figures, forget };
}

const newPartition = (from: number, to: number): Partition => ({
  from,
  to,
  second: 0,
  used: 0,
  heat: 0,
  written: 0,
  refused: 0,
  peak: 0,
});
