import { mediaTypeOf } from '../lambdas/contract/dialect.ts';
import { EDGE_HEADERS } from '../lambdas/contract/edge.ts';
import type { Profile } from '../lambdas/contract/profile.ts';
import { fileAt, HOME } from '../lambdas/contract/site.ts';
import { notFoundTemplate } from '../lambdas/http/gateway-responses.ts';

/** Stands for a request's id, which CloudFront knows. */
const INSTANCE = '%REQUEST_ID%';

/** CloudFront's limit on a function's code, in bytes. */
const LIMIT = 10_000;

/** One expression for all of the stack's paths, `{name}` for any one segment. */
function pathPattern(paths: readonly string[]): string {
  const patterns = [...new Set(paths.map((path) => RegExp.escape(path).replaceAll(/\\\{[^}]*\\\}/g, '[^/]+')))];
  return `^(?:${patterns.toSorted().join('|')})$`;
}

/** Whether a path would be taken for one of the stack's own. */
export const isStackPath = (paths: readonly string[], path: string): boolean =>
  new RegExp(pathPattern(paths)).test(path);

/**
 * What CloudFront runs before every request: it names the file of a page, sends the root to the dashboard, lets through to
 * the API what are the stack's own paths, and notes the address that it sees, whatever the request said of it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 * @throws Error for more paths than there is room for
 */
export function edgeCode(profile: Profile, paths: readonly string[]): string {
  const code = `${fileAt.toString()}
const NOT_FOUND = ${JSON.stringify(notFoundTemplate(profile, INSTANCE))};
const OWN = new RegExp(${JSON.stringify(pathPattern(paths))});
function handler(event) {
  const request = event.request;
  // First of all: whatever the request says of its address is nobody's to believe.
  request.headers[${JSON.stringify(EDGE_HEADERS.address)}] = { value: event.viewer.ip };
  if (request.uri === '/') {
    return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: ${JSON.stringify(HOME)} } } };
  }
  const file = fileAt(request.uri);
  if (file !== undefined) {
    request.uri = '/' + file;
    return request;
  }
  if (!OWN.test(request.uri)) {
    return {
      statusCode: 404,
      statusDescription: 'Not Found',
      headers: { 'content-type': { value: ${JSON.stringify(mediaTypeOf(profile))} }, 'cache-control': { value: 'no-store' } },
      body: NOT_FOUND.replace(${JSON.stringify(INSTANCE)}, event.context.requestId),
    };
  }
  return request;
}
`;
  if (Buffer.byteLength(code) > LIMIT)
    throw new Error(`The paths of the stack take more than CloudFront's ${LIMIT} bytes`);
  return code;
}
