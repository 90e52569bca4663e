import { type PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { Texter } from '../core/consumer-login.ts';
import { UnavailableError } from '../core/errors.ts';
import { checkAnswers } from './check-answers.ts';

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
    await checkAnswers(client)
      .send(command)
      .catch((cause: unknown) => {
        throw new UnavailableError('the text message cannot be sent', cause);
      });
  },
});
