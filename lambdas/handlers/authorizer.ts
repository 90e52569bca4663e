import { timingSafeEqual } from 'node:crypto';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { EDGE_HEADERS } from '../contract/edge.ts';
import { type CounterName, type DenialCode, deniedBy, metric } from '../contract/metrics.ts';
import type { Authorize, Decision } from '../core/authorize.ts';
import type { Clock } from '../core/ports.ts';
import { createCredentialReader, type MultiValueHeaders, singleValue } from '../http/credentials.ts';
import type { LogEntry } from '../http/log.ts';
import { type Metrics, noMetrics } from '../http/metrics.ts';
import type { HandlerOptions } from './actor.ts';

export type AuthorizerFunction = (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/** What API Gateway takes for "answer 401"; any other error it answers with AUTHORIZER_FAILURE, here a 503. */
export const UNAUTHORIZED = 'Unauthorized';

export interface AuthorizerOptions extends HandlerOptions {
  readonly clock: Clock;
  /** @default none are written */
  readonly metrics?: Metrics;
  /** What a request proves by that comes by the deployment's CloudFront; there is none on one machine. */
  readonly edgeSecret?: string;
}

export function createAuthorizerHandler(authorize: Authorize, options: AuthorizerOptions): AuthorizerFunction {
  const { profile, log, clock, metrics = noMetrics, edgeSecret } = options;
  const readCredential = createCredentialReader(profile);

  /** A request that is let through is counted, and in no log: there are too many, and the function knows of it. */
  function note(decision: Decision, requestId: string): void {
    const entry = refusalOf(decision);
    if (entry) log({ level: 'info', requestId, ...entry });
    for (const name of countersOf(decision)) metrics.count(name);
  }

  return async (event) => {
    const startedAt = clock.now();
    const { requestId } = event.requestContext;
    const headers = event.multiValueHeaders ?? {};
    const viewer = viewerOf(headers, edgeSecret);
    const sourceIp = viewer ?? event.requestContext.identity?.sourceIp;
    const decision = await authorize({
      presented: readCredential(headers),
      method: event.httpMethod,
      resource: event.resource,
      methodArn: event.methodArn,
      sourceIp,
      origin: singleValue(headers, 'origin'),
      fetchSite: singleValue(headers, 'sec-fetch-site'),
    }).catch((error: unknown) => {
      log({ level: 'error', message: 'The request could not be authorized', requestId, code: 'unavailable', error });
      metrics.count(metric.unavailable);
      metrics.ended(clock.now() - startedAt);
      throw error;
    });
    note(decision, requestId);
    metrics.ended(clock.now() - startedAt);
    if (decision.outcome === 'unauthorized') throw new Error(UNAUTHORIZED);
    const { principalId, policy, context } = decision;
    return {
      principalId,
      policyDocument: policy as unknown as APIGatewayAuthorizerResult['policyDocument'],
      context: { ...context, ...(viewer !== undefined && { address: viewer }) },
    };
  };
}

/** What the log says of a decision that lets nobody in: its code as the documents write it, and why a 401 is one. */
function refusalOf(decision: Decision): Omit<LogEntry, 'level'> | undefined {
  if (decision.outcome === 'unauthorized') {
    const { reason: code, principalId } = decision;
    return { message: UNAUTHORIZED, code, ...(principalId && { principalId }) };
  }
  const { principalId } = decision;
  if (decision.outcome === 'denied' && decision.code !== 'rate_limited')
    return { message: 'Forbidden', code: decision.code, principalId };
  return isLimited(decision) ? { message: 'Over its limit', code: 'rate_limited', principalId } : undefined;
}

const isLimited = (decision: Decision): boolean =>
  (decision.outcome === 'denied' && decision.code === 'rate_limited') ||
  (decision.outcome === 'allowed' && decision.limited);

function countersOf(decision: Decision): readonly CounterName[] {
  if (isLimited(decision)) return [metric.limited];
  if (decision.outcome === 'allowed') return [metric.authorized];
  return [metric.denied, deniedBy(decision.outcome === 'denied' ? (decision.code as DenialCode) : decision.reason)];
}

/** The address that CloudFront saw, of a request that proves to have come by it. */
function viewerOf(headers: MultiValueHeaders, edgeSecret: string | undefined): string | undefined {
  if (edgeSecret === undefined) return undefined;
  const [proof, secret] = [singleValue(headers, EDGE_HEADERS.secret) ?? '', edgeSecret].map((text) =>
    Buffer.from(text),
  );
  const proven = proof !== undefined && secret !== undefined && proof.length === secret.length;
  return proven && timingSafeEqual(proof, secret) ? singleValue(headers, EDGE_HEADERS.address) : undefined;
}
