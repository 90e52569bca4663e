import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { openApiDocument } from '../lambdas/contract/openapi.ts';
import { fractalpack } from '../lambdas/contract/profile.ts';
import { routesOf, sampleRoutesOf } from '../lambdas/contract/routes.ts';

const HEADER = `/** Made of the API's document by \`npm run client\`; not to be written by hand. */\n\n`;

/** One path for each operation: an alias would only be the same again. */
const withoutAliases = (routes: ReturnType<typeof routesOf>): typeof routes =>
  Object.fromEntries(Object.entries(routes).map(([operation, route]) => [operation, { ...route, aliases: [] }]));

/** The types of the API, as the default profile has it. */
export async function generate(): Promise<string> {
  const document = openApiDocument({
    profile: fractalpack,
    routes: withoutAliases({ ...routesOf(fractalpack), ...sampleRoutesOf(fractalpack) }),
    ownRoutes: [],
    url: 'http://localhost:3000',
    apiUrl: 'http://localhost:3000',
  });
  // Not `immutable`: openapi-fetch does not see an array in one that is read-only.
  const nodes = await openapiTS(JSON.stringify(document), { defaultNonNullable: false });
  return HEADER + astToString(nodes);
}

export const SCHEMA = join(import.meta.dirname, 'schema.d.ts');

if (import.meta.main) await writeFile(SCHEMA, await generate());
