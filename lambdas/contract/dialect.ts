import type { Dialect, Profile } from './profile.ts';

export const mediaTypeOf = ({ dialect }: Profile): string =>
  dialect.form === 'problem' ? 'application/problem+json' : 'application/json';

/** An error's code as the dialect writes it. */
export function codeIn({ form }: Dialect, code: string): string {
  if (form === 'typed' && code === 'unauthorized') return 'invalid_api_key';
  return form === 'reason' ? code.toUpperCase() : code;
}

/** What the dialect `typed` calls errors, by their status. */
const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'authorization_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
};

/** The `type` of an error in the dialect `typed`. */
export const typeIn = (status: number): string =>
  TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
