import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inHtml, STYLE } from '../lambdas/http/html.ts';
import type { GatewayAnswer } from './gateway.ts';
import { PAGE_HEADERS } from './site.ts';

/** A message that this machine would have sent. */
export interface Message {
  readonly to: string;
  readonly channel: 'email' | 'sms';
  readonly subject?: string;
  readonly text: string;
  /** RFC 3339. */
  readonly sentAt: string;
}

/** Under this path the messages are shown. */
export const OUTBOX_PATH = '/outbox';

const row = ({ to, channel, subject = '', text, sentAt }: Message): string =>
  `<article><h2>${inHtml(subject || channel)}</h2><p>To ${inHtml(to)}, <time>${inHtml(sentAt)}</time></p><pre>${inHtml(text)}</pre></article>`;

const page = (messages: readonly Message[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5">
<title>Outbox</title>
<style>${STYLE}</style>
<body class="wide">
<h1>Outbox</h1>
<p>What this stack would have sent, newest first.</p>
${messages.toReversed().map(row).join('\n') || '<p>Nothing yet.</p>'}
</html>
`;

/** Mail and text messages of the stack on one machine: kept in the data folder, shown as a page and as JSON. */
export function createOutbox(dataFolder: string) {
  const file = join(dataFolder, 'outbox.jsonl');

  async function send(message: Omit<Message, 'sentAt'>): Promise<void> {
    await appendFile(file, `${JSON.stringify({ ...message, sentAt: new Date().toISOString() })}\n`, { mode: 0o600 });
  }

  async function read(): Promise<readonly Message[]> {
    const lines = await readFile(file, 'utf8').catch(() => '');
    return lines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  /** @param accept the request's `Accept` */
  async function show(accept: string): Promise<GatewayAnswer> {
    const messages = await read();
    const json = accept.includes('application/json');
    return {
      status: 200,
      headers: {
        'Content-Type': json ? 'application/json' : 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        ...PAGE_HEADERS,
      },
      body: json ? JSON.stringify({ messages }) : page(messages),
    };
  }

  return { send, show };
}

export type Outbox = ReturnType<typeof createOutbox>;
