import { CustomResource, Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { environment } from '../lambdas/contract/environment.ts';
import { LatchkeyFunction } from './latchkey-function.ts';
import type { LatchkeyTable } from './table.ts';
import type { Upkeep } from './upkeep.ts';

export interface IssuerProps {
  readonly table: LatchkeyTable;
  /** The `iss` of what is signed. */
  readonly url: string;
  readonly upkeep: Upkeep;
}

/** Who signs this stack's tokens: private keys in Secrets Manager, public ones in the table, and their rotation. */
export class Issuer extends Construct {
  private readonly url: string;
  /** The secret's ARN: its `Id`, since `Ref` is that in AWS alone. */
  private readonly keys: string;
  /** Makes and rotates the keys. */
  readonly rotation: LambdaFunction;
  /** Functions that sign, and know a key for some minutes. */
  readonly signers: LambdaFunction[] = [];

  constructor(scope: Construct, id: string, { table, url, upkeep }: IssuerProps) {
    super(scope, id);
    this.url = url;
    // What it is made with is no key: the first rotation puts one there.
    const secret = new Secret(this, 'Keys', {
      description: 'Private keys that sign the tokens of this deployment',
      removalPolicy: upkeep.removalPolicy,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The function SigningKeysFunction rotates it, publishing each key before it signs',
    });
    this.keys = (secret.node.defaultChild as CfnSecret).attrId;
    this.rotation = new LatchkeyFunction(this, 'SigningKeysFunction', {
      entry: 'signing-keys',
      description: 'Makes and rotates the keys that sign tokens',
      upkeep,
      timeout: Duration.minutes(5),
      environment: { [environment.signingKeys]: this.keys },
    });
    this.grant(this.rotation, 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue');
    table.grantPublishKeySet(this.rotation);
    new Rule(this, 'Daily', {
      description: 'Rotates the signing keys when they are due',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaTarget(this.rotation)],
    });
    const first = new CustomResource(this, 'FirstKeys', {
      resourceType: 'Custom::LatchkeySigningKeys',
      serviceToken: this.rotation.functionArn,
      serviceTimeout: Duration.minutes(6),
    });
    first.node.addDependency(this.rotation);
  }

  /** For a function that signs tokens: nobody else reads the private keys. */
  grantSign(fn: LambdaFunction): void {
    this.signers.push(fn);
    fn.addEnvironment(environment.issuer, this.url);
    fn.addEnvironment(environment.signingKeys, this.keys);
    this.grant(fn, 'secretsmanager:GetSecretValue');
  }

  private grant(fn: LambdaFunction, ...actions: readonly string[]): void {
    fn.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [this.keys] }));
  }
}
