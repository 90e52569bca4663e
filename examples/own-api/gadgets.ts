import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { principalOf, withAuth } from '../../lambdas/index.ts';

/**
 * `withAuth` answers 429 for this function, and says in every answer what is left of the limit. Whatever a table of yours
 * holds, read it by the organization and the mode of who calls: then nobody is ever shown what is another's.
 */
export const handler = middy(async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const { id, organizationId, mode } = principalOf(event);
  return { statusCode: 200, body: JSON.stringify({ caller: id, organizationId, mode }) };
}).use(withAuth());
