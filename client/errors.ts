import type { components } from './schema.d.ts';

/** What a program goes by. The last two are the client's own: nothing answered, or something that is not this API. */
export type ErrorCode = components['schemas']['Problem']['code'] | 'network_error' | 'unexpected_answer';

/** One field of a request that was refused. `field` is a dotted path, empty for the body as a whole. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

interface ErrorFacts {
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail: string;
  readonly requestId?: string | undefined;
  readonly fields?: readonly FieldError[] | undefined;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** An answer other than success, in whichever dialect the deployment has; or none. */
export class LatchkeyError extends Error {
  readonly code: ErrorCode;
  /** 0 where there was no answer. */
  readonly status: number;
  /** For a person to read. */
  readonly detail: string;
  /** What the deployment's logs call the request. */
  readonly requestId: string | undefined;
  /** Of a request that was refused for its fields. */
  readonly fields: readonly FieldError[];
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined;

  constructor({ code, status, detail, requestId, fields = [], retryAfter, cause }: ErrorFacts) {
    super(`${code}: ${detail}`, { cause });
    this.name = 'LatchkeyError';
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.requestId = requestId;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function fieldErrorsOf(value: unknown): readonly FieldError[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((each: unknown) => {
    const { field, message } = fieldsOf(each) ?? {};
    return typeof field === 'string' && typeof message === 'string' ? [{ field, message }] : [];
  });
}

/** The dialect `typed` has a name of its own for one code, and leaves one out. */
const codeOfTyped = (code: string | undefined, status: number): string | undefined =>
  code === 'invalid_api_key' ? 'unauthorized' : (code ?? (status === 429 ? 'rate_limited' : undefined));

/** Code and detail of a body, whichever of the three dialects it is in. */
function readBody(body: Fields, status: number) {
  const error = fieldsOf(body.error);
  const inner = error ?? body;
  const reason = textOf(error?.reason);
  const given = textOf(inner.code);
  return {
    code: reason?.toLowerCase() ?? (error && 'message' in error ? codeOfTyped(given, status) : given),
    detail: textOf(inner.detail) ?? textOf(inner.details) ?? textOf(inner.message),
    requestId: textOf(inner.instance),
    fields: fieldErrorsOf(inner.errors),
  };
}

/** Whole seconds; the header may hold a date, which this API does not send. */
export function retryAfterOf({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** What an answer that is no success says. */
export async function readError(response: Response): Promise<LatchkeyError> {
  const { status, statusText, headers } = response;
  const text = await response.text();
  let body: Fields = {};
  try {
    body = fieldsOf(JSON.parse(text)) ?? {};
  } catch {}
  const { code, detail, requestId, fields } = readBody(body, status);
  return new LatchkeyError({
    code: (code ?? 'unexpected_answer') as ErrorCode,
    status,
    detail: detail ?? (statusText || `The answer has the status ${status}.`),
    requestId: requestId ?? headers.get('x-amzn-requestid') ?? undefined,
    fields,
    retryAfter: retryAfterOf(response),
  });
}
