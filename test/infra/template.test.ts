import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { pathsOf, routes as stackRoutes } from '../../lambdas/contract/routes.ts';
import { samples } from '../../lambdas/contract/sample-routes.ts';
import { decodeRoutes } from '../../lambdas/core/own-routes.ts';
import { fabraix, Latchkey, type LatchkeyProps, LatchkeyStack } from '../../lib/index.ts';
import { methodsOf, newApp, resources } from './templates.ts';

/** What stands for every path and method that there is not. */
const UNKNOWN = ['ANY /', 'ANY /{proxy+}'];

/** Every function writes its own log, and least-privilege.test.ts holds it to that one. */
const isOwnLog = (actions: unknown): boolean => [actions].flat().every((action) => String(action).startsWith('logs:'));

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/one';

describe('the stack', () => {
  let template: Template;
  beforeAll(() => {
    template = Template.fromStack(new LatchkeyStack(newApp(), 'Test'));
  });

  const table = Object.values({ ...stackRoutes, ...samples.items });
  /** What the gateway answers by itself: unknown paths, and browsers that ask before they call. */
  const mocks = [...UNKNOWN, ...new Set(table.flatMap(pathsOf).map((path) => `OPTIONS ${path}`))];

  it('serves the routes of the table and no others', () => {
    const routes = table.flatMap((route) => pathsOf(route).map((path) => `${route.method} ${path}`));
    const methods = methodsOf(template).map(({ route }) => route);
    expect(methods.toSorted()).toEqual([...routes, ...mocks].toSorted());
  });

  it('puts every method behind the authorizer that the table does not call public', () => {
    const open = table.filter(({ auth }) => auth === 'public');
    const unguarded = methodsOf(template).filter(({ authorization }) => authorization !== 'CUSTOM');
    expect(unguarded.map(({ route }) => route).toSorted()).toEqual(
      [...mocks, ...open.flatMap((route) => pathsOf(route).map((path) => `${route.method} ${path}`))].toSorted(),
    );
    for (const { route, integration } of unguarded)
      expect(integration).toBe(mocks.includes(route) ? 'MOCK' : 'AWS_PROXY');
    const [authorizer] = Object.keys(resources(template, 'AWS::ApiGateway::Authorizer'));
    for (const method of methodsOf(template).filter(({ authorization }) => authorization === 'CUSTOM')) {
      expect(method.authorizer).toBe(authorizer);
    }
  });

  it('asks the authorizer for every request', () => {
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'REQUEST',
      AuthorizerResultTtlInSeconds: 0,
      IdentitySource: Match.absent(),
    });
  });

  it('runs on nodejs24.x and arm64', () => {
    for (const { Properties } of Object.values(resources(template, 'AWS::Lambda::Function'))) {
      expect([Properties.Runtime, Properties.Architectures]).toEqual(['nodejs24.x', ['arm64']]);
    }
    template.resourceCountIs('AWS::Lambda::Function', 12);
  });

  it('gives each function the actions that it needs, on the partitions that it needs them for', () => {
    const granted = Object.entries(resources(template, 'AWS::IAM::Policy')).map(([name, { Properties }]) => {
      // biome-ignore lint/suspicious/noExplicitAny: a template is untyped
      const statements = Properties.PolicyDocument.Statement.filter(({ Action }: any) => !isOwnLog(Action)).map(
        // biome-ignore lint/suspicious/noExplicitAny: a template is untyped
        ({ Action, Condition, Effect }: any) => [
          Effect,
          [Action].flat().map((action: string) => action.replace('dynamodb:', '')),
          Condition?.['ForAllValues:StringLike']['dynamodb:LeadingKeys'],
        ],
      );
      return [/(?:Latchkey)?(\w+)Function/.exec(name)?.[1], statements];
    });
    const AUDIT = ['Allow', ['PutItem', 'UpdateItem'], ['AUDIT#*']];
    const signing = (...actions: string[]) => ['Allow', actions.map((action) => `secretsmanager:${action}`), undefined];
    expect(Object.fromEntries(granted)).toEqual({
      Authorizer: [
        ['Allow', ['UpdateItem'], ['KEY#*', 'USER#*', 'SESSION#*', 'ADDRESS#*']],
        ['Allow', ['GetItem'], ['ISSUER#*']],
        ['Allow', ['GetItem'], ['POOL#*']],
      ],
      IssuerSigningKeys: [
        signing('GetSecretValue', 'PutSecretValue'),
        ['Allow', ['GetItem', 'UpdateItem'], ['ISSUER#*']],
      ],
      Keys: [
        ['Allow', ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], ['KEY#*']],
        ['Allow', ['Query'], undefined],
        signing('GetSecretValue'),
        ['Allow', ['cognito-idp:ListUsers'], undefined],
        AUDIT,
      ],
      Organization: [
        ['Allow', ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], ['ORG#*']],
        ['Allow', ['GetItem', 'BatchGetItem', 'UpdateItem'], ['USER#*', 'SESSION#*', 'POOL#*']],
        ['Allow', ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'], ['INVITATION#*']],
        ['Allow', ['UpdateItem'], ['ADDRESS#*']],
        ['Allow', ['Query'], undefined],
        ['Allow', ['cognito-idp:ListUsers'], undefined],
        AUDIT,
        ['Allow', ['Query'], ['AUDIT#*']],
      ],
      Pages: [],
      Consumers: [
        ['Allow', ['GetItem', 'PutItem', 'UpdateItem', 'BatchGetItem'], ['SESSION#*']],
        ['Allow', ['GetItem', 'PutItem', 'UpdateItem', 'BatchGetItem'], ['CONSUMER#*']],
        ['Allow', ['GetItem', 'PutItem', 'DeleteItem'], ['IDENTIFIER#*']],
        ['Allow', ['PutItem', 'UpdateItem'], ['OTP#*', 'CODE#*']],
        ['Allow', ['GetItem'], ['ORG#*']],
        ['Allow', ['UpdateItem'], ['ADDRESS#*']],
        ['Allow', ['Query'], undefined],
        signing('GetSecretValue'),
        signing('GetSecretValue'),
        AUDIT,
      ],
      Usage: [
        ['Allow', ['UpdateItem', 'Query'], ['USAGE#*']],
        ['Allow', ['PutItem'], ['EVENT#*']],
        signing('GetSecretValue'),
      ],
      SiteFiles: [
        ['Allow', ['s3:PutObject', 's3:DeleteObject'], undefined],
        ['Allow', ['s3:ListBucket'], undefined],
      ],
      PasswordReset: [
        ['Allow', ['BatchGetItem', 'UpdateItem'], ['SESSION#*']],
        ['Allow', ['UpdateItem'], ['USER#*']],
        ['Allow', ['Query'], undefined],
      ],
      Auth: [
        ['Allow', ['GetItem', 'PutItem', 'UpdateItem', 'BatchGetItem'], ['SESSION#*']],
        ['Allow', ['Query'], undefined],
        ['Allow', ['PutItem', 'UpdateItem'], ['LOGIN#*']],
        ['Allow', ['GetItem', 'UpdateItem'], ['USER#*']],
        ['Allow', ['GetItem', 'PutItem'], ['ORG#*']],
        ['Allow', ['GetItem'], ['INVITATION#*']],
        ['Allow', ['UpdateItem'], ['ADDRESS#*']],
        signing('GetSecretValue'),
        ['Allow', ['cognito-idp:ListUsers'], undefined],
        ['Allow', ['cognito-idp:AdminGetUser', 'cognito-idp:AdminDeleteUser'], undefined],
        AUDIT,
      ],
      Service: [['Allow', ['GetItem'], ['ISSUER#*']]],
      Items: [['Allow', ['PutItem', 'Query'], ['ITEM#*']]],
    });
  });

  it('makes the signing keys while it is deployed, rotates them, and keeps them when it is deleted', () => {
    template.hasResource('Custom::LatchkeySigningKeys', {
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('ServiceRoleDefaultPolicy')]),
    });
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)' });
    template.hasResource('AWS::SecretsManager::Secret', { DeletionPolicy: 'Retain' });
  });

  it('names no wildcard in a policy', () => {
    for (const { Properties } of Object.values(resources(template, 'AWS::IAM::Policy'))) {
      for (const { Action, Resource } of Properties.PolicyDocument.Statement) {
        // But the objects of a bucket that is there for one function to fill.
        const objects = [Action].flat().every((action: string) => /^s3:(?:Put|Delete)Object$/.test(action));
        expect(JSON.stringify(objects ? Action : [Action, Resource])).not.toContain('*');
      }
    }
  });

  it('keeps the table', () => {
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      Properties: {
        TableName: Match.absent(),
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
        GlobalSecondaryIndexes: [Match.objectLike({ Projection: { ProjectionType: 'KEYS_ONLY' } })],
      },
    });
  });

  it('lets nobody sign in by the implicit grant or with a short password', () => {
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AllowedOAuthFlows: ['code'],
      CallbackURLs: [Match.anyValue()],
      PreventUserExistenceErrors: 'ENABLED',
      GenerateSecret: false,
    });
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      Policies: { PasswordPolicy: Match.objectLike({ MinimumLength: 12 }) },
      DeletionProtection: 'ACTIVE',
    });
    template.resourceCountIs('AWS::Cognito::UserPoolDomain', 1);
  });

  it.each([
    ['UNAUTHORIZED', '401'],
    ['ACCESS_DENIED', '403'],
    ['MISSING_AUTHENTICATION_TOKEN', '404'],
    ['AUTHORIZER_FAILURE', '503'],
    ['AUTHORIZER_CONFIGURATION_ERROR', '503'],
  ])('answers %s with %s in problem+json', (ResponseType, StatusCode) => {
    template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType,
      StatusCode,
      ResponseParameters: Match.objectLike({ 'gatewayresponse.header.Content-Type': "'application/problem+json'" }),
    });
  });

  it('tells the authorizer of the sample, as of any route that it protects', () => {
    const functions = Object.entries(resources(template, 'AWS::Lambda::Function'));
    const variables = functions.find(([name]) => name.includes('AuthorizerFunction'))?.[1].Properties.Environment
      .Variables;
    expect(decodeRoutes(variables.OWN_ROUTES).map(({ method, path }) => `${method} ${path}`)).toEqual(
      Object.values(samples.items).map(({ method, path }) => `${method} ${path}`),
    );
  });

  it('stays far from what a stack and a function may hold', () => {
    expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(350);
    for (const { Properties } of Object.values(resources(template, 'AWS::Lambda::Function'))) {
      expect(JSON.stringify(Properties.Environment ?? {}).length).toBeLessThan(4_096);
    }
  });

  it('shows the managed login, or the classic pages where that is said', () => {
    template.hasResourceProperties('AWS::Cognito::UserPoolDomain', { ManagedLoginVersion: 2 });
    template.resourceCountIs('AWS::Cognito::ManagedLoginBranding', 1);
    const classic = Template.fromStack(new LatchkeyStack(newApp(), 'Test', { loginPages: 'classic' }));
    classic.hasResourceProperties('AWS::Cognito::UserPoolDomain', { ManagedLoginVersion: 1 });
    classic.resourceCountIs('AWS::Cognito::ManagedLoginBranding', 0);
  });

  it('may stand twice in one stack', () => {
    const stack = new Stack(newApp(), 'Two');
    for (const id of ['One', 'Other']) new Latchkey(stack, id);
    const domains = Object.values(resources(Template.fromStack(stack), 'AWS::Cognito::UserPoolDomain'));
    expect(new Set(domains.map(({ Properties }) => JSON.stringify(Properties.Domain))).size).toBe(2);
  });

  it('looks as its profile says, to every function and at the gateway', () => {
    const own = Template.fromStack(new LatchkeyStack(newApp(), 'Test', { profile: fabraix }));
    const functions = Object.values(resources(own, 'AWS::Lambda::Function'));
    const looks = functions.flatMap(({ Properties }) => Properties.Environment.Variables.PROFILE ?? []);
    // All but the two that CloudFormation calls, which nobody sees.
    expect(looks).toHaveLength(functions.length - 2);
    for (const look of looks) expect(JSON.parse(look)).toEqual(fabraix);
    own.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType: 'UNAUTHORIZED',
      ResponseTemplates: { 'application/json': Match.stringLikeRegexp('invalid_api_key') },
    });
    expect(methodsOf(own).map(({ route }) => route)).toContain('POST /v1/register-agent-run');
  });

  it("refuses a profile whose sentences would break the gateway's JSON", () => {
    for (const sentence of ['You lack "it"', 'a\\b', 'costs $context', 'two\nlines']) {
      const profile = { ...fabraix, sentences: { ...fabraix.sentences, insufficient_permissions: sentence } };
      expect(() => new LatchkeyStack(newApp(), 'Test', { profile })).toThrow('sentence');
    }
  });

  it("has the hosted login send browsers back to the dashboard's address, or to the API's where there is none", () => {
    const clientOf = (own: Template) => Object.values(resources(own, 'AWS::Cognito::UserPoolClient'))[0]?.Properties;
    const callbackWith = (props: LatchkeyProps) =>
      JSON.stringify(clientOf(Template.fromStack(new LatchkeyStack(newApp(), 'Test', props))).CallbackURLs);
    expect(JSON.stringify(clientOf(template).CallbackURLs)).toMatch(/SiteDistribution.*\/api\/v1\/auth\/callback/);
    const dashboardDomain = { name: 'console.example.com', certificateArn: CERTIFICATE };
    expect(callbackWith({ dashboardDomain })).toBe('["https://console.example.com/api/v1/auth/callback"]');
    expect(callbackWith({ dashboard: false })).toContain('/prod/api/v1/auth/callback');
    const issuer = 'https://api.example.com';
    expect(callbackWith({ dashboard: false, issuer })).toBe(`["${issuer}/api/v1/auth/callback"]`);
  });

  it('signs in with Google where that is said, by a secret that is in no template', () => {
    template.resourceCountIs('AWS::Cognito::UserPoolIdentityProvider', 0);
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', { SupportedIdentityProviders: ['COGNITO'] });
    const google = { clientId: 'an-id.apps.googleusercontent.com', clientSecret: 'google-sign-in' };
    const own = Template.fromStack(new LatchkeyStack(newApp(), 'Test', { google }));
    own.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
      ProviderType: 'Google',
      ProviderDetails: Match.objectLike({
        client_id: google.clientId,
        client_secret: '{{resolve:secretsmanager:google-sign-in:SecretString:::}}',
      }),
      AttributeMapping: { email: 'email', email_verified: 'email_verified' },
    });
    own.hasResourceProperties('AWS::Cognito::UserPoolClient', { SupportedIdentityProviders: ['COGNITO', 'Google'] });
  });

  it('sends mail from the address that is said, and from no other', () => {
    const own = Template.fromStack(
      new LatchkeyStack(newApp(), 'Test', { mail: { from: 'keys@acme.example', identity: 'acme.example' } }),
    );
    const statements = Object.values(resources(own, 'AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const sending = statements.filter(({ Action }) => Action === 'ses:SendEmail');
    expect(sending).toHaveLength(2);
    for (const { Condition, Resource } of sending) {
      expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'keys@acme.example' } });
      expect(JSON.stringify(Resource)).toContain(':identity/acme.example"');
    }
    expect(JSON.stringify(resources(own, 'AWS::Cognito::UserPool'))).toContain(':identity/acme.example"');
    own.hasResourceProperties('AWS::Cognito::UserPool', {
      EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', From: 'keys@acme.example' },
    });
    const senders = Object.values(resources(own, 'AWS::Lambda::Function')).filter(
      ({ Properties }) => Properties.Environment?.Variables?.MAIL_FROM,
    );
    expect(senders).toHaveLength(2);
    for (const from of ['keys', 'Acme <keys@acme.example>', 'keys@acme.example, other@acme.example']) {
      expect(() => new LatchkeyStack(newApp(), 'Test', { mail: { from } })).toThrow('plain address');
    }
    const foreign = { from: 'keys@acme.example', identity: 'other.example' };
    expect(() => new LatchkeyStack(newApp(), 'Test', { mail: foreign })).toThrow('not an address of');
  });

  it('sends text messages by the identity that is said, and by no other', () => {
    const smsFrom = 'arn:aws:sms-voice:us-east-1:123456789012:pool/pool-1';
    const own = Template.fromStack(new LatchkeyStack(newApp(), 'Test', { smsFrom }));
    own.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{ Action: 'sms-voice:SendTextMessage', Effect: 'Allow', Resource: smsFrom }]),
      },
    });
  });

  it('keeps an address until another is verified', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    });
  });

  it('ends sessions when Cognito has reset a password', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', { LambdaConfig: { PostConfirmation: Match.anyValue() } });
  });

  it('takes callback URLs and the login domain', () => {
    const props = { callbackUrls: ['https://app.example.com/callback'], domainPrefix: 'acme-login' };
    const own = Template.fromStack(new LatchkeyStack(newApp(), 'Test', props));
    own.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      CallbackURLs: [Match.anyValue(), 'https://app.example.com/callback'],
    });
    own.hasResourceProperties('AWS::Cognito::UserPoolDomain', { Domain: 'acme-login' });
  });
});

describe('the issuer', () => {
  it.each(['api.example.com', 'http://api.example.com', 'https://api.example.com/', 'urn:x', 'https://u@x.example'])(
    'is an address, and not %s',
    (issuer) => {
      expect(() => new Latchkey(new Stack(newApp(), 'Own'), 'Latchkey', { issuer })).toThrow('issuer');
    },
  );
});
