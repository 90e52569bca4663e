import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileAt, fileHeaders, HOME, PAGE_POLICY } from '../lambdas/contract/site.ts';
import type { GatewayAnswer } from './gateway.ts';

/** The dashboard and the reference, as CloudFront serves them from a bucket. */
export function createSite(folder: string) {
  /** Undefined for what is the API's. */
  return async function answer(method: string, path: string): Promise<GatewayAnswer | undefined> {
    if (path === '/') return { status: 302, headers: { Location: HOME }, body: '' };
    const file = fileAt(path);
    if (file === undefined) return undefined;
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: { Allow: 'GET, HEAD' }, body: '' };
    const found = join(folder, file);
    const content = found.startsWith(folder + sep) ? await readFile(found).catch(() => undefined) : undefined;
    if (!content) return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: 'Not found' };
    const { contentType, cacheControl } = fileHeaders(file);
    return {
      status: 200,
      headers: {
        'Content-Type': contentType,
        'Cache-Control': cacheControl,
        'Content-Security-Policy': PAGE_POLICY,
        'X-Content-Type-Options': 'nosniff',
        'X-Frame-Options': 'DENY',
        'Referrer-Policy': 'no-referrer',
      },
      body: content,
    };
  };
}

export type Site = ReturnType<typeof createSite>;
