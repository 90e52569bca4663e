import type { Operation, PrincipalType, Route } from '../../lambdas/contract/routes.ts';
import { operationsOf } from '../../local/functions.ts';
import type { Answer } from '../acceptance/target.ts';
import { type FaultyStack, generous } from './faulty-stack.ts';
import type { Decide, Generation } from './proxy.ts';
import { type Prepared, requests } from './requests.ts';
import type { Credential, World } from './world.ts';

/** An operation by one kind of principal. */
export interface Trial {
  readonly operation: Operation;
  readonly route: Route;
  readonly type: PrincipalType;
  readonly credential: Credential;
}

/** A trial as it is sent. */
export interface Sending extends Trial {
  readonly path: string;
  readonly headers: Credential;
  readonly body: unknown;
}

/**
 * Every operation of the route table by every kind of principal that may call it; of a kind's credentials, one after the
 * other.
 */
export function trialsOf(world: World): readonly Trial[] {
  return Object.entries<Route>(operationsOf(generous)).flatMap(([name, route], index) => {
    const types: readonly PrincipalType[] = route.auth === 'public' ? ['anonymous'] : route.auth.principals;
    return types.map((type) => {
      const some = world.credentials[type];
      return { operation: name as Operation, route, type, credential: some[index % some.length] ?? {} };
    });
  });
}

/** A request that succeeds, made ready. */
export async function prepare(world: World, trial: Trial): Promise<Sending> {
  const { operation, route, type, credential } = trial;
  const {
    parameters = {},
    query = '',
    body,
    headers,
    as = credential,
  }: Prepared = await requests[operation](world, type);
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
  return { ...trial, path: path + query, headers: { ...as, ...headers }, body };
}

export const nameOf = ({ operation, type }: Pick<Trial, 'operation' | 'type'>): string => `${operation} by ${type}`;

/** Does something for each, some at a time. */
export async function eachOf<T, R>(list: readonly T[], atOnce: number, run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < list.length) {
      const index = next++;
      results[index] = await run(list[index] as T);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

export interface Launched {
  readonly generation: Generation;
  readonly answer: Promise<Answer>;
}

/** Sends a request to containers of its own, and goes on once they have begun. */
export async function launch(
  stack: FaultyStack,
  sending: Sending,
  decide?: Decide,
  quick?: boolean,
): Promise<Launched> {
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  const generation = await stack.renew((call, calls) => {
    resolve();
    return decide?.(call, calls) ?? 'pass';
  }, quick);
  const answer = stack.client.call(sending.route.method, sending.path, sending.headers, sending.body);
  // Of an operation that asks nobody anything, it is the answer that says so.
  await Promise.race([begun, answer]);
  return { generation, answer };
}
