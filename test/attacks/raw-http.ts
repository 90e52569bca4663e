import { once } from 'node:events';
import { connect } from 'node:net';

/** What came back, however many answers that are. */
export interface RawAnswers {
  /** In the order in which they came; empty where the connection was closed without a word. */
  readonly statuses: readonly number[];
  readonly text: string;
}

/** Sends bytes as they are, and reads until the server closes. `Connection: close` has to be among them. */
export async function sendRaw(url: string, bytes: string): Promise<RawAnswers> {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => void chunks.push(chunk));
  socket.on('error', () => {});
  socket.setTimeout(10_000, () => socket.destroy());
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  const text = Buffer.concat(chunks).toString();
  return { statuses: [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status)), text };
}

/** A request with its header lines as they are given. */
export const rawRequest = (line: string, headers: readonly string[], body = ''): string =>
  [`${line} HTTP/1.1`, 'Connection: close', ...headers, '', body].join('\r\n');
