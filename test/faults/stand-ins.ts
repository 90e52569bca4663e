import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A message that a service took. */
interface Sent {
  readonly to: string;
  readonly text: string;
}

/** SES, End User Messaging and Secrets Manager, as far as this stack calls them. */
export async function startStandIns() {
  const sent: Sent[] = [];
  const secrets = new Map<string, string>();
  // biome-ignore lint/suspicious/noExplicitAny: each service's own form
  const answers: Record<string, (body: any) => object> = {
    outbound: ({ Destination, Content }) => {
      sent.push({ to: Destination.ToAddresses[0], text: Content.Simple.Body.Text.Data });
      return { MessageId: 'm' };
    },
    SendTextMessage: ({ DestinationPhoneNumber: to, MessageBody: text }) => {
      sent.push({ to, text });
      return { MessageId: 'm' };
    },
    GetSecretValue: ({ SecretId }) => ({ Name: SecretId, SecretString: secrets.get(SecretId) }),
    PutSecretValue: ({ SecretId, SecretString }) => {
      secrets.set(SecretId, SecretString);
      return { Name: SecretId };
    },
  };
  const server = createServer(async (request, response) => {
    const target =
      String(request.headers['x-amz-target'] ?? 'outbound')
        .split('.')
        .at(-1) ?? '';
    const answer = answers[target]?.(await json(request)) ?? {};
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': 'R' });
    response.end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const lastTo = (to: string): string | undefined => sent.findLast((message) => message.to === to)?.text;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    lastTo,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
