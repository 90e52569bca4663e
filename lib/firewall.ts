import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { EDGE_HEADERS } from '../lambdas/contract/edge.ts';
import type { Api } from './api.ts';

/** Requests that one address may send in a minute before AWS WAF answers in the API's place. */
export interface FirewallLimits {
  /**
   * To all of the API. The customers behind one address share it, however many keys they have.
   * @default 6000
   */
  readonly requestsPerMinute?: number;
  /**
   * To what anybody may call without a credential: signing up and in, codes, guests.
   * @default 120
   */
  readonly openRequestsPerMinute?: number;
}

export interface FirewallProps extends FirewallLimits {
  readonly api: Api;
  /** Paths of what anybody may call and what changes something, as the route table has them. */
  readonly openPaths: readonly string[];
  /** What a request proves by that comes by CloudFront, where there is one. */
  readonly edgeSecret: string | undefined;
}

/** WAF's least. */
const LEAST = 10;

/** WAF's limit on an expression, in characters. */
const EXPRESSION_LIMIT = 512;

type Statement = CfnWebACL.StatementProperty;

const UNCHANGED = [{ priority: 0, type: 'NONE' }];

/**
 * AWS WAF before the API: rates by address, AWS's list of addresses with a bad name, and its patterns of known attacks.
 *
 * Its samples of requests stay off: they would show credentials to whoever may read them. Its core rule set is left out,
 * since it refuses bodies over 8 KB, and requests without a User-Agent.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const { api, openPaths, edgeSecret, requestsPerMinute = 6_000, openRequestsPerMinute = 120 } = props;
    for (const limit of [requestsPerMinute, openRequestsPerMinute]) {
      if (!Number.isInteger(limit) || limit < LEAST) throw new Error(`WAF counts from ${LEAST} requests: ${limit}`);
    }
    const open = openTo(openPaths);
    const rates = [
      { name: 'OpenRequests', limit: openRequestsPerMinute, scopeDown: open },
      { name: 'Requests', limit: requestsPerMinute, scopeDown: undefined },
    ];
    const rateRules = rates.flatMap(({ name, limit, scopeDown }) => [
      rateRule(name, limit, direct(edgeSecret, scopeDown), undefined),
      ...(edgeSecret === undefined
        ? []
        : [rateRule(`${name}ByEdge`, limit, together(byEdge(edgeSecret), scopeDown), EDGE_HEADERS.address)]),
    ]);
    const rules = [
      ...rateRules,
      managed('AWSManagedRulesAmazonIpReputationList'),
      managed('AWSManagedRulesKnownBadInputsRuleSet'),
    ];
    const acl = new CfnWebACL(this, 'Acl', {
      description: 'Latchkey: rates by address, and known attacks',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('Latchkey'),
      rules: rules.map((rule, priority) => ({ ...rule, priority })),
    });
    new CfnWebACLAssociation(this, 'Association', {
      webAclArn: acl.attrArn,
      resourceArn: api.restApi.deploymentStage.stageArn,
    });
  }
}

type Rule = Omit<CfnWebACL.RuleProperty, 'priority'>;

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
});

function rateRule(name: string, limit: number, scopeDown: Statement | undefined, addressIn: string | undefined): Rule {
  return {
    name,
    action: { block: {} },
    visibilityConfig: visibility(name),
    statement: {
      rateBasedStatement: {
        limit,
        evaluationWindowSec: 60,
        ...(addressIn === undefined
          ? { aggregateKeyType: 'IP' }
          : {
              aggregateKeyType: 'FORWARDED_IP',
              forwardedIpConfig: { headerName: addressIn, fallbackBehavior: 'MATCH' },
            }),
        ...(scopeDown && { scopeDownStatement: scopeDown }),
      },
    },
  };
}

const managed = (name: string): Rule => ({
  name,
  overrideAction: { none: {} },
  visibilityConfig: visibility(name),
  statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
});

/** Of who comes by CloudFront, WAF sees CloudFront's address: they are counted by the one that the edge has noted. */
const byEdge = (secret: string): Statement => ({
  byteMatchStatement: {
    fieldToMatch: { singleHeader: { Name: EDGE_HEADERS.secret } },
    positionalConstraint: 'EXACTLY',
    searchString: secret,
    textTransformations: UNCHANGED,
  },
});

const direct = (secret: string | undefined, scopeDown: Statement | undefined): Statement | undefined =>
  secret === undefined ? scopeDown : together({ notStatement: { statement: byEdge(secret) } }, scopeDown);

const together = (one: Statement, other: Statement | undefined): Statement =>
  other ? { andStatement: { statements: [one, other] } } : one;

/** However such a path is written: with the API's stage before it or not, percent-encoded or not. */
function openTo(paths: readonly string[]): Statement {
  const regexString = `(${[...new Set(paths)].toSorted().map(literally).join('|')})/?$`;
  if (regexString.length > EXPRESSION_LIMIT)
    throw new Error(`The paths that are open to anybody take more than WAF's ${EXPRESSION_LIMIT} characters`);
  return {
    regexMatchStatement: {
      fieldToMatch: { uriPath: {} },
      regexString,
      textTransformations: [
        { priority: 0, type: 'URL_DECODE' },
        { priority: 1, type: 'NORMALIZE_PATH' },
      ],
    },
  };
}

const literally = (path: string): string => path.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
