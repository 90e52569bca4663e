import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { principalOf, withAuth } from '../../lambdas/index.ts';

/** An engineer's own function in TypeScript: `withAuth` answers 429 for it and adds what is left of the limit. */
export const handler = middy(async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const { id, organizationId } = principalOf(event);
  return { statusCode: 200, body: JSON.stringify({ caller: id, organization: organizationId }) };
}).use(withAuth());
