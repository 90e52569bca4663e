import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { UnavailableError } from '../core/errors.ts';
import type { Mailer } from '../core/mail.ts';
import { NOT_GENUINE } from './genuine.ts';

/**
 * Mail by Amazon SES.
 * @param from an address that SES may send for
 */
export const createSesMailer = (client: SESv2Client, from: string): Mailer => ({
  async send({ to, subject, text }) {
    const command = new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      Content: {
        Simple: {
          Subject: { Data: subject, Charset: 'UTF-8' },
          Body: { Text: { Data: text, Charset: 'UTF-8' } },
        },
      },
    });
    const { MessageId } = await client.send(command).catch((cause: unknown) => {
      throw new UnavailableError('the mail cannot be sent', cause);
    });
    // What is no answer of AWS has no id of a message.
    if (!MessageId) throw new UnavailableError('the mail cannot be sent', new Error(NOT_GENUINE));
  },
});
