import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environment } from '../lambdas/contract/environment.ts';
import { fractalpack } from '../lambdas/contract/profile.ts';
import { protectedRoutes, sampleRoutesOf } from '../lambdas/contract/routes.ts';
import { Latchkey, type LatchkeyProps } from './latchkey.ts';
import { LatchkeyFunction } from './latchkey-function.ts';

export interface LatchkeyStackProps extends StackProps, LatchkeyProps {}

/** Latchkey by itself, with the profile's sample resource in the place of your own functions. */
export class LatchkeyStack extends Stack {
  readonly latchkey: Latchkey;

  constructor(scope: Construct, id: string, props: LatchkeyStackProps = {}) {
    super(scope, id, props);
    const { profile = fractalpack } = props;
    this.latchkey = new Latchkey(this, 'Latchkey', props);
    const { table, api, identity } = this.latchkey;

    const items = new LatchkeyFunction(this, 'ItemsFunction', {
      entry: 'items',
      description: 'The sample resource',
      environment: { [environment.profile]: JSON.stringify(profile) },
    });
    table.grantItems(items);
    for (const { method, path, scopes, principals } of protectedRoutes(sampleRoutesOf(profile))) {
      this.latchkey.protect({ method, path, handler: items, scopes, principals, limited: 'handler' });
    }

    new CfnOutput(this, 'DashboardUrl', { value: this.latchkey.url });
    new CfnOutput(this, 'ApiUrl', { value: api.restApi.url });
    new CfnOutput(this, 'UserPoolId', { value: identity.userPool.userPoolId });
    new CfnOutput(this, 'ClientId', { value: identity.client.userPoolClientId });
    new CfnOutput(this, 'LoginUrl', { value: identity.loginUrl });
    new CfnOutput(this, 'TableName', { value: table.table.tableName });
  }
}
