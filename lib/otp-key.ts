import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { environment } from '../lambdas/contract/environment.ts';

/** The key under which one-time codes are hashed: apart from the table, since a million values are quickly tried. */
export function grantOtpKey(scope: Construct, fn: LambdaFunction): void {
  const secret = new Secret(scope, 'OtpKey', {
    description: 'Under this, codes that sign consumers in are hashed',
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'It is worth nothing without the table, in which what it has hashed lives for ten minutes',
  });
  // Its ARN: its `Id`, since `Ref` is that in AWS alone.
  const { attrId } = secret.node.defaultChild as CfnSecret;
  fn.addEnvironment(environment.otpKey, attrId);
  fn.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [attrId] }));
}
