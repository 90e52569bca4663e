/** Where the dashboard and the reference are, beside the API. */

/** The paths that are pages' and not the API's, as CloudFront writes them. */
export const SITE_PATHS = ['/dashboard', '/dashboard/*', '/docs', '/docs/'] as const;

/** Where a browser goes that asks for nothing. */
export const HOME = '/dashboard/';

/**
 * The file that a path shows: `undefined` where it is the API's. Every path of the dashboard that is no file's is a view
 * of it. It runs in CloudFront too, so it is plain and stands alone.
 */
export function fileAt(path: string): string | undefined {
  if (path === '/docs' || path === '/docs/') return 'docs.html';
  if (/^\/dashboard\/assets\/[\w-][\w.-]*$/.test(path)) return path.slice('/dashboard/'.length);
  return /^\/dashboard(?:\/|$)/.test(path) ? 'index.html' : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  json: 'application/json',
};

/** What a file is sent as. The names of assets change with what is in them. */
export const fileHeaders = (file: string): { readonly contentType: string; readonly cacheControl: string } => ({
  contentType: TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
  cacheControl: file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
});

/**
 * Nothing but the site's own files, no frame around it, and requests to its own origin alone.
 * @param apiOrigin where the API answers too, so that the reference can call what is nowhere else
 */
export const pagePolicy = (apiOrigin?: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    // Both libraries set styles of elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${apiOrigin === undefined ? '' : ` ${apiOrigin}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
