import { timingSafeEqual } from 'node:crypto';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { EDGE_HEADERS } from '../contract/edge.ts';
import type { Authorize } from '../core/authorize.ts';
import { createCredentialReader, type MultiValueHeaders, singleValue } from '../http/credentials.ts';
import type { HandlerOptions } from './actor.ts';

export type AuthorizerFunction = (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/** What API Gateway takes for "answer 401"; any other error it answers with AUTHORIZER_FAILURE, here a 503. */
export const UNAUTHORIZED = 'Unauthorized';

export interface AuthorizerOptions extends HandlerOptions {
  /** What a request proves by that comes by the deployment's CloudFront; there is none on one machine. */
  readonly edgeSecret?: string;
}

export function createAuthorizerHandler(authorize: Authorize, options: AuthorizerOptions): AuthorizerFunction {
  const { profile, log, edgeSecret } = options;
  const readCredential = createCredentialReader(profile);

  return async (event) => {
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
      log({ level: 'error', message: 'The request could not be authorized', requestId, error });
      throw error;
    });
    if (decision.outcome === 'unauthorized') {
      const { reason: code, principalId } = decision;
      log({ level: 'info', message: UNAUTHORIZED, requestId, code, ...(principalId && { principalId }) });
      throw new Error(UNAUTHORIZED);
    }
    const { principalId, policy, context } = decision;
    return {
      principalId,
      policyDocument: policy as unknown as APIGatewayAuthorizerResult['policyDocument'],
      context: { ...context, ...(viewer !== undefined && { address: viewer }) },
    };
  };
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
