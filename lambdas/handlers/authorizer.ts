import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Authorize } from '../core/authorize.ts';
import { extractCredential } from '../http/credentials.ts';
import type { Log } from '../http/log.ts';

export type AuthorizerFunction = (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/** What API Gateway takes for "answer 401"; any other error it answers with AUTHORIZER_FAILURE, here a 503. */
export const UNAUTHORIZED = 'Unauthorized';

export const createAuthorizerHandler =
  (authorize: Authorize, log: Log): AuthorizerFunction =>
  async (event) => {
    const { requestId } = event.requestContext;
    const decision = await authorize({
      credential: extractCredential(event.multiValueHeaders ?? {}),
      method: event.httpMethod,
      resource: event.resource,
      methodArn: event.methodArn,
      sourceIp: event.requestContext.identity?.sourceIp,
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
