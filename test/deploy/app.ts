import { readFileSync } from 'node:fs';
import { App, Aws, CfnOutput, CliCredentialsStackSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';
import { AccountRootPrincipal, CfnPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { OwnApiStack } from '../../examples/own-api/own-api-stack.ts';
import { fabraix, fanfare, fluxrate, fractalpack, fxland, LatchkeyStack } from '../../lib/index.ts';
import { UPGRADED } from './upgraded.ts';

/** The stack of `bin/app.ts` in each profile, and the example of an engineer's own. */
// The emulator checks the functions' permissions, but does not know the conditions of the bootstrap roles', nor the
// managed login.
const app = new App();
const synthesizer = () => new CliCredentialsStackSynthesizer() as IStackSynthesizer;
const perAddress = { perMinute: 1_000, perHour: 10_000 };
// All tests are one address.
const manyAttempts = {
  ...fractalpack,
  attemptLimits: { ...fractalpack.attemptLimits, perAddress },
  apps: [
    { name: 'Desktop', redirect: 'http://127.0.0.1/callback', scopes: ['items:read'] },
    { name: 'An app', redirect: 'myapp://callback', scopes: ['usage.read'] },
  ],
};
const sample = new LatchkeyStack(app, 'Latchkey', {
  synthesizer: synthesizer(),
  loginPages: 'classic',
  profile: manyAttempts,
  mail: { from: 'keys@acme.example', identity: 'acme.example' },
});
for (const name of ['OrganizationFunction', 'ConsumersFunction']) letMail(sample, name);
letPlainHttp(sample);
for (const [name, profile] of Object.entries({
  Fabraix: fabraix,
  FxLand: fxland,
  Fluxrate: fluxrate,
})) {
  new LatchkeyStack(app, name, { synthesizer: synthesizer(), loginPages: 'classic', profile, dashboard: false });
}

// A user pool has one domain, so that CloudFormation cannot give it another: the first deployment's had another default.
letPlainHttp(
  new LatchkeyStack(app, UPGRADED, {
    synthesizer: synthesizer(),
    loginPages: 'classic',
    domainPrefix: firstDomainPrefix(),
  }),
);

const POOL = 'arn:aws:sms-voice:us-east-1:000000000000:pool/pool-1';
const drops = new LatchkeyStack(app, 'Fanfare', {
  dashboard: false,
  synthesizer: synthesizer(),
  loginPages: 'classic',
  profile: {
    ...fanfare,
    attemptLimits: { ...fanfare.attemptLimits, perAddress },
    consumers: { ...fanfare.consumers, codeLimits: { perMinute: 5, perHour: 50 } },
  },
  mail: { from: 'drops@acme.example', identity: 'acme.example' },
  smsFrom: POOL,
});
// The emulator sends no text messages.
letMail(drops, 'ConsumersFunction').addEnvironment(
  'AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2',
  process.env.LATCHKEY_TEXTS ?? '',
);

/** What deployed it first printed: `https://<prefix>.auth.<region>.amazoncognito.com`. */
function firstDomainPrefix(): string {
  const { [UPGRADED]: first } = JSON.parse(readFileSync(process.env.LATCHKEY_FIRST_OUTPUTS ?? '', 'utf8'));
  return new URL(first.LoginUrl).hostname.split('.')[0] ?? '';
}

letPlainHttp(new LatchkeyStack(app, 'Dev', { synthesizer: synthesizer(), loginPages: 'classic', stage: 'dev' }));

// Of its own, since its tokens are ended all at once.
const operated = new LatchkeyStack(app, 'Operated', {
  synthesizer: synthesizer(),
  loginPages: 'classic',
  dashboard: false,
  profile: manyAttempts,
});
letOperate(operated, new Role(operated, 'Operator', { assumedBy: new AccountRootPrincipal() }));

/** Somebody who may what the documentation says that an operator has to, and nothing else. */
function letOperate(stack: LatchkeyStack, role: Role): void {
  const [, policy = ''] = /```json\n(\{\n {2}"Version"[\s\S]*?)```/.exec(readFileSync('docs/cli.md', 'utf8')) ?? [];
  const { tableName } = stack.latchkey.table.table;
  const names = { REGION: Aws.REGION, ACCOUNT: Aws.ACCOUNT_ID, STACK: stack.stackName, TABLE: tableName };
  const filled = Object.entries(names).reduce((text, [name, value]) => text.replaceAll(name, value), policy);
  new CfnPolicy(stack, 'OperatorPolicy', {
    policyName: 'operator',
    policyDocument: JSON.parse(filled),
    roles: [role.roleName],
  });
  new CfnOutput(stack, 'OperatorRole', { value: role.roleArn });
}

/** The emulator takes sending a mail for an action on no resource. */
function letMail(stack: LatchkeyStack, name: string): LambdaFunction {
  const fn = stack.latchkey.node.findChild(name) as LambdaFunction;
  fn.addToRolePolicy(new PolicyStatement({ actions: ['ses:SendEmail'], resources: ['*'] }));
  return fn;
}

/** The emulator has no HTTPS, without which the bucket takes nothing. */
function letPlainHttp({ latchkey }: LatchkeyStack): void {
  const policy = latchkey.site?.bucket.policy?.node.defaultChild as CfnBucketPolicy;
  policy.addPropertyOverride('PolicyDocument.Statement.0.Condition.StringEquals', { 'aws:PrincipalAccount': 'nobody' });
}

new OwnApiStack(app, 'Own', {
  synthesizer: synthesizer(),
  latchkey: {
    loginPages: 'classic',
    dashboard: false,
    profile: { ...fractalpack, addressLimits: { perMinute: 25, perHour: 1_000 } },
  },
});
