import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Authorize } from '../core/authorize.ts';
import { createCredentialReader, singleValue } from '../http/credentials.ts';
import type { HandlerOptions } from './actor.ts';

export type AuthorizerFunction = (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/** What API Gateway takes for "answer 401"; any other error it answers with AUTHORIZER_FAILURE, here a 503. */
export const UNAUTHORIZED = 'Unauthorized';

export function createAuthorizerHandler(authorize: Authorize, { profile, log }: HandlerOptions): AuthorizerFunction {
  const readCredential = createCredentialReader(profile);

  return async (event) => {
    const { requestId } = event.requestContext;
    const headers = event.multiValueHeaders ?? {};
    const decision = await authorize({
      presented: readCredential(headers),
      method: event.httpMethod,
      resource: event.resource,
      methodArn: event.methodArn,
      sourceIp: event.requestContext.identity?.sourceIp,
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
      context: { ...context },
    };
  };
}
