import { codeIn, typeIn } from '../contract/dialect.ts';
import { type ErrorCode, errors } from '../contract/errors.ts';
import type { Profile } from '../contract/profile.ts';
import type { ApiError, FieldError } from './errors.ts';

/** What stands in an error's body. In a gateway response, code and detail may be `$context` variables. */
export interface ErrorFacts {
  readonly code: ErrorCode | `$${string}`;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** The request's id. */
  readonly instance: string;
  readonly fields?: readonly FieldError[] | undefined;
  readonly retryAfter?: number | undefined;
}

/** What an error says: the profile's sentence for its code, if it has one. */
export const sentenceOf = (profile: Profile, code: string, detail: string): string => profile.sentences[code] ?? detail;

/**
 * Renders an error in the profile's dialect: RFC 9457 problem details or one of the forms that `Dialect` names. Handlers
 * and gateway responses both use it, so they cannot differ.
 */
export function renderError(profile: Profile, facts: ErrorFacts): string {
  const { dialect } = profile;
  const { status, title, instance, fields, retryAfter } = facts;
  const detail = sentenceOf(profile, facts.code, facts.detail);
  const code = facts.code.startsWith('$') ? facts.code : codeIn(dialect, facts.code);
  const more = { ...(fields && { errors: fields }), ...(retryAfter !== undefined && { retry_after: retryAfter }) };
  switch (dialect.form) {
    case 'problem':
      return JSON.stringify({ type: dialect.typeBase + code, title, status, detail, instance, code, ...more });
    case 'typed':
      return JSON.stringify({
        error: { message: detail, type: typeIn(status), ...(status !== 429 && { code }), ...more },
      });
    case 'reason':
      return JSON.stringify({ error: { reason: code, details: detail, ...more } });
  }
}

export const factsOf = (error: ApiError, instance: string): ErrorFacts => ({
  ...errors[error.code],
  code: error.code,
  detail: error.message,
  instance,
  fields: error.fields,
  retryAfter: error.retryAfter,
});
