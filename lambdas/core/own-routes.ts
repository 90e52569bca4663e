import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ProtectedRoute } from '../contract/routes.ts';

/**
 * A deployment's own routes travel to the functions in an environment variable, and Lambda gives all variables of a
 * function 4 KB together: hence deflated. As many routes as an API may have by default, 300, fit.
 */
export const encodeRoutes = (routes: readonly ProtectedRoute[]): string =>
  deflateRawSync(JSON.stringify(routes), { level: 9 }).toString('base64');

export const decodeRoutes = (text: string): readonly ProtectedRoute[] =>
  JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString());
