/**
 * Time limits for an SDK's client, in milliseconds, which by itself has none: three attempts end before a function's
 * 10 s do.
 */
export const clientLimits = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};

/** For one attempt at what takes its time, within a function's 25 s. */
export const patientLimits = {
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 16_000, throwOnRequestTimeout: true },
};
