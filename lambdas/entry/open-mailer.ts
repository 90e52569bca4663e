import { SESv2Client } from '@aws-sdk/client-sesv2';
import { clientLimits } from '../adapters/client-limits.ts';
import { createSesMailer } from '../adapters/ses-mailer.ts';
import { environment } from '../contract/environment.ts';
import type { Mailer } from '../core/mail.ts';

/** Undefined where the deployment sends no mail. */
export function openMailer(): Mailer | undefined {
  const from = process.env[environment.mailFrom];
  return from ? createSesMailer(new SESv2Client(clientLimits), from) : undefined;
}
