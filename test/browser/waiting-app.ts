import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An app of the person's own computer that waits for its key on a free port, and notes what it was told. */
export async function startWaitingApp() {
  const told: { readonly url: URL; readonly referrer: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === '/callback') told.push({ url, referrer: request.headers.referer });
    response.setHeader('Content-Type', 'text/plain').end('You can close this page.');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const redirect = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  return { redirect, told, close: () => server.close() };
}
