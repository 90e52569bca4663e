import { limits } from './limits.ts';

/** API Gateway's bucket of tokens: `rate` a second flow in, up to `burst` beyond what a second takes. */
export function createGateway(rate: number, burst: number) {
  let [tokens, last] = [burst, 0];

  return {
    take(milliseconds: number): boolean {
      tokens = Math.min(burst, tokens + ((milliseconds - last) * rate) / 1_000);
      last = milliseconds;
      if (tokens < 1) return false;
      tokens--;
      return true;
    },
  };
}

interface Seat {
  readonly container: number;
  readonly cold: boolean;
}

/** What requests are decided in. */
export interface Fleet {
  /** Undefined when there is none that could take it. */
  seat(milliseconds: number): Seat | undefined;
  /** @param took milliseconds that the request took there */
  leave(seat: Seat, milliseconds: number, took: number): void;
  started(): number;
}

/** A number of processes that take as many requests at once as come, each to one of them at random. */
export const createProcesses = (processes: number, random: () => number): Fleet => ({
  seat: () => ({ container: Math.floor(random() * processes), cold: false }),
  leave: () => {},
  started: () => processes,
});

/**
 * Lambda's environments: one request at a time, an idle one at random; a new one when none is idle, as far as the quota and
 * the rate of starting allow.
 * @param warm environments that there are at the start
 * @param perSecond requests that one takes in a second at the most: AWS says ten, which may be meant of a function's quota
 */
export function createEnvironments(
  most: number,
  random: () => number,
  warm = 0,
  perSecond: number = limits.environmentRate.value,
): Fleet {
  const idle: number[] = Array.from({ length: Math.min(warm, most) }, (_, index) => index);
  let started = idle.length;
  /** Who is idle again from which millisecond on. */
  const returning = new Map<number, number[]>();
  let reached = 0;
  const { value: atOnce } = limits.environmentsAtOnce;
  const gate = createGateway(atOnce / 10, atOnce);

  function advance(milliseconds: number): void {
    for (const until = Math.floor(milliseconds); reached <= until; reached++) {
      idle.push(...(returning.get(reached) ?? []));
      returning.delete(reached);
    }
  }

  return {
    seat(milliseconds) {
      advance(milliseconds);
      if (idle.length > 0) {
        const index = Math.floor(random() * idle.length);
        const container = idle[index] as number;
        idle[index] = idle.at(-1) as number;
        idle.pop();
        return { container, cold: false };
      }
      if (started >= most || !gate.take(milliseconds)) return undefined;
      return { container: started++, cold: true };
    },
    leave({ container }, milliseconds, took) {
      const until = Math.max(reached, Math.ceil(milliseconds + Math.max(took, 1_000 / perSecond)));
      returning.set(until, [...(returning.get(until) ?? []), container]);
    },
    started: () => started,
  };
}
