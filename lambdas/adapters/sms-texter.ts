import { type PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { Texter } from '../core/consumer-login.ts';
import { UnavailableError } from '../core/errors.ts';
import { NOT_GENUINE } from './genuine.ts';

/**
 * Text messages by AWS End User Messaging.
 * @param from a number, a sender's id, or the id or ARN of a pool of them, that the account may send with
 */
export const createSmsTexter = (client: PinpointSMSVoiceV2Client, from: string): Texter => ({
  async send({ to, text }) {
    const command = new SendTextMessageCommand({
      DestinationPhoneNumber: to,
      OriginationIdentity: from,
      MessageBody: text,
      MessageType: 'TRANSACTIONAL',
    });
    const { MessageId } = await client.send(command).catch((cause: unknown) => {
      throw new UnavailableError('the text message cannot be sent', cause);
    });
    // What is no answer of AWS has no id of a message.
    if (!MessageId) throw new UnavailableError('the text message cannot be sent', new Error(NOT_GENUINE));
  },
});
