import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { Latchkey, type ProtectProps } from '../../lib/index.ts';
import { methodsOf, newApp, resources } from './templates.ts';

describe('protect()', () => {
  function setUp() {
    const stack = new Stack(newApp(), 'Own');
    const latchkey = new Latchkey(stack, 'Latchkey');
    const handler = new LambdaFunction(stack, 'Widgets', {
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline('def handler(event, context): pass'),
    });
    const protect = (props: Partial<ProtectProps> = {}) =>
      latchkey.protect({ method: 'GET', path: '/v1/widgets/{widgetId}', handler, scopes: ['widgets:read'], ...props });
    return { stack, protect };
  }

  it("puts the engineer's function behind the authorizer, and gives it nothing", () => {
    const { stack, protect } = setUp();
    protect();
    const template = Template.fromStack(stack);
    const method = methodsOf(template).find(({ route }) => route === 'GET /v1/widgets/{widgetId}');
    expect(method?.authorization).toBe('CUSTOM');
    const policies = Object.keys(resources(template, 'AWS::IAM::Policy'));
    expect(policies.filter((name) => name.startsWith('Widgets'))).toEqual([]);
    expect(methodsOf(template).some(({ route }) => route.includes('items'))).toBe(false);
  });

  it.each<[string, Partial<ProtectProps>]>([
    ['a path without a slash', { path: 'v1/widgets' }],
    ['a path that ends in one', { path: '/v1/widgets/' }],
    ['a greedy path', { path: '/v1/{proxy+}' }],
    ['a scope that is none', { scopes: ['widgets'] }],
    ['all scopes', { scopes: ['*'] }],
    ['nobody', { principals: [] }],
    ['another name for a parameter of the stack', { path: '/api/v1/keys/{id}/usage' }],
    ['a parameter at the root', { path: '/{tenant}/widgets' }],
    ['a route of the stack', { method: 'GET', path: '/api/v1/keys' }],
    ['a path that CloudFront would take for one', { path: '/api/v1/keys/report' }],
  ])('refuses %s', (_, props) => {
    expect(() => setUp().protect(props)).toThrow();
  });

  it('lets a publishable key read, and nothing else', () => {
    const { protect } = setUp();
    protect({ principals: ['key', 'publishable-key'] });
    expect(() => protect({ method: 'POST', path: '/v1/widgets', principals: ['publishable-key'] })).toThrow(
      'only read',
    );
  });

  it('refuses a route twice, under whatever parameter name', () => {
    const { protect } = setUp();
    protect();
    expect(() => protect()).toThrow('already');
    expect(() => protect({ path: '/v1/widgets/{id}/parts' })).toThrow('one name');
    protect({ path: '/v1/widgets/{widgetId}/parts' });
    protect({ path: '/v1/widgets/all' });
  });

  it('refuses more routes than the functions can be told of', () => {
    const { stack, protect } = setUp();
    const random = (seed: number) =>
      Array.from({ length: 4 }, (_, n) => ((seed * (n + 7919) * 104_729) % 1_679_616).toString(36)).join('');
    for (let n = 1; n <= 250; n++) protect({ path: `/${random(n)}/${random(n * 31)}` });
    expect(() => Template.fromStack(stack)).toThrow(/own routes take \d+ bytes/);
  });
});
