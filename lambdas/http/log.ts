import type { Clock } from '../core/ports.ts';

/** What may be logged: ids, codes and messages. Never a header, a body or a credential. */
export interface LogEntry {
  readonly level: 'info' | 'error';
  readonly message: string;
  readonly requestId?: string;
  readonly principalId?: string;
  readonly code?: string;
  readonly error?: unknown;
}

export type Log = (entry: LogEntry) => void;

/** An error with the errors that caused it, as far as they may be told: name, message and stack. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error;
  const { name, message, stack, cause } = error;
  // A parser quotes what it cannot read, which may be anything.
  const told = error instanceof SyntaxError ? { stack: stack?.replace(message, '…') } : { message, stack };
  return { name, ...told, ...(cause !== undefined && { cause: describe(cause) }) };
}

/**
 * One JSON object a line, with the fields that Lambda's own lines have: `timestamp` and `level`.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export const createLog =
  (write: (line: string) => void, clock: Clock): Log =>
  ({ level, error, ...entry }) =>
    write(
      JSON.stringify({
        timestamp: new Date(clock.now()).toISOString(),
        level: level.toUpperCase(),
        ...entry,
        ...(error !== undefined && { error: describe(error) }),
      }),
    );

/**
 * Lambda's `console` would wrap a line, so that its fields were text in `message`, and no metrics; what is written to
 * the output as JSON stays as it is.
 */
export const writeLine = (line: string): void => void process.stdout.write(`${line}\n`);
