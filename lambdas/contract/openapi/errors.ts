import { codeIn, mediaTypeOf, typeIn } from '../dialect.ts';
import { type ErrorCode, errors } from '../errors.ts';
import type { JsonSchema, OperationDescription } from '../operations/description.ts';
import type { Profile } from '../profile.ts';
import type { Method, Protection } from '../route.ts';
import { type Schemas, schemaRef } from './schemas.ts';

/** When an error is answered, for who reads of it. */
const WHEN: Readonly<Record<ErrorCode, string>> = {
  malformed_body: 'The body is not JSON.',
  invalid_login: 'The sign-in was not begun by this browser, has expired, or was finished already.',
  invalid_redirect: 'It leads neither to a page of this API nor to an app that is registered.',
  unauthorized: 'There is no credential, more than one, or one that does not work (any more).',
  invalid_credentials: 'The address or the password is wrong.',
  invalid_session: 'The session has ended, or its refresh token was used already.',
  challenge_required: 'The user pool asks the person for more than a password.',
  insufficient_permissions:
    'The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.',
  no_organization: 'The member belongs to no organization.',
  address_not_allowed: 'The key may not be used from where the request came from.',
  origin_not_allowed: 'This may not be done from the page that asks.',
  secret_key_exposed: 'A secret key was sent from a browser.',
  consumer_disabled: 'The consumer is disabled.',
  request_blocked: 'The request was blocked by a firewall.',
  not_found: 'There is no such thing, or not for the caller.',
  organization_exists: 'The person belongs to an organization already.',
  last_owner: 'An organization has an owner.',
  user_pool_taken: 'Another organization has registered the user pool.',
  consumer_conflict: 'What is said of the consumer is known of another.',
  quota_exceeded: 'The organization has as many as it can have.',
  key_inactive: 'The key is revoked or expired.',
  key_already_rotated: 'The key was rotated already.',
  payload_too_large: 'The body is larger than 10 MB.',
  unsupported_media_type: 'The body is not sent as JSON.',
  invalid_code: 'The code is wrong, has expired or was used already.',
  invalid_invitation: "The invitation is not valid any more, or not for the person's address.",
  validation_failed: 'Fields of the request are refused; `errors` says which, and why.',
  idempotency_key_reused: 'The idempotency key was sent with another body before.',
  rate_limited: 'The limit is exhausted. `Retry-After` says when to come again.',
  internal_error: 'Something went wrong.',
  unavailable: 'What decides could not be asked. `Retry-After` says when to come again.',
};

const text = (description: string): JsonSchema => ({ type: 'string', description });

const more = {
  errors: {
    type: 'array',
    description: 'The fields that were refused.',
    items: {
      type: 'object',
      properties: {
        field: text('A dotted path, empty for the body as a whole.'),
        message: { type: 'string' },
      },
      required: ['field', 'message'],
    },
  },
  retry_after: { type: 'integer', minimum: 0, description: 'Seconds after which the same request may succeed.' },
};

/** The form of every error, in the deployment's dialect. */
function errorSchema({ dialect }: Profile): JsonSchema {
  const all = Object.keys(errors).map((code) => codeIn(dialect, code));
  const code = { type: 'string', enum: all, description: 'Stable: what a program goes by.' };
  const detail = text('For a person to read.');
  const within = (properties: JsonSchema, required: readonly string[]): JsonSchema => ({
    type: 'object',
    properties: { error: { type: 'object', properties: { ...properties, ...more }, required } },
    required: ['error'],
  });
  switch (dialect.form) {
    case 'problem':
      return {
        type: 'object',
        description: 'Problem details, RFC 9457.',
        properties: {
          type: { type: 'string', format: 'uri', description: `\`${dialect.typeBase}\` and the code.` },
          title: text("The status's name."),
          status: { type: 'integer', minimum: 400, maximum: 599 },
          detail,
          instance: text("The request's id."),
          code,
          ...more,
        },
        required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
      };
    case 'typed': {
      const types = [...new Set(Object.values(errors).map(({ status }) => typeIn(status)))];
      const type = { type: 'string', enum: types, description: 'What kind of error it is, by its status.' };
      return within({ message: detail, type, code: { ...code, description: 'Stable. Absent from a 429.' } }, [
        'message',
        'type',
      ]);
    }
    case 'reason':
      return within({ reason: code, details: detail }, ['reason', 'details']);
  }
}

/** That an error is one of these, in the dialect. */
function narrowed({ dialect }: Profile, codes: readonly ErrorCode[], status: number): JsonSchema {
  const is = (...values: readonly string[]) => (values.length === 1 ? { const: values[0] } : { enum: values });
  const code = is(...codes.map((each) => codeIn(dialect, each)));
  if (dialect.form === 'problem') return { properties: { code } };
  const type = { type: is(typeIn(status)) };
  const properties = dialect.form === 'reason' ? { reason: code } : status === 429 ? type : { ...type, code };
  return { properties: { error: { properties } } };
}

/** What an operation is described by, as far as its errors go; of an engineer's own route, not by more than this. */
interface Described {
  readonly method: Method;
  readonly auth: 'public' | Protection;
  /** Whether what a browser shows is answered as a page. */
  readonly inPages: boolean;
  readonly description: Pick<OperationDescription, 'codes' | 'query' | 'body'>;
}

/** Errors that follow from who may call a route. */
function codesOfAccess({ method, auth }: Described, profile: Profile): readonly ErrorCode[] {
  if (auth === 'public') return [];
  const { principals, organization, limited, secretKeysIn } = auth;
  const open = (...types: Protection['principals']) => types.some((type) => principals.includes(type));
  const anywhere = limited === 'ignore';
  const keys = open('key', 'admin-key');
  const checks: readonly (readonly [ErrorCode, boolean])[] = [
    ['unauthorized', !open('anonymous')],
    ['insufficient_permissions', principals.some((type) => type !== 'anonymous')],
    ['no_organization', open('member') && organization !== 'optional'],
    ['address_not_allowed', !anywhere && (keys || open('publishable-key', 'widget'))],
    ['origin_not_allowed', (!anywhere && open('publishable-key')) || (open('member') && method !== 'GET')],
    ['secret_key_exposed', !anywhere && keys && (profile.secretKeysIn === 'servers' || secretKeysIn === 'servers')],
    ['rate_limited', !anywhere],
    ['unavailable', true],
  ];
  return checks.flatMap(([code, applies]) => (applies ? [code] : []));
}

/** Errors that an operation can answer, by status. */
function codesByStatus(described: Described, profile: Profile): ReadonlyMap<number, readonly ErrorCode[]> {
  const { auth, description } = described;
  const { codes = [], query, body } = description;
  const all = new Set<ErrorCode>([
    ...(body ? (['malformed_body', 'payload_too_large', 'unsupported_media_type'] as const) : []),
    ...codesOfAccess(described, profile),
    ...(query || body ? (['validation_failed'] as const) : []),
    ...codes,
  ]);
  // The gateway cannot answer 429 for a function that does not.
  const denied = auth !== 'public' && auth.limited === 'deny';
  const statusOf = (code: ErrorCode) => (denied && code === 'rate_limited' ? 403 : errors[code].status);
  const ordered = [...all].toSorted((a, b) => statusOf(a) - statusOf(b));
  return Map.groupBy(ordered, statusOf);
}

const pascal = (code: string): string => code.replaceAll(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase());

/** Describes errors, and collects the answers that many operations share. */
export function createErrorAnswers(profile: Profile, schemas: Schemas) {
  const shared = new Map<string, JsonSchema>();
  const mediaType = mediaTypeOf(profile);
  const base = profile.dialect.form === 'problem' ? 'Problem' : 'Error';
  schemas.keep(base, errorSchema(profile));
  const page = { 'text/html': { schema: { type: 'string' } } };

  function describe(status: number, codes: readonly ErrorCode[], inPages: boolean): JsonSchema {
    const headers = {
      ...(status === 401 && { 'WWW-Authenticate': { $ref: '#/components/headers/WWW-Authenticate' } }),
      ...((status === 429 || status === 503 || codes.includes('rate_limited')) && {
        'Retry-After': { $ref: '#/components/headers/Retry-After' },
      }),
    };
    const schema = { allOf: [schemaRef(base), narrowed(profile, codes, status)] };
    return {
      description: codes.map((code) => `\`${codeIn(profile.dialect, code)}\`: ${WHEN[code]}`).join('\n\n'),
      ...(Object.keys(headers).length > 0 && { headers }),
      content: { [mediaType]: { schema }, ...(inPages && page) },
    };
  }

  function answerTo(status: number, codes: readonly ErrorCode[], inPages: boolean): JsonSchema {
    const [code] = codes;
    if (inPages || codes.length > 1 || code === undefined || status !== errors[code].status)
      return describe(status, codes, inPages);
    const name = pascal(code);
    if (!shared.has(name)) shared.set(name, describe(status, codes, false));
    return { $ref: `#/components/responses/${name}` };
  }

  /** The errors of an operation, by status; `default` is whatever else can go wrong with any. */
  function answersOf(described: Described): JsonSchema {
    // A limit is answered before a page is thought of.
    const answers = [...codesByStatus(described, profile)].map(
      ([status, codes]) => [String(status), answerTo(status, codes, described.inPages && status !== 429)] as const,
    );
    return { ...Object.fromEntries(answers), default: { $ref: '#/components/responses/Error' } };
  }

  const responses = (): JsonSchema => ({
    ...Object.fromEntries([...shared].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    Error: {
      description: 'Whatever else goes wrong, in the same form.',
      content: { [mediaType]: { schema: schemaRef(base) } },
    },
  });

  return { answersOf, responses };
}

export type ErrorAnswers = ReturnType<typeof createErrorAnswers>;
