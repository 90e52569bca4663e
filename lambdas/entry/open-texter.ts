import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { clientLimits } from '../adapters/client-limits.ts';
import { createSmsTexter } from '../adapters/sms-texter.ts';
import { environment } from '../contract/environment.ts';
import type { Texter } from '../core/consumer-login.ts';

/** Undefined where the deployment sends no text messages. */
export function openTexter(): Texter | undefined {
  const from = process.env[environment.smsFrom];
  return from ? createSmsTexter(new PinpointSMSVoiceV2Client(clientLimits), from) : undefined;
}
