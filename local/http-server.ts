import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GatewayAnswer, type GatewayRequest, TOO_LARGE } from './gateway.ts';
import { ISSUER_PATH, type OperateIssuer } from './issuer.ts';
import { OUTBOX_PATH, type Outbox } from './outbox.ts';
import type { Site } from './site.ts';

/** API Gateway's limit on a request's body, in bytes. */
const BODY_LIMIT = 10 * 1_024 * 1_024;

/** Under this path the user pool answers, in place of `cognito-idp.<region>.amazonaws.com`. */
export const COGNITO_PATH = '/_cognito';

/** Binds first, so that what answers can know the address. */
export async function listen(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** Turns HTTP into what the gateway takes, and its answer back. */
export function serve(
  server: Server,
  gateway: (request: GatewayRequest) => Promise<GatewayAnswer>,
  cognito: RequestListener,
  outbox: Outbox,
  operate: OperateIssuer,
  site: Site | undefined,
): void {
  server.on('request', (request, response) => {
    if (request.url === COGNITO_PATH || request.url?.startsWith(`${COGNITO_PATH}/`)) {
      request.url = request.url.slice(COGNITO_PATH.length) || '/';
      // As AWS does, and cognito-local does not.
      response.setHeader('x-amzn-RequestId', randomUUID());
      cognito(request, response);
      return;
    }
    const { method = 'GET', url = '/', headers } = request;
    const path = url.split('?')[0] ?? '/';
    const answer = async (): Promise<GatewayAnswer> => {
      if (method === 'POST' && path === ISSUER_PATH) return operate(request);
      if (method === 'GET' && path === OUTBOX_PATH) return outbox.show(headers.accept ?? '');
      return (
        (await site?.(method, path, String(headers['accept-encoding'] ?? ''))) ??
        gateway(await toGatewayRequest(request))
      );
    };
    answer()
      .then(({ status, headers, multiValueHeaders, body }) =>
        response
          .writeHead(status, { ...headers, ...multiValueHeaders, 'Content-Length': Buffer.byteLength(body) })
          .end(method === 'HEAD' ? undefined : body),
      )
      .catch(() => response.writeHead(500, { Connection: 'close' }).end());
  });
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

async function toGatewayRequest(request: IncomingMessage): Promise<GatewayRequest> {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    headers.push([request.rawHeaders[index] as string, request.rawHeaders[index + 1] as string]);
  }
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers,
    body: await readBody(request),
    sourceIp: request.socket.remoteAddress ?? '',
  };
}

async function readBody(request: IncomingMessage): Promise<GatewayRequest['body']> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // What is over the limit is read to its end, so that the answer can be, and not kept.
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  if (size > BODY_LIMIT) return TOO_LARGE;
  return size === 0 ? null : Buffer.concat(chunks).toString();
}
