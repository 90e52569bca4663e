import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { fileAt, fileHeaders, HOME, pagePolicy } from '../lambdas/contract/site.ts';
import type { GatewayAnswer } from './gateway.ts';

const brotli = promisify(brotliCompress);

/** As hard as CloudFront compresses, nearly: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Of every page that this machine serves. */
export const PAGE_HEADERS = {
  'Content-Security-Policy': pagePolicy(),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
} as const;

/** The dashboard and the reference, as CloudFront serves them from a bucket. */
export function createSite(folder: string) {
  const compressed = new Map<string, Promise<Buffer>>();

  /**
   * Undefined for what is the API's.
   * @param encodings the request's `Accept-Encoding`
   */
  return async function answer(method: string, path: string, encodings = ''): Promise<GatewayAnswer | undefined> {
    if (path === '/') return { status: 302, headers: { Location: HOME }, body: '' };
    const file = fileAt(path);
    if (file === undefined) return undefined;
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: { Allow: 'GET, HEAD' }, body: '' };
    const found = join(folder, file);
    const content = found.startsWith(folder + sep) ? await readFile(found).catch(() => undefined) : undefined;
    if (!content) return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: 'Not found' };
    const { contentType, cacheControl } = fileHeaders(file);
    const isCompressed = /\bbr\b/.test(encodings) && /^(?:text|application|image\/svg)/.test(contentType);
    return {
      status: 200,
      headers: {
        'Content-Type': contentType,
        ...(isCompressed && { 'Content-Encoding': 'br', Vary: 'Accept-Encoding' }),
        'Cache-Control': cacheControl,
        ...PAGE_HEADERS,
      },
      body: isCompressed ? await compress(file, content) : content,
    };
  };

  /** Assets once; a page may be built anew. */
  function compress(file: string, content: Buffer): Promise<Buffer> {
    if (!file.startsWith('assets/')) return brotli(content, QUALITY);
    const known = compressed.get(file) ?? brotli(content, QUALITY);
    compressed.set(file, known);
    return known;
  }
}

export type Site = ReturnType<typeof createSite>;
