import { type ErrorCode, errors } from '../contract/errors.ts';

/** One field of a request that was refused. `field` is a dotted path, empty for the body as a whole. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** An answer other than success. Its message is public: nothing secret goes in; what caused it goes in `cause`. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[] | undefined;
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    detail: string,
    options: { fields?: readonly FieldError[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.fields = options.fields;
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return errors[this.code].status;
  }
}

/** A request whose fields are refused. */
export const invalid = (...fields: readonly FieldError[]): ApiError =>
  new ApiError('validation_failed', 'The request is not valid.', { fields });

/** Of a path, or a method of a path, that the API does not have. */
export const NO_SUCH_OPERATION = 'There is no such operation.';

/** The store, the user pool or its keys could not be asked. Never a reason to let anyone in; answered with 503. */
export class UnavailableError extends ApiError {
  constructor(what: string, cause?: unknown) {
    super('unavailable', `The service is temporarily unavailable: ${what}.`, { retryAfter: 1, cause });
    this.name = 'UnavailableError';
  }
}
