import type { ProtectedRoute } from '../contract/routes.ts';

/** Marks a table that is deflated. JSON begins with a bracket. */
const DEFLATED = 'z';

/** Up to here a table stays legible, and the authorizer need not load what inflates it. */
const LEGIBLE = 1_500;

/**
 * A deployment's own routes travel to the functions in an environment variable, and Lambda gives all variables of a
 * function 4 KB together. As many routes as an API may have by default, 300, fit when deflated.
 */
export function encodeRoutes(routes: readonly ProtectedRoute[]): string {
  const json = JSON.stringify(routes);
  if (json.length <= LEGIBLE) return json;
  return DEFLATED + process.getBuiltinModule('node:zlib').deflateRawSync(json, { level: 9 }).toString('base64');
}

export function decodeRoutes(text: string): readonly ProtectedRoute[] {
  if (!text.startsWith(DEFLATED)) return JSON.parse(text);
  const deflated = Buffer.from(text.slice(DEFLATED.length), 'base64');
  return JSON.parse(process.getBuiltinModule('node:zlib').inflateRawSync(deflated).toString());
}
