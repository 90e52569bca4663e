import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { pathsOf, type Route, routes } from '../../lambdas/contract/routes.ts';
import { isForAnyone } from '../../lambdas/core/grants.ts';
import { LatchkeyStack, type LatchkeyStackProps } from '../../lib/index.ts';
import { newApp, resources } from './templates.ts';

const templateOf = (props: LatchkeyStackProps) => Template.fromStack(new LatchkeyStack(newApp(), 'Test', props));

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped
const rulesOf = (template: Template): any[] =>
  Object.values(resources(template, 'AWS::WAFv2::WebACL'))[0]?.Properties.Rules;

describe('the firewall', () => {
  const template = templateOf({ firewall: {} });

  it('is there where that is said, before the stage', () => {
    templateOf({}).resourceCountIs('AWS::WAFv2::WebACL', 0);
    const [association] = Object.values(resources(template, 'AWS::WAFv2::WebACLAssociation'));
    expect(JSON.stringify(association?.Properties.ResourceArn)).toContain('/stages/');
  });

  it('counts what comes by CloudFront by the address that CloudFront saw, and all else by its own', () => {
    const kinds = rulesOf(template).flatMap(({ Name, Statement: { RateBasedStatement: rate } }) =>
      rate ? [[Name, rate.AggregateKeyType, rate.Limit, rate.EvaluationWindowSec]] : [],
    );
    expect(kinds).toEqual([
      ['OpenRequests', 'IP', 120, 60],
      ['OpenRequestsByEdge', 'FORWARDED_IP', 120, 60],
      ['Requests', 'IP', 6_000, 60],
      ['RequestsByEdge', 'FORWARDED_IP', 6_000, 60],
    ]);
    expect(rulesOf(templateOf({ firewall: {}, dashboard: false })).map(({ Name }) => Name)).toEqual([
      'OpenRequests',
      'Requests',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
  });

  it('blocks, takes no samples, and gives each rule a place of its own', () => {
    const rules = rulesOf(template);
    expect(rules.map(({ Priority }) => Priority)).toEqual(rules.map((_, index) => index));
    for (const { Action, OverrideAction, VisibilityConfig } of rules) {
      expect(Action ?? OverrideAction).toEqual(Action ? { Block: {} } : { None: {} });
      expect(VisibilityConfig.SampledRequestsEnabled).toBe(false);
    }
  });

  it('knows the paths that anybody may call to change something, and no others', () => {
    const [{ Statement }] = rulesOf(templateOf({ firewall: {}, dashboard: false }));
    const { RegexString } = Statement.RateBasedStatement.ScopeDownStatement.RegexMatchStatement;
    const expression = new RegExp(RegexString);
    const paths = (open: boolean) =>
      Object.values<Route>(routes)
        .filter(({ method, auth }) => (method !== 'GET' && auth !== 'public' && isForAnyone(auth)) === open)
        .flatMap(pathsOf);
    const openPaths = paths(true);
    expect(openPaths.length).toBeGreaterThan(3);
    for (const path of openPaths) {
      for (const written of [path, `${path}/`, `/prod${path}`]) expect(expression.test(written)).toBe(true);
    }
    for (const path of paths(false).filter((path) => !openPaths.includes(path)))
      expect([path, expression.test(path)]).toEqual([path, false]);
  });

  it('takes limits of its own, which WAF can count', () => {
    const limits = rulesOf(templateOf({ firewall: { requestsPerMinute: 10, openRequestsPerMinute: 20 } })).flatMap(
      ({ Statement }) => Statement.RateBasedStatement?.Limit ?? [],
    );
    expect(limits).toEqual([20, 20, 10, 10]);
    for (const requestsPerMinute of [9, 10.5, Number.NaN])
      expect(() => templateOf({ firewall: { requestsPerMinute } })).toThrow('WAF counts from 10');
  });
});
