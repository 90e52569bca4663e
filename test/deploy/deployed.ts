import { readFileSync } from 'node:fs';
import {
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Target } from '../acceptance/target.ts';

const { AWS_ENDPOINT_URL, LATCHKEY_OUTPUTS, LATCHKEY_TEXTS } = process.env;

/** Where the emulator answers. */
export const endpoint = new URL(AWS_ENDPOINT_URL ?? '');

/** What `cdk deploy` printed, by stack. */
export const outputs: Record<string, Record<string, string>> = JSON.parse(readFileSync(LATCHKEY_OUTPUTS ?? '', 'utf8'));

/** The emulator serves every API under its own address. */
export function apiUrl(stack: string): string {
  const { hostname, pathname } = new URL(outputs[stack]?.ApiUrl ?? '');
  return `${endpoint.origin}/restapis/${hostname.split('.')[0]}/${pathname.replaceAll('/', '')}/_user_request_`;
}

/** The emulator's user pools send these codes to everybody. */
const CODES = { confirm: '123456', reset: '654321' };

/** The text of the mail that was sent last to an address. */
export async function readMail(email: string): Promise<string | undefined> {
  const response = await fetch(new URL('/_ministack/ses/messages', endpoint));
  const { messages } = (await response.json()) as { messages: Record<string, { To: string[]; BodyText: string }[]> };
  return Object.values(messages)
    .flat()
    .findLast(({ To }) => To.includes(email))?.BodyText;
}

/** Where the deployed functions send text messages. */
export const textsUrl = LATCHKEY_TEXTS ?? '';

/** Cognito notes that an address was confirmed; the emulator does not. */
export const markVerifiedIn = (stack: string) => async (email: string) => {
  const UserPoolId = outputs[stack]?.UserPoolId;
  const region = UserPoolId?.split('_')[0] ?? '';
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new CognitoIdentityProviderClient({ endpoint: endpoint.href, region, credentials });
  const UserAttributes = [{ Name: 'email_verified', Value: 'true' }];
  await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: email, UserAttributes }));
};

/** What the emulator stands, and leaves out. The limit is the stack's own for test keys. */
export const emulated = {
  testLimit: 60,
  concurrency: 12,
  racing: 300,
  readCode: async (_: string, purpose: keyof typeof CODES) => CODES[purpose],
  printsDenials: false,
};

/** The stack that has most. */
export const openLatchkey = async (): Promise<Target> => ({
  url: apiUrl('Latchkey'),
  ...emulated,
  readMail,
  markVerified: markVerifiedIn('Latchkey'),
});
