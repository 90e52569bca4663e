import type { ServerResponse } from 'node:http';

/** What a stack calls, by the one who calls. */
export const DEPENDENCIES = {
  'authorizer-table': 'DynamoDB, asked by the authorizer',
  'authorizer-key-sets': "the user pools' keys, asked for by the authorizer",
  table: 'DynamoDB, asked by a function',
  'user-pool': 'Cognito, asked by a function',
  'key-sets': "the user pools' keys, asked for by a function",
  login: "Cognito's token endpoint",
  secrets: 'Secrets Manager',
  mail: 'SES',
  text: 'End User Messaging',
} as const;

export type Dependency = keyof typeof DEPENDENCIES;

/** Stands in whatever is no answer, for what may be a secret: no log may quote it. */
export const CANARY = 'Canary-3f9c';

type Write = (response: ServerResponse, dependency: Dependency) => void;

const send =
  (status: number, body: string, headers: Record<string, string> = {}): Write =>
  (response) =>
    response.writeHead(status, { 'x-amzn-RequestId': 'R', ...headers }).end(body);

/** What a service says that is asked too often, in its own words. */
const THROTTLED: Record<Dependency, string> = {
  'authorizer-table': 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  table: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  'user-pool': 'TooManyRequestsException',
  'authorizer-key-sets': 'TooManyRequestsException',
  'key-sets': 'TooManyRequestsException',
  login: 'TooManyRequestsException',
  secrets: 'ThrottlingException',
  mail: 'TooManyRequestsException',
  text: 'ThrottlingException',
};

/** An error as AWS writes one: the type in a header where the service speaks REST, else in the body. */
const error =
  (status: number, typeOf: (dependency: Dependency) => string): Write =>
  (response, dependency) => {
    const type = typeOf(dependency);
    send(status, JSON.stringify({ __type: type, message: 'Not now' }), { 'x-amzn-ErrorType': type })(
      response,
      dependency,
    );
  };

const throttled: Write = (response, dependency) =>
  error(
    dependency === 'mail' || dependency === 'login' || dependency.endsWith('key-sets') ? 429 : 400,
    (of) => THROTTLED[of],
  )(response, dependency);

/** Of a longer answer, the beginning. */
const BEGINNING = `{"Attributes":{"PK":{"S":"${CANARY}`;

/**
 * Answers that are none, by how the table of `docs/faults.md` calls them. `silent` and `stalled` last until the caller
 * gives up.
 */
export const FAULTS = {
  throttled,
  'throttled (ThrottlingException)': error(400, () => 'ThrottlingException'),
  'an internal error (500)': error(500, () => 'InternalServerError'),
  'not available (503)': error(503, () => 'ServiceUnavailable'),
  'too large (413)': send(413, `<html>${CANARY}</html>`, { 'Content-Type': 'text/html' }),
  'not allowed (AccessDeniedException)': error(400, () => 'AccessDeniedException'),
  'the connection is reset': (response) => response.destroy(),
  'no answer': () => {},
  'an answer that stops half-way': (response) => response.writeHead(200, { 'Content-Length': '1000' }).write(BEGINNING),
  'an answer cut off': (response) =>
    response.writeHead(200, { 'Content-Length': '1000' }).write(BEGINNING, () => response.destroy()),
  'bytes that are no JSON': send(200, `\u0000\u0001${CANARY}\ufffd`),
  'JSON that is cut off': send(200, BEGINNING),
  'a value where a field is expected': send(200, `{"a": ${CANARY}}`),
  'JSON of another form': (response) => response.writeHead(200).end(JSON.stringify({ status: 'ok', told: CANARY })),
  'an empty object': (response) => response.writeHead(200).end('{}'),
  'a list': (response) => response.writeHead(200).end('[]'),
  null: (response) => response.writeHead(200).end('null'),
  'an empty body': (response) => response.writeHead(200).end(),
  'a page of a captive portal': (response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<html><body>Sign in ${CANARY}</body></html>`),
  'a redirection': (response) => response.writeHead(302, { Location: 'https://portal.example' }).end(),
  'another checksum': send(200, '{}', { 'x-amz-crc32': '1' }),
} as const satisfies Record<string, Write>;

export type Fault = keyof typeof FAULTS;

/** These last as long as the caller's patience. */
export const ENDLESS: readonly Fault[] = ['no answer', 'an answer that stops half-way'];
