import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { LatchkeyStack, type LatchkeyStackProps } from '../../lib/index.ts';
import { newApp, resources } from './templates.ts';
import { variants } from './variants.ts';

const templateOf = (props: LatchkeyStackProps = {}) => Template.fromStack(new LatchkeyStack(newApp(), 'Test', props));

/** Of what holds data: everything else is made anew by the next deployment. */
const HOLD_DATA = ['AWS::DynamoDB::Table', 'AWS::Cognito::UserPool', 'AWS::Logs::LogGroup'];

describe('stage prod', () => {
  let template: Template;
  beforeAll(() => {
    template = templateOf({ stage: 'prod' });
  });

  it('is what there is without a stage', () => {
    expect(template.toJSON()).toEqual(templateOf().toJSON());
  });

  it('keeps the table, people, signing keys and logs when the stack is deleted, or one of them replaced', () => {
    for (const type of HOLD_DATA) {
      const found = Object.values(resources(template, type));
      expect(found.length).toBeGreaterThan(0);
      for (const { DeletionPolicy, UpdateReplacePolicy } of found)
        expect([type, DeletionPolicy, UpdateReplacePolicy]).toEqual([type, 'Retain', 'Retain']);
    }
    template.hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Retain',
      Properties: { Description: Match.stringLikeRegexp('Private keys') },
    });
  });

  it('protects table and people from being deleted, and can restore the table to any second', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    template.hasResourceProperties('AWS::Cognito::UserPool', { DeletionProtection: 'ACTIVE' });
  });
});

describe('stage dev', () => {
  it('leaves nothing behind', () => {
    const template = templateOf({ stage: 'dev' });
    const kept = Object.entries(template.toJSON().Resources as Record<string, { DeletionPolicy?: string }>).filter(
      ([, { DeletionPolicy = 'Delete' }]) => DeletionPolicy !== 'Delete',
    );
    expect(kept.map(([id]) => id)).toEqual([]);
    template.hasResourceProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: false });
    template.hasResourceProperties('AWS::Cognito::UserPool', { DeletionProtection: 'INACTIVE' });
    template.hasResourceProperties('AWS::ApiGateway::Stage', { StageName: 'dev' });
  });
});

describe('logs', () => {
  it('of every function go to a group of its own, are JSON, and end', () => {
    for (const [stage, days] of [
      ['prod', 90],
      ['dev', 7],
    ] as const) {
      const template = templateOf({ stage });
      const groups = resources(template, 'AWS::Logs::LogGroup');
      const functions = Object.values(resources(template, 'AWS::Lambda::Function'));
      const used = functions.map(({ Properties }) => Properties.LoggingConfig);
      expect(new Set(used.map(({ LogGroup }) => LogGroup.Ref)).size).toBe(functions.length);
      for (const { LogFormat, LogGroup, SystemLogLevel } of used) {
        expect([LogFormat, SystemLogLevel]).toEqual(['JSON', 'WARN']);
        expect(groups[LogGroup.Ref]?.Properties.RetentionInDays).toBe(days);
      }
    }
  });

  it('are kept as long as is said, for one of the periods that there are', () => {
    const periods = Object.values(resources(templateOf({ logRetentionDays: 400 }), 'AWS::Logs::LogGroup'));
    expect(new Set(periods.map(({ Properties }) => Properties.RetentionInDays))).toEqual(new Set([400]));
    expect(() => templateOf({ logRetentionDays: 42 })).toThrow(/one of 1, 3, 5, 7.* days, not for 42/);
  });

  it('of requests have ids, codes and times, where that is said', () => {
    templateOf().hasResourceProperties('AWS::ApiGateway::Stage', { AccessLogSetting: Match.absent() });
    const [stage] = Object.values(resources(templateOf({ accessLog: true }), 'AWS::ApiGateway::Stage'));
    const format = JSON.parse(stage?.Properties.AccessLogSetting.Format);
    expect(format).toMatchObject({ requestId: '$context.requestId', principalId: '$context.authorizer.principalId' });
    // What a caller sends may hold a secret, a path too.
    expect(JSON.stringify(format)).not.toMatch(/context\.path|requestOverride|identity\.(userAgent|apiKey|caller)/);
  });
});

describe('traces', () => {
  it('are made by the API and every function where that is said', () => {
    const traced = templateOf({ tracing: true });
    traced.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
    for (const { Properties } of Object.values(resources(traced, 'AWS::Lambda::Function')))
      expect(Properties.TracingConfig).toEqual({ Mode: 'Active' });
    for (const { Properties } of Object.values(resources(templateOf(), 'AWS::Lambda::Function')))
      expect(Properties.TracingConfig).toBeUndefined();
  });
});

describe('capacity', () => {
  it('is on demand without a setting', () => {
    const template = templateOf();
    template.hasResourceProperties('AWS::DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST' });
    template.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 0);
  });

  it('scales in its range where it is provisioned, the index with it', () => {
    const template = templateOf({ capacity: { reads: { min: 5, max: 1_000 }, writes: { min: 25, max: 4_000 } } });
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      BillingMode: Match.absent(),
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 25 },
    });
    const targets = Object.values(resources(template, 'AWS::ApplicationAutoScaling::ScalableTarget'));
    const ranges = targets.map(({ Properties: { ScalableDimension, MinCapacity, MaxCapacity } }) => [
      ScalableDimension,
      MinCapacity,
      MaxCapacity,
    ]);
    expect(ranges.toSorted()).toEqual([
      ['dynamodb:index:ReadCapacityUnits', 1, 1_000],
      ['dynamodb:index:WriteCapacityUnits', 3, 4_000],
      ['dynamodb:table:ReadCapacityUnits', 5, 1_000],
      ['dynamodb:table:WriteCapacityUnits', 25, 4_000],
    ]);
  });

  it.each([[{ min: 0, max: 10 }], [{ min: 20, max: 10 }], [{ min: 1.5, max: 10 }]])(
    'refuses what is no range: %j',
    (writes) => {
      expect(() => templateOf({ capacity: { reads: { min: 5, max: 10 }, writes } })).toThrow('Not a range');
    },
  );
});

describe("a name of the API's own", () => {
  const { apiDomain } = variants['with everything'];
  it('is its address, its issuer, and has a target to point at', () => {
    const template = templateOf({ apiDomain });
    template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: apiDomain.name,
      RegionalCertificateArn: apiDomain.certificateArn,
      SecurityPolicy: 'TLS_1_2',
    });
    template.hasOutput('ApiUrl', { Value: `https://${apiDomain.name}/` });
    template.hasOutput('ApiDomainTarget', {});
    const functions = Object.values(resources(template, 'AWS::Lambda::Function'));
    const issuers = functions.flatMap(({ Properties }) => Properties.Environment?.Variables.ISSUER ?? []);
    expect(new Set(issuers)).toEqual(new Set([`https://${apiDomain.name}`]));
  });
});

describe('tags', () => {
  it("name the application and the stage, and take the deployment's own", () => {
    const [table] = Object.values(resources(templateOf({ tags: { team: 'payments' } }), 'AWS::DynamoDB::Table'));
    expect(table?.Properties.Tags).toEqual([
      { Key: 'Application', Value: 'Latchkey' },
      { Key: 'Stage', Value: 'prod' },
      { Key: 'team', Value: 'payments' },
    ]);
  });
});
