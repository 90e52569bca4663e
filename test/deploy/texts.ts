import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

interface Text {
  readonly DestinationPhoneNumber: string;
  readonly MessageBody: string;
}

/**
 * In the place of AWS End User Messaging, which the emulator has not: takes what the SDK sends.
 * @param url where the deployed functions look for it
 */
export async function receiveTexts(url: string) {
  const texts: Text[] = [];
  const server = createServer(async (request, response) => {
    const sends = request.headers['x-amz-target'] === 'PinpointSMSVoiceV2.SendTextMessage';
    const body = (await request.toArray()).join('');
    if (sends) texts.push(JSON.parse(body));
    response
      .writeHead(sends ? 200 : 400, { 'Content-Type': 'application/x-amz-json-1.0', 'x-amzn-RequestId': randomUUID() })
      .end(JSON.stringify(sends ? { MessageId: String(texts.length) } : {}));
  }).listen(Number(new URL(url).port), '127.0.0.1');
  await once(server, 'listening');
  return {
    /** The text message that was sent last to a number. */
    readText: async (phone: string) =>
      texts.findLast(({ DestinationPhoneNumber }) => DestinationPhoneNumber === phone)?.MessageBody,
    close: () => server.close(),
  };
}
