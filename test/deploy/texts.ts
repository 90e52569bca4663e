import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Text {
  readonly DestinationPhoneNumber: string;
  readonly OriginationIdentity: string;
  readonly MessageBody: string;
}

/**
 * In the place of AWS End User Messaging, which the emulator has not: takes what the SDK sends, and shows it to whoever
 * asks with GET.
 */
export async function receiveTexts() {
  const texts: Text[] = [];
  const server = createServer(async (request, response) => {
    response.setHeader('Content-Type', 'application/x-amz-json-1.0');
    if (request.method === 'GET') {
      response.end(JSON.stringify(texts));
      return;
    }
    const sends = request.headers['x-amz-target'] === 'PinpointSMSVoiceV2.SendTextMessage';
    const body = (await request.toArray()).join('');
    if (sends) texts.push(JSON.parse(body));
    response.writeHead(sends ? 200 : 400).end(JSON.stringify(sends ? { MessageId: String(texts.length) } : {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
