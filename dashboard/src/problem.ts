/** One field of a request that was refused, by its dotted path. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

interface Facts {
  readonly status: number;
  readonly code: string;
  readonly requestId?: string | undefined;
  readonly fields?: readonly FieldError[];
  readonly retryAfter?: number | undefined;
}

/** An answer other than success, or none at all (status 0). The message is for the person. */
export class Problem extends Error {
  readonly status: number;
  /** Stable, in lower case, whatever the deployment's dialect. */
  readonly code: string;
  /** What whoever runs the deployment finds in its logs. */
  readonly requestId: string | undefined;
  readonly fields: readonly FieldError[];
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined;

  constructor(message: string, { status, code, requestId, fields = [], retryAfter }: Facts) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }
}

export const unreachable = (): Problem =>
  new Problem('The API cannot be reached. Check your connection and try again.', { status: 0, code: 'unreachable' });

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const isFieldError = (value: unknown): value is FieldError => {
  const { field, message } = Object(value) as Record<string, unknown>;
  return typeof field === 'string' && typeof message === 'string';
};

const REQUEST_ID_HEADERS = ['x-amzn-requestid', 'x-amz-apigw-id', 'x-amz-cf-id'];

/** Reads an error in whichever dialect the deployment speaks: problem details, `{error: {message}}` or `{error: {reason}}`. */
export async function readProblem(response: Response): Promise<Problem> {
  const parsed: unknown = await response.json().catch(() => undefined);
  const body = Object(parsed) as Record<string, unknown>;
  const error = Object(body.error ?? body) as Record<string, unknown>;
  const detail = text(error.detail) ?? text(error.message) ?? text(error.details) ?? text(error.title);
  const code = text(error.code) ?? text(error.reason) ?? (response.status === 429 ? 'rate_limited' : 'unknown');
  const header = REQUEST_ID_HEADERS.map((name) => response.headers.get(name)).find(Boolean);
  return new Problem(detail ?? `The API answered ${response.status}.`, {
    status: response.status,
    code: code.toLowerCase(),
    requestId: text(body.instance) ?? header ?? undefined,
    fields: Array.isArray(error.errors) ? error.errors.filter(isFieldError) : [],
    retryAfter: number(error.retry_after) ?? number(Number(response.headers.get('retry-after') ?? Number.NaN)),
  });
}

/** Whatever was thrown, as a problem that can be shown. */
export const problemOf = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem(error instanceof Error ? error.message : 'Something went wrong.', { status: 0, code: 'unexpected' });
