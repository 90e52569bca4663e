import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { environment } from '../lambdas/contract/environment.ts';

/** An address or a domain in Amazon SES. */
export const sesIdentityArn = (scope: Construct, name: string): string =>
  Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: name });

/** Who a deployment's mail is from. */
export interface MailSender {
  /** A plain address, such as `keys@acme.example`. */
  readonly from: string;
  /**
   * What of it is verified in Amazon SES, in the deployment's Region: the address, or its domain.
   * @default the address
   */
  readonly identity?: string;
}

const ADDRESS = /^[^\s@<>"]+@([a-z0-9-]+\.)+[a-z0-9-]+$/i;

export const isMailAddress = (text: string): boolean => ADDRESS.test(text);

/** @throws Error for a sender that SES would refuse when the stack is deployed, or later */
export function assertSender({ from, identity = from }: MailSender): void {
  if (!isMailAddress(from)) throw new Error(`Not a plain address such as keys@acme.example: ${from}`);
  if (identity !== from && !from.endsWith(`@${identity}`) && !from.endsWith(`.${identity}`))
    throw new Error(`${from} is not an address of ${identity}`);
}

/** Lets a function send mail from one address, by the identity in SES that is verified. */
export function grantMail(fn: LambdaFunction, { from, identity = from }: MailSender): void {
  fn.addEnvironment(environment.mailFrom, from);
  fn.addToRolePolicy(
    new PolicyStatement({
      actions: ['ses:SendEmail'],
      resources: [sesIdentityArn(fn, identity)],
      conditions: { StringEquals: { 'ses:FromAddress': from } },
    }),
  );
}

/**
 * Lets a function send text messages from one identity of AWS End User Messaging.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsendusermessagingsmsandvoicev2.html
 * @param from the ARN of a number, a sender's id or a pool
 */
export function grantSms(fn: LambdaFunction, from: string): void {
  fn.addEnvironment(environment.smsFrom, from);
  fn.addToRolePolicy(new PolicyStatement({ actions: ['sms-voice:SendTextMessage'], resources: [from] }));
}
