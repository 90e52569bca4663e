import createClient, {
  type Client,
  type ClientPathsWithMethod,
  type FetchOptions,
  type MethodResponse,
} from 'openapi-fetch';
import { LatchkeyError, readError } from './errors.ts';
import { type Retries, withRetries } from './retries.ts';
import type { components, paths } from './schema.d.ts';

export { type ErrorCode, type FieldError, LatchkeyError } from './errors.ts';
export type { Retries } from './retries.ts';
export type { components, paths } from './schema.d.ts';

/** What the API shows of a thing: `Schema<'Key'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/**
 * What a request comes with. A header is named where the deployment has one of its own. `session`: the cookies of a member
 * who has signed in, which a browser keeps.
 */
export type Credential =
  | { readonly apiKey: string; readonly header?: string }
  | { readonly publishableKey: string; readonly header?: string }
  | { readonly bearer: string | (() => string | Promise<string>) }
  | { readonly session: true };

export interface LatchkeyClientOptions {
  /** Where the API is, such as `https://api.example.com`. */
  readonly baseUrl: string;
  /** None, for what needs none. */
  readonly credential?: Credential;
  readonly retries?: Retries;
  /** @default the global one */
  readonly fetch?: (request: Request) => Promise<Response>;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathOf<M extends Method> = ClientPathsWithMethod<Client<paths>, M>;
/** What an operation takes: parameters, a body, and what `fetch` takes. */
type Init<M extends Method, Path extends PathOf<M>> = Omit<FetchOptions<paths[Path][M]>, 'parseAs'>;

/** @throws LatchkeyError for every answer that is no success */
type Call<M extends Method> = <Path extends PathOf<M>>(
  path: Path,
  ...init: Partial<Init<M, Path>> extends Init<M, Path> ? [Init<M, Path>?] : [Init<M, Path>]
) => Promise<{ readonly data: MethodResponse<Client<paths>, M, Path>; readonly response: Response }>;

/** An operation by its method and path; what it takes and answers follows from these. */
export interface LatchkeyClient {
  readonly GET: Call<'get'>;
  readonly POST: Call<'post'>;
  readonly PUT: Call<'put'>;
  readonly PATCH: Call<'patch'>;
  readonly DELETE: Call<'delete'>;
}

/** What cannot stand in a header would be shown in the error that says so. @throws TypeError */
function assertSendable(credential: Credential | undefined): void {
  const texts = Object.values(credential ?? {}).filter((value) => typeof value === 'string');
  if (texts.some((text) => !/^[\x21-\x7e]+$/.test(text))) {
    throw new TypeError('The credential has characters that no credential has, such as spaces or line breaks');
  }
}

/** The header that a credential is sent in. */
async function headerOf(credential: Credential | undefined): Promise<readonly [string, string] | undefined> {
  if (credential === undefined || 'session' in credential) return undefined;
  if ('apiKey' in credential) return [credential.header ?? 'X-Api-Key', credential.apiKey];
  if ('publishableKey' in credential) return [credential.header ?? 'X-Publishable-Key', credential.publishableKey];
  const { bearer } = credential;
  return ['Authorization', `Bearer ${typeof bearer === 'string' ? bearer : await bearer()}`];
}

/** A client of one deployment, with one credential. For browsers, and Node from 20 on. */
export function createLatchkeyClient(options: LatchkeyClientOptions): LatchkeyClient {
  const { baseUrl, credential, retries = {}, fetch: send = (request: Request) => fetch(request) } = options;
  assertSendable(credential);

  // At every attempt: a token may have been refreshed while it waited.
  const sendWithCredential = async (request: Request): Promise<Response> => {
    const header = await headerOf(credential);
    if (header) request.headers.set(...header);
    return send(request);
  };
  const sendUntilAnswered = withRetries(sendWithCredential, retries);

  async function ask(request: Request): Promise<Response> {
    const response = await sendUntilAnswered(request).catch((cause: unknown) => {
      if (request.signal.aborted) throw cause;
      throw new LatchkeyError({ code: 'network_error', status: 0, detail: 'There was no answer.', cause });
    });
    if (!response.ok) throw await readError(response);
    return response;
  }

  const client = createClient<paths>({
    baseUrl,
    fetch: ask,
    credentials: credential && 'session' in credential ? 'include' : 'omit',
    // No answer sends a caller elsewhere, and no key is to go there.
    redirect: 'error',
    querySerializer: { array: { style: 'form', explode: false } },
  });
  // What is no success has been thrown.
  return client as unknown as LatchkeyClient;
}
