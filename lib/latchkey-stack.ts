import { CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environment } from '../lambdas/contract/environment.ts';
import { fractalpack } from '../lambdas/contract/profile.ts';
import { protectedRoutes, sampleRoutesOf } from '../lambdas/contract/routes.ts';
import { Latchkey } from './latchkey.ts';
import { LatchkeyFunction } from './latchkey-function.ts';
import type { LatchkeyProps } from './latchkey-props.ts';

export interface LatchkeyStackProps extends StackProps, LatchkeyProps {}

/** Latchkey by itself, with the profile's sample resource in the place of your own functions. */
export class LatchkeyStack extends Stack {
  readonly latchkey: Latchkey;

  constructor(scope: Construct, id: string, props: LatchkeyStackProps = {}) {
    super(scope, id, props);
    const { profile = fractalpack } = props;
    this.latchkey = new Latchkey(this, 'Latchkey', props);
    const { table, api, identity, site, monitoring, upkeep } = this.latchkey;

    const items = new LatchkeyFunction(this, 'ItemsFunction', {
      entry: 'items',
      description: 'The sample resource',
      upkeep,
      environment: { [environment.profile]: JSON.stringify(profile) },
    });
    table.grantItems(items);
    for (const { method, path, scopes, principals } of protectedRoutes(sampleRoutesOf(profile))) {
      this.latchkey.protect({ method, path, handler: items, scopes, principals, limited: 'handler' });
    }

    new CfnOutput(this, 'DashboardUrl', { value: this.latchkey.url });
    this.latchkey.addOutputs();
    new CfnOutput(this, 'UserPoolId', { value: identity.userPool.userPoolId });
    new CfnOutput(this, 'ClientId', { value: identity.client.userPoolClientId });
    new CfnOutput(this, 'LoginUrl', { value: identity.loginUrl });
    if (api.domainTarget !== undefined) new CfnOutput(this, 'ApiDomainTarget', { value: api.domainTarget });
    if (site && props.dashboardDomain) new CfnOutput(this, 'DashboardDomainTarget', { value: site.domainTarget });
    if (monitoring) {
      new CfnOutput(this, 'MonitoringUrl', { value: monitoring.dashboardUrl });
      new CfnOutput(this, 'AlarmTopicArn', { value: monitoring.topic.topicArn });
    }
    for (const [key, value] of Object.entries({ Application: 'Latchkey', Stage: upkeep.stage, ...props.tags }))
      Tags.of(this).add(key, value);
  }
}
