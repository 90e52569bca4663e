/** Time limits of a client, in milliseconds, which by itself has none. */
export interface ClientLimits {
  /** @default 3, the SDK's own */
  readonly maxAttempts?: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    /** Until an answer begins. */
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
    /** Between two pieces of it: without, an answer that stops half-way is waited for without end. */
    readonly socketTimeout: number;
  };
}

/** Three attempts end before a function's 10 s do. */
export const clientLimits = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 2_000,
    throwOnRequestTimeout: true,
    socketTimeout: 2_000,
  },
} as const satisfies ClientLimits;

/** For one attempt at what takes its time, within a function's 25 s. */
export const patientLimits = {
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 16_000,
    throwOnRequestTimeout: true,
    socketTimeout: 16_000,
  },
} as const satisfies ClientLimits;
