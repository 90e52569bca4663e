/** Every error that a caller of the API can get, by its stable code. */
export const errors = {
  malformed_body: { status: 400, title: 'Bad Request' },
  invalid_login: { status: 400, title: 'Bad Request' },
  invalid_redirect: { status: 400, title: 'Bad Request' },
  unauthorized: { status: 401, title: 'Unauthorized' },
  invalid_credentials: { status: 401, title: 'Unauthorized' },
  invalid_session: { status: 401, title: 'Unauthorized' },
  challenge_required: { status: 403, title: 'Forbidden' },
  insufficient_permissions: { status: 403, title: 'Forbidden' },
  no_organization: { status: 403, title: 'Forbidden' },
  address_not_allowed: { status: 403, title: 'Forbidden' },
  origin_not_allowed: { status: 403, title: 'Forbidden' },
  secret_key_exposed: { status: 403, title: 'Forbidden' },
  consumer_disabled: { status: 403, title: 'Forbidden' },
  request_blocked: { status: 403, title: 'Forbidden' },
  not_found: { status: 404, title: 'Not Found' },
  organization_exists: { status: 409, title: 'Conflict' },
  last_owner: { status: 409, title: 'Conflict' },
  user_pool_taken: { status: 409, title: 'Conflict' },
  consumer_conflict: { status: 409, title: 'Conflict' },
  quota_exceeded: { status: 409, title: 'Conflict' },
  key_inactive: { status: 409, title: 'Conflict' },
  key_already_rotated: { status: 409, title: 'Conflict' },
  payload_too_large: { status: 413, title: 'Content Too Large' },
  unsupported_media_type: { status: 415, title: 'Unsupported Media Type' },
  invalid_code: { status: 422, title: 'Unprocessable Content' },
  idempotency_key_reused: { status: 422, title: 'Unprocessable Content' },
  invalid_invitation: { status: 422, title: 'Unprocessable Content' },
  validation_failed: { status: 422, title: 'Unprocessable Content' },
  rate_limited: { status: 429, title: 'Too Many Requests' },
  internal_error: { status: 500, title: 'Internal Server Error' },
  unavailable: { status: 503, title: 'Service Unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errors;

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
