import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { environment } from '../lambdas/contract/environment.ts';

/** An address or a domain in Amazon SES. */
export const sesIdentityArn = (scope: Construct, name: string): string =>
  Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: name });

/** Lets a function send mail from one address, by the identity in SES that is verified: the address, or its domain. */
export function grantMail(fn: LambdaFunction, from: string): void {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  fn.addEnvironment(environment.mailFrom, from);
  fn.addToRolePolicy(
    new PolicyStatement({
      actions: ['ses:SendEmail'],
      resources: [sesIdentityArn(fn, from), sesIdentityArn(fn, domain)],
      conditions: { StringEquals: { 'ses:FromAddress': from } },
    }),
  );
}
