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

/** One JSON object a line. */
export const logToConsole: Log = ({ error, ...entry }) =>
  console[entry.level](JSON.stringify({ ...entry, ...(error !== undefined && { error: describe(error) }) }));
