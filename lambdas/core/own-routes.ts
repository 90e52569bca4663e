import type { ProtectedRoute } from '../contract/routes.ts';

/** Marks a table that is compressed. JSON begins with a bracket. */
const COMPRESSED = 'br:';

/** Up to here a table stays legible, and the authorizer need not load what decompresses it. */
const LEGIBLE = 1_500;

/**
 * A deployment's own routes travel to the functions in an environment variable, and Lambda gives all variables of a
 * function 4 KB together. As many routes as an API may have by default, 300, fit when compressed.
 */
export function encodeRoutes(routes: readonly ProtectedRoute[]): string {
  const json = JSON.stringify(routes);
  if (json.length <= LEGIBLE) return json;
  return COMPRESSED + process.getBuiltinModule('node:zlib').brotliCompressSync(json).toString('base64');
}

export function decodeRoutes(text: string): readonly ProtectedRoute[] {
  if (!text.startsWith(COMPRESSED)) return JSON.parse(text);
  const compressed = Buffer.from(text.slice(COMPRESSED.length), 'base64');
  return JSON.parse(process.getBuiltinModule('node:zlib').brotliDecompressSync(compressed).toString());
}
