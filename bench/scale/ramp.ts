import { assumed, limits } from './limits.ts';

export interface Ramp {
  /** From the first second on; before it there was nothing. */
  readonly requestsPerSecond: number;
  readonly seconds: number;
  /** Requests a second that API Gateway lets in; none where there is another front. */
  readonly gateway?: number;
  /** Functions at once, the user's own among them; none where processes decide, which are there already. */
  readonly concurrency?: number;
  readonly table: {
    /** Write units a second that it takes at once. */
    readonly warm: number;
    readonly quota: number;
    /** Minutes in which it comes to take twice as much. */
    readonly doublingMinutes: number;
  };
  readonly writesPerRequest: number;
}

export interface RampFigures {
  /** Of the requests, the part that was decided and reached its function. */
  readonly servedInMinute: number;
  readonly servedInHour: number;
  /** Of the first hour's requests, the part that each turned away. */
  readonly turnedAway: { readonly gateway: number; readonly lambda: number; readonly table: number };
  /** The first second from which on at least 99.9 % are served, or undefined. */
  readonly wholeFrom: number | undefined;
}

const HOUR = 3_600;

/** Environments that a rate of invocations takes: by how long each is, and by ten a second, whichever is more. */
export const environmentsFor = (rate: number, seconds: number): number =>
  Math.ceil(Math.max(rate * seconds, rate / limits.environmentRate.value));

/** How long the authorizer takes for a request, in seconds. */
export const AUTHORIZER_SECONDS = (assumed.own + assumed.writeAtLeast + assumed.writeBeyond) / 1_000;

/**
 * A load that is there at once, second by second, as a flow: what each of the three that it passes turns away. One after the
 * other: who is turned away by one costs the next nothing.
 */
export function simulateRamp(ramp: Ramp): RampFigures {
  const { requestsPerSecond: rate, seconds, gateway = Number.POSITIVE_INFINITY, concurrency, table } = ramp;
  const turnedAway = { gateway: 0, lambda: 0, table: 0 };
  const served = { minute: 0, hour: 0 };
  let wholeFrom: number | undefined;
  let tokens: number = limits.gatewayBurst.value;
  let [warm, busySince] = [table.warm, 0];
  for (let second = 0; second < seconds; second++) {
    const admitted = Math.min(rate, gateway + tokens);
    tokens = Math.max(0, Math.min(limits.gatewayBurst.value, tokens + gateway - admitted));
    const invoked = concurrency === undefined ? admitted : Math.min(admitted, invocable(second, concurrency));
    const able = Math.min(warm, table.quota) / ramp.writesPerRequest;
    const written = Math.min(invoked, able);
    if (invoked > able) busySince++;
    else busySince = 0;
    if (busySince >= table.doublingMinutes * 60) [warm, busySince] = [warm * 2, 0];
    if (second < 60) served.minute += written;
    if (second < HOUR) {
      served.hour += written;
      turnedAway.gateway += rate - admitted;
      turnedAway.lambda += admitted - invoked;
      turnedAway.table += invoked - written;
    }
    wholeFrom = written >= rate * 0.999 ? (wholeFrom ?? second) : undefined;
  }
  const hour = rate * Math.min(HOUR, seconds);
  return {
    servedInMinute: served.minute / (rate * Math.min(60, seconds)),
    servedInHour: served.hour / hour,
    turnedAway: {
      gateway: turnedAway.gateway / hour,
      lambda: turnedAway.lambda / hour,
      table: turnedAway.table / hour,
    },
    wholeFrom,
  };
}

/** Requests a second for which authorizer and function both have environments: as many as were started, within the quota. */
function invocable(second: number, concurrency: number): number {
  const started = limits.environmentsAtOnce.value * (1 + second / 10);
  const each = (length: number, environments: number) =>
    Math.min(environments / length, environments * limits.environmentRate.value);
  // The quota is shared in such parts that both take the same rate.
  const weights = [AUTHORIZER_SECONDS, assumed.ownFunction].map((length) =>
    Math.max(length, 1 / limits.environmentRate.value),
  ) as [number, number];
  const share = (weight: number) => (concurrency * weight) / (weights[0] + weights[1]);
  return Math.min(
    each(AUTHORIZER_SECONDS, Math.min(started, share(weights[0]))),
    each(assumed.ownFunction, Math.min(started, share(weights[1]))),
  );
}
