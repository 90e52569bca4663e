import { accessOf, securityOf, securitySchemes } from './openapi/access.ts';
import { createErrorAnswers, type ErrorAnswers } from './openapi/errors.ts';
import { createSchemas, type Schemas } from './openapi/schemas.ts';
import { TAGS, textOf } from './openapi/text.ts';
import { type AnswerDescription, type JsonSchema, pathParameters } from './operations/description.ts';
import { operations } from './operations/index.ts';
import type { Profile } from './profile.ts';
import type { Route } from './route.ts';
import { type Operation, type ProtectedRoute, pathsOf, routeKey, sampleRoutesOf } from './routes.ts';

export interface OpenApiOptions {
  readonly profile: Profile;
  /** The deployment's operations, in its paths: the stack's, and those of the sample where there is one. */
  readonly routes: Readonly<Record<string, Route>>;
  /** What the engineer has put behind the authorizer. */
  readonly ownRoutes: readonly ProtectedRoute[];
  /** Where people find the stack's own operations: the dashboard's address, where there is one. */
  readonly url: string;
  /** Where keys call the API: the same, or its own address. */
  readonly apiUrl: string;
}

/** The version of the API, and so of what stands in here: the package's. */
const VERSION = '0.1.0';

const OWN_ROUTES = "This deployment's own";
const OWN_ANSWER = "As the deployment's own function answers.";

const header = (description: string, example: string): JsonSchema => ({
  description,
  schema: { type: 'string', examples: [example] },
});

const HEADERS = {
  RateLimit: header(
    'What is left of the limits of whoever asks, and the seconds until then: draft-ietf-httpapi-ratelimit-headers.',
    '"minute";r=599;t=42, "hour";r=9999;t=1842',
  ),
  'RateLimit-Policy': header('The limits of whoever asks.', '"minute";q=600;w=60, "hour";q=10000;w=3600'),
  'Retry-After': {
    description: 'Seconds after which the same request may succeed.',
    schema: { type: 'integer', minimum: 0 },
  },
  'WWW-Authenticate': header('How to authenticate.', 'Bearer'),
};

const LIMITS = Object.fromEntries(
  ['RateLimit', 'RateLimit-Policy'].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
);

/** The OpenAPI 3.1 document of a deployment: the same for the same deployment. */
export function openApiDocument({ profile, routes, ownRoutes, url, apiUrl }: OpenApiOptions): JsonSchema {
  const schemas = createSchemas();
  const errors = createErrorAnswers(profile, schemas);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  const add = (method: string, path: string, operation: JsonSchema): void => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  };

  // Functions that are not the stack's are not at the dashboard's address.
  const elsewhere = url === apiUrl ? {} : { servers: [{ url: apiUrl }] };
  for (const [operation, route] of Object.entries(routes)) {
    const described = {
      ...describe(operation as Operation, route, { profile, schemas, errors }),
      ...(route.group === 'items' && elsewhere),
    };
    const [first] = pathsOf(route);
    for (const [index, path] of pathsOf(route).entries()) {
      add(route.method, path, index === 0 ? described : aliasOf(described, `${route.method} ${first}`, index + 1));
    }
  }
  for (const route of ownRoutes) {
    add(route.method, route.path, { ...describeOwn(route, { profile, errors }), ...elsewhere });
  }

  const used = new Set(
    Object.values(paths).flatMap((path) => Object.values(path).flatMap(({ tags }) => tags as string[])),
  );
  return {
    openapi: '3.1.0',
    info: { title: 'Latchkey', version: VERSION, description: textOf(profile) },
    servers: [...new Set([url, apiUrl])].map((each) => ({ url: each })),
    tags: [
      ...Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      { name: OWN_ROUTES, description: 'What has been put behind the authorizer here.' },
    ].filter(({ name }) => used.has(name)),
    paths,
    components: {
      securitySchemes: securitySchemes(profile),
      schemas: schemas.sorted(),
      responses: errors.responses(),
      headers: HEADERS,
    },
  };
}

interface Context {
  readonly profile: Profile;
  readonly schemas: Schemas;
  readonly errors: ErrorAnswers;
}

function describe(operation: Operation, route: Route, { profile, schemas, errors }: Context): JsonSchema {
  const { method, path, auth, group } = route;
  const description = operations[operation];
  const { tag, summary, query, body, headers = [], answer, readsRefreshCookie } = description;
  const audit = 'audit' in route ? route.audit : null;
  const parameters = [
    ...pathParametersOf(path),
    ...(query ? schemas.queryParameters(query) : []),
    ...headers.map(({ name, description, schema }) => ({
      name,
      in: 'header',
      required: false,
      description,
      schema: schemas.convert(schema),
    })),
  ];
  const inPages = method === 'GET' && (group === 'auth' || group === 'pages');
  return {
    operationId: operation,
    tags: [tag],
    summary,
    description: [description.description, accessOf(auth), audit && `Recorded in the audit log as \`${audit}\`.`]
      .filter(Boolean)
      .join('\n\n'),
    ...(auth !== 'public' && { 'x-principals': auth.principals, 'x-scopes': auth.scopes }),
    security: securityOf(auth, profile, readsRefreshCookie),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: schemas.requestBody(body) }),
    responses: {
      [answer.status]: describeAnswer(answer, auth !== 'public', schemas),
      ...errors.answersOf({ method, auth, inPages, description }),
    },
  };
}

function describeAnswer({ description, status, body, cookies }: AnswerDescription, limited: boolean, schemas: Schemas) {
  const headers = {
    ...(status === 303 && { Location: { description: 'Where to go.', schema: { type: 'string', format: 'uri' } } }),
    ...(cookies && { 'Set-Cookie': { description: "The session's two cookies.", schema: { type: 'string' } } }),
    ...(limited && LIMITS),
  };
  const content =
    body === 'page'
      ? { 'text/html': { schema: { type: 'string' } } }
      : body && { 'application/json': { schema: schemas.convert(body) } };
  return { description, ...(Object.keys(headers).length > 0 && { headers }), ...(content && { content }) };
}

/** The same operation at another path: it has an id of its own, and says whose alias it is. */
const aliasOf = (described: JsonSchema, first: string, number: number): JsonSchema => ({
  ...described,
  operationId: `${described.operationId}_${number}`,
  description: `The same as \`${first}\`.\n\n${described.description}`,
  'x-alias-of': described.operationId,
  // Once is enough for who reads the reference.
  'x-scalar-ignore': true,
});

const pathParametersOf = (path: string): readonly JsonSchema[] =>
  Array.from(path.matchAll(/\{([^}]+)\}/g), ([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    ...(name in pathParameters && { description: pathParameters[name] }),
    schema: { type: 'string' },
  }));

/** Of an engineer's own route is known who may call it, and nothing of what it takes and answers. */
function describeOwn(route: ProtectedRoute, { profile, errors }: Omit<Context, 'schemas'>): JsonSchema {
  const { method, path, principals, scopes, limited } = route;
  const parameters = pathParametersOf(path);
  const answers = errors.answersOf({ method, auth: route, inPages: false, description: {} });
  // Over a limit, the function answers in a form of its own.
  const { 429: _, ...others } = answers;
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+/g, '_').replace(/_$/, '')}`,
    tags: [OWN_ROUTES],
    summary: `${method} ${path}`,
    description: accessOf(route),
    'x-principals': principals,
    'x-scopes': scopes,
    security: securityOf(route, profile),
    ...(parameters.length > 0 && { parameters }),
    ...(method !== 'GET' && { requestBody: { content: { '*/*': {} } } }),
    responses: {
      '2XX': {
        description: OWN_ANSWER,
        ...(limited === 'handler' && { headers: LIMITS }),
      },
      ...(limited === 'handler' ? others : answers),
      default: { description: OWN_ANSWER },
    },
  };
}

/**
 * Tells the sample resource among a deployment's own routes, by all that its routes say: to the authorizer they are an
 * engineer's like any other.
 */
export function findSample(profile: Profile, ownRoutes: readonly ProtectedRoute[]) {
  const known = new Map(ownRoutes.map((route) => [routeKey(route.method, route.path), route]));
  const isThere = ({ method, path, auth }: Route): boolean => {
    const own = known.get(routeKey(method, path));
    return (
      own !== undefined &&
      auth !== 'public' &&
      `${own.principals} ${own.scopes}` === `${auth.principals} ${auth.scopes}`
    );
  };
  const sample = sampleRoutesOf(profile);
  if (!Object.values(sample).every(isThere)) return { sample: {}, ownRoutes };
  const taken = Object.values(sample).flatMap((route) => pathsOf(route).map((path) => routeKey(route.method, path)));
  return { sample, ownRoutes: ownRoutes.filter(({ method, path }) => !taken.includes(routeKey(method, path))) };
}
