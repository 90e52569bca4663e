import { allRoutes, type Operation } from '../../lambdas/contract/routes.ts';
import { access } from './access.ts';

/** An answer that is an error, as it came. */
interface Answered {
  readonly status: number;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was answered
  readonly body: any;
}

/** A resource that stands for somebody's own. */
interface Sample {
  readonly create: Operation;
  readonly list: Operation;
  /** What is sent to make one that has a name. */
  readonly named: (name: string) => Readonly<Record<string, string>>;
}

/**
 * What is not the same in every profile. Written down from the documentation that each of them answers to the letter
 * (docs/profiles), and not read from its settings: they are what this is held against.
 */
export interface Documented {
  /** Of an opaque secret key, before `_live_`. */
  readonly prefix: string;
  readonly sample: Sample;
  readonly keysAt: '/api/v1/keys' | '/api/v1/api-keys';
  /** Which operations refuse a secret key that a page sends. */
  readonly pages: 'some' | 'all';
  /** An error's code as the stack has it, or undefined where the answer is not of the documented form. */
  readonly codeOf: (error: Answered) => string | undefined;
}

const samples = {
  items: { create: 'createItem', list: 'listItems', named: (name) => ({ name }) },
  agentRuns: {
    create: 'registerAgentRun',
    list: 'listAgentRuns',
    named: (name) => ({ agent_id: name, timestamp: '2026-01-01T00:00:00Z' }),
  },
  pins: { create: 'createPin', list: 'listPins', named: (name) => ({ name, cid: `Qm${'A'.repeat(44)}` }) },
  customers: { create: 'createCustomer', list: 'listCustomers', named: (name) => ({ external_id: name }) },
} as const satisfies Record<string, Sample>;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** `sentences`: what a code says, where that is documented. */
type Sentences = Readonly<Record<string, string>>;

const problem =
  (typeBase: string, sentences: Sentences): Documented['codeOf'] =>
  ({ status, type, body }) => {
    const { code, detail, title } = body ?? {};
    const whole = type === 'application/problem+json' && body?.status === status && body.type === typeBase + code;
    return whole && isText(title) && isText(detail) && detail === (sentences[code] ?? detail) ? code : undefined;
  };

const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'authorization_error',
  404: 'not_found_error',
};

const typed =
  (sentences: Sentences): Documented['codeOf'] =>
  ({ status, type, body }) => {
    const { code, message, type: kind } = body?.error ?? {};
    const whole = type === 'application/json' && kind === (TYPES[status] ?? 'invalid_request_error');
    if (!whole || !isText(message) || message !== (sentences[code] ?? message)) return undefined;
    return code === 'invalid_api_key' ? 'unauthorized' : code === 'unauthorized' ? undefined : code;
  };

const reason =
  (sentences: Sentences): Documented['codeOf'] =>
  ({ type, body }) => {
    const { reason: code, details } = body?.error ?? {};
    const whole = type === 'application/json' && /^[A-Z_]+$/.test(code) && isText(details);
    return whole && details === (sentences[code] ?? details) ? code.toLowerCase() : undefined;
  };

const all = { keysAt: '/api/v1/keys', pages: 'some' } as const;

export const documented = {
  fractalpack: {
    ...all,
    prefix: 'fpk',
    sample: samples.items,
    codeOf: problem('https://developers.fractalpack.com/errors/', { unauthorized: 'Invalid or revoked API key.' }),
  },
  fanfare: {
    ...all,
    prefix: 'sk',
    sample: samples.items,
    pages: 'all',
    codeOf: problem('urn:fanfare:error:', { unauthorized: 'The key or token is missing or invalid.' }),
  },
  fxland: {
    ...all,
    prefix: 'fxl',
    sample: samples.pins,
    codeOf: reason({ UNAUTHORIZED: 'Access token is missing or invalid' }),
  },
  fabraix: {
    ...all,
    prefix: 'fbx',
    sample: samples.agentRuns,
    codeOf: typed({
      invalid_api_key: 'Invalid API key provided',
      insufficient_permissions: 'API key does not have permission for this operation',
    }),
  },
  fluxrate: {
    ...all,
    prefix: 'org',
    sample: samples.customers,
    keysAt: '/api/v1/api-keys',
    codeOf: problem('https://api.fluxrate.co/errors/', {
      unauthorized: 'The API key or session is missing or invalid.',
    }),
  },
} as const satisfies Record<string, Documented>;

const sampled: readonly Operation[] = Object.values(samples).flatMap(({ create, list }) => [create, list]);

/** What a stack of a profile can be asked for. */
export const servedIn = ({ sample }: Documented): readonly Operation[] =>
  (Object.keys(access) as Operation[]).filter(
    (operation) => !sampled.includes(operation) || operation === sample.create || operation === sample.list,
  );

/** What it has not, since others have it. */
export const absentIn = (profile: Documented): readonly Operation[] =>
  sampled.filter((operation) => !servedIn(profile).includes(operation));

export const pathIn = ({ keysAt }: Pick<Documented, 'keysAt'>, operation: Operation): string =>
  allRoutes[operation].path.replace(/^\/api\/v1\/keys(?=\/|$)/, keysAt);
