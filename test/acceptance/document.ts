import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** JSON, as it comes. */
type Node = { readonly [name: string]: Node } & readonly Node[];

interface Exchange {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly sent: unknown;
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  /** Whether the gateway prints an authorizer's reasons: without, a 403 has no code. */
  readonly printsDenials: boolean;
}

/** What the stack's document says; anything else is an error that names the exchange. */
export type CheckExchange = (exchange: Exchange) => void;

const UNPRINTED = /"(?:code|reason)":"\$context\.authorizer\.code"/i;

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const isTime = (text: string): boolean => RFC_3339.test(text) && !Number.isNaN(Date.parse(text));

const formats = {
  'date-time': isTime,
  date: (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && isTime(`${text}T00:00:00Z`),
  email: /^[^@\s]+@[^@\s]+$/,
  uri: (text: string) => URL.canParse(text),
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

/** As a schema reads where nothing may be that it does not name. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const schema = Object.fromEntries(Object.entries(value).map(([name, given]) => [name, closed(given)]));
  const names = schema.type === 'object' && 'properties' in schema && !('additionalProperties' in schema);
  return names ? { ...schema, unevaluatedProperties: false } : schema;
}

/** Paths that are served beside the API. */
const BESIDE = /^\/(?:outbox|dashboard|docs|_cognito)(?:$|[/?])/;

const documents = new Map<string, Promise<CheckExchange>>();

/** Holds what a stack answers against the document that it serves; asks for that once. */
export function documentOf(url: string): Promise<CheckExchange> {
  const known = documents.get(url) ?? load(url);
  documents.set(url, known);
  known.catch(() => documents.delete(url));
  return known;
}

async function load(url: string): Promise<CheckExchange> {
  const response = await fetch(`${url}/openapi.json`);
  if (response.status !== 200) throw new Error(`${url} answered ${response.status} when asked for its document`);
  return createCheck((await response.json()) as object);
}

const keysOf = (node: Node | undefined): string[] => Object.keys(node ?? {});

/** @param document as it is served */
export function createCheck(served: object): CheckExchange {
  const document = served as Node;
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats });
  const components = closed(document.components) as Node;
  const validators = new Map<unknown, ValidateFunction>();
  const templates = keysOf(document.paths).map((path) => ({
    path,
    literal: path.split('/').filter((segment) => !segment.startsWith('{')).length,
    matches: new RegExp(
      `^${path
        .split(/\{[^}]+\}/)
        .map(RegExp.escape)
        .join('[^/]+')}$`,
    ),
  }));
  // As API Gateway does: a segment that is named wins over one that is a parameter.
  templates.sort((a, b) => b.literal - a.literal);

  /** A node, or what it refers to. */
  const at = (node: Node | undefined): Node | undefined => {
    const reference: unknown = node?.$ref;
    if (typeof reference !== 'string') return node;
    return reference
      .slice(2)
      .split('/')
      .reduce<Node | undefined>((found, name) => found?.[name], document);
  };

  function mistakesIn(value: unknown, schema: Node): string[] {
    const validate = validators.get(schema) ?? ajv.compile({ ...(closed(schema) as object), components });
    validators.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`,
    );
  }

  const [anyError] = Object.values(document.components?.responses?.Error?.content ?? {}) as Node[];

  function wrongIn(exchange: Exchange): string[] {
    const { method, path, status, headers, body } = exchange;
    const [pathname = '', search = ''] = path.split('?', 2);
    const template = templates.find(({ matches }) => matches.test(pathname))?.path;
    const operation = template === undefined ? undefined : document.paths?.[template]?.[method.toLowerCase()];
    if (operation === undefined) {
      if (status < 400) return [`it is documented nowhere, and answered ${status}`];
      return anyError?.schema ? mistakesIn(body, anyError.schema) : ['the document has no errors'];
    }
    // Of an engineer's own route, only what stands before it is known.
    const own = operation.responses?.['2XX'] !== undefined;
    const response = at(operation.responses?.[status]);
    if (response === undefined) {
      return own ? [] : [`the status is not documented; those that are: ${keysOf(operation.responses).join(', ')}`];
    }
    return [
      ...wrongHeaders(response, headers, status),
      ...wrongBody(response, exchange),
      ...(status < 400 ? wrongRequest(operation, exchange.sent, new URLSearchParams(search)) : []),
      ...(body === undefined && keysOf(response.content).length > 0 ? ['the body is missing'] : []),
    ];
  }

  function wrongHeaders(response: Node, headers: Headers, status: number): string[] {
    const promised = status < 400 || status === 401 || status === 429 || status === 503;
    const missing = promised ? keysOf(response.headers).filter((name) => !headers.has(name)) : [];
    return missing.map((name) => `the header ${name} is missing`);
  }

  function wrongBody({ content }: Node, { status, headers, body, printsDenials }: Exchange): string[] {
    if (body === undefined) return [];
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    const schema = content?.[type]?.schema;
    if (schema === undefined) return [`it is ${type || 'of no type'}; documented: ${keysOf(content).join(', ')}`];
    const mistakes = mistakesIn(body, schema);
    // What an authorizer says stands there by its variable's name, and nothing else is wrong with it.
    const unsaid = !printsDenials && status === 403 && UNPRINTED.test(JSON.stringify(body));
    return unsaid ? mistakes.filter((mistake) => !/^\/(?:error\/)?(?:code|reason) /.test(mistake)) : mistakes;
  }

  /** What was taken is what the document says can be sent. */
  function wrongRequest(
    { parameters = [] as unknown as Node, requestBody }: Node,
    sent: unknown,
    query: URLSearchParams,
  ) {
    const names = parameters.filter((each) => `${each.in}` === 'query').map(({ name }) => `${name}`);
    const undocumented = [...query.keys()].filter((name) => !names.includes(name));
    const schema = requestBody?.content?.['application/json']?.schema;
    const parsed: unknown = typeof sent === 'string' ? JSON.parse(sent) : sent;
    return [
      ...undocumented.map((name) => `it took ${name} in its query`),
      ...(sent === undefined && `${requestBody?.required}` === 'true' ? ['it took no body'] : []),
      ...(sent !== undefined && schema
        ? mistakesIn(parsed, schema).map((mistake) => `of what it took, ${mistake}`)
        : []),
    ];
  }

  return (exchange) => {
    const { method, path, status, body } = exchange;
    if (method === 'OPTIONS' || BESIDE.test(path)) return;
    const wrong = wrongIn(exchange);
    if (wrong.length === 0) return;
    throw new Error(
      `${method} ${path} answered ${status} other than documented:\n- ${wrong.join('\n- ')}\n${JSON.stringify(body)}`,
    );
  };
}
