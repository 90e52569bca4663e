import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '../../core/errors.ts';
import { isGenuine, NOT_GENUINE } from '../genuine.ts';
import { type Credentials, sign } from './sign.ts';
import { ConditionFailedError, type Operations, type Transport } from './transport.ts';

export interface SignedTransportOptions {
  readonly endpoint: URL;
  readonly region: string;
  /** Asked for every request: they may change during a function's life. */
  readonly credentials: () => Credentials;
  /** @default 3 */
  readonly attempts?: number;
  /** For one attempt, in milliseconds. @default 2000 */
  readonly timeout?: number;
  readonly observer?: TransportObserver;
}

/** Is told of attempts that did not do. */
interface TransportObserver {
  /** DynamoDB had no capacity for it. */
  throttled(): void;
  /** It is made again. */
  repeated(): void;
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Milliseconds before the first repetition at most; doubled for each further one, and drawn from zero up to that. */
const BACKOFF = 50;

/** Errors of DynamoDB's after which the same request may succeed. */
const TRANSIENT = /^(?:ProvisionedThroughputExceeded|RequestLimitExceeded|InternalServerError|Throttling)/;

/** Those of them that ask for less. */
const THROTTLE = /^(?:ProvisionedThroughputExceeded|RequestLimitExceeded|Throttling)/;

/**
 * Sends over a kept-alive connection, signed: what the authorizer needs of the SDK's client at a third of its load time
 * (`npm run bench`). It repeats what may succeed a second time, as the SDK does.
 */
export function createSignedTransport(options: SignedTransportOptions): Transport {
  const { endpoint, region, credentials, attempts = 3, timeout = 2_000, observer } = options;
  const secure = endpoint.protocol === 'https:';
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const send = secure ? httpsRequest : httpRequest;

  function attempt(operation: string, body: string): Promise<Answer> {
    const headers = sign({ host: endpoint.host, region, operation, body }, credentials(), Date.now());
    return new Promise((resolve, reject) => {
      const outgoing = send(
        {
          hostname: endpoint.hostname,
          port: endpoint.port,
          method: 'POST',
          path: '/',
          headers,
          agent,
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const received = Buffer.concat(chunks);
            try {
              if (!isGenuine(incoming.headers, received)) throw new Error(NOT_GENUINE);
              resolve({ status: incoming.statusCode ?? 0, body: JSON.parse(received.toString()) });
            } catch (error) {
              reject(error);
            }
          });
        },
      );
      // For all of it: a socket's own timer begins again with every byte.
      const timer = setTimeout(() => outgoing.destroy(new Error('No answer in time')), timeout);
      outgoing.on('close', () => clearTimeout(timer));
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  return async <O extends keyof Operations>(operation: O, input: Operations[O]['input']) => {
    const body = JSON.stringify(input);
    let cause: unknown;
    for (let tried = 0; tried < attempts; tried++) {
      if (tried > 0) {
        observer?.repeated();
        await sleep(Math.random() * BACKOFF * 2 ** (tried - 1));
      }
      try {
        const answer = await attempt(operation, body);
        if (answer.status === 200) return answer.body as unknown as Operations[O]['output'];
        const type = String(answer.body.__type).split('#').at(-1) ?? '';
        if (type === 'ConditionalCheckFailedException') {
          throw new ConditionFailedError(answer.body.Item as ConditionFailedError['item']);
        }
        cause = new Error(`DynamoDB answered ${answer.status} ${type}`);
        if (THROTTLE.test(type)) observer?.throttled();
        if (answer.status < 500 && !TRANSIENT.test(type)) break;
      } catch (error) {
        if (error instanceof ConditionFailedError) throw error;
        cause = error;
      }
    }
    throw new UnavailableError('the store cannot be reached', cause);
  };
}
