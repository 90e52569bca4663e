import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, CliCredentialsStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { fabraix, fanfare, fluxrate, fractalpack, fxland, Latchkey, LatchkeyStack } from '../../lib/index.ts';

/** The stack of `bin/app.ts`, and one of an engineer's own: their functions, in two languages, behind the construct. */
// The emulator checks the functions' permissions, but does not know the conditions of the bootstrap roles', nor the
// managed login.
const app = new App();
const synthesizer = () => new CliCredentialsStackSynthesizer() as IStackSynthesizer;
const perAddress = { perMinute: 1_000, perHour: 10_000 };
// All tests are one address.
const manyAttempts = {
  ...fractalpack,
  attemptLimits: { ...fractalpack.attemptLimits, perAddress },
  apps: [{ name: 'Desktop', redirect: 'http://127.0.0.1/callback', scopes: ['items:read'] }],
};
const sample = new LatchkeyStack(app, 'Latchkey', {
  synthesizer: synthesizer(),
  loginPages: 'classic',
  profile: manyAttempts,
  mail: { from: 'keys@acme.example', identity: 'acme.example' },
});
letMail(sample, 'OrganizationFunction');
for (const [name, profile] of Object.entries({
  Fabraix: fabraix,
  FxLand: fxland,
  Fluxrate: fluxrate,
})) {
  new LatchkeyStack(app, name, { synthesizer: synthesizer(), loginPages: 'classic', profile });
}

const POOL = 'arn:aws:sms-voice:us-east-1:000000000000:pool/pool-1';
const drops = new LatchkeyStack(app, 'Fanfare', {
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

/** The emulator takes sending a mail for an action on no resource. */
function letMail(stack: LatchkeyStack, name: string): LambdaFunction {
  const fn = stack.latchkey.node.findChild(name) as LambdaFunction;
  fn.addToRolePolicy(new PolicyStatement({ actions: ['ses:SendEmail'], resources: ['*'] }));
  return fn;
}

const EXAMPLE = join(import.meta.dirname, '../../examples/own-function');

const fewAddresses = { ...fractalpack, addressLimits: { perMinute: 25, perHour: 1_000 } };

class OwnStack extends Stack {
  constructor(scope: App, id: string) {
    super(scope, id, { synthesizer: synthesizer() });
    const latchkey = new Latchkey(this, 'Latchkey', { loginPages: 'classic', profile: fewAddresses });
    const python = new LambdaFunction(this, 'Python', {
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline(readFileSync(join(EXAMPLE, 'handler.py'), 'utf8')),
    });
    latchkey.protect({ method: 'GET', path: '/v1/widgets/{widgetId}', handler: python, scopes: ['widgets:read'] });
    latchkey.protect({
      method: 'POST',
      path: '/v1/widgets',
      handler: python,
      scopes: ['widgets:write'],
      principals: ['key'],
    });
    const gizmos = { path: '/v1/gizmos', handler: python, limited: 'handler' } as const;
    latchkey.protect({ ...gizmos, method: 'GET', scopes: ['gizmos:read'] });
    const typescript = new NodejsFunction(this, 'TypeScript', {
      entry: join(import.meta.dirname, 'gadgets.ts'),
      runtime: Runtime.NODEJS_24_X,
    });
    const gadgets = { path: '/v1/gadgets', handler: typescript, limited: 'handler' } as const;
    latchkey.protect({ ...gadgets, method: 'GET', scopes: ['gadgets:read'] });
    new CfnOutput(this, 'ApiUrl', { value: latchkey.api.restApi.url });
    new CfnOutput(this, 'TableName', { value: latchkey.table.table.tableName });
  }
}
new OwnStack(app, 'Own');
