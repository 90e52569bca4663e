import { createHash } from 'node:crypto';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { ApiError } from '../core/errors.ts';
import { inHtml, STYLE } from '../http/html.ts';
import { runPage } from './browser.ts';

export interface Page {
  /** Which part of the script is its own. */
  readonly name: string;
  readonly title: string;
  /** HTML. */
  readonly content: string;
  /** Attributes of the body that the script reads. */
  readonly data?: Readonly<Record<string, string>>;
}

const SCRIPT = `(${runPage.toString()})();`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but this script and this style, no frame around it, and no word of this page's address to any other. */
const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `script-src ${hashOf(SCRIPT)}`,
    `style-src ${hashOf(STYLE)}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

const attributes = (data: Readonly<Record<string, string>>): string =>
  Object.entries(data)
    .map(([name, value]) => ` data-${name}="${inHtml(value)}"`)
    .join('');

/** A page as it is sent. */
export const respondPage = (statusCode: number, page: Page): APIGatewayProxyResult => ({
  statusCode,
  headers: HEADERS,
  body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${inHtml(page.title)}</title>
<style>${STYLE}</style>
<body${attributes({ ...page.data, page: page.name })}>
<main>
<h1>${inHtml(page.title)}</h1>
<p id="message" role="alert"></p>
${page.content}
</main>
<noscript><p class="error">This page needs JavaScript.</p></noscript>
<script>${SCRIPT}</script>
</body>
</html>
`,
});

/** What a person is shown whose browser came to where it cannot go on. */
export const respondErrorPage =
  (signIn: string) =>
  ({ status, message }: ApiError): APIGatewayProxyResult =>
    respondPage(status, {
      name: 'error',
      title: 'This did not work',
      content: `<p>${inHtml(message)}</p>\n<a class="button" href="${inHtml(signIn)}">Sign in</a>`,
    });
