import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { LatchkeyStack } from '../../lib/index.ts';
import { newApp, resources } from './templates.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/one';

describe('the dashboard', () => {
  const domain = { name: 'console.example.com', certificateArn: CERTIFICATE };
  const props = { dashboardDomain: domain };
  const template = Template.fromStack(new LatchkeyStack(newApp(), 'Test', props));
  const distribution = () =>
    Object.values(resources(template, 'AWS::CloudFront::Distribution'))[0]?.Properties.DistributionConfig;

  it('has the operations at its own origin, uncached, errors too', () => {
    const { DefaultCacheBehavior, CustomErrorResponses, Aliases, Origins } = distribution();
    // CachingDisabled and AllViewerExceptHostHeader.
    expect(DefaultCacheBehavior).toMatchObject({
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ViewerProtocolPolicy: 'redirect-to-https',
    });
    for (const code of [403, 404, 500, 503]) {
      expect(CustomErrorResponses).toContainEqual({ ErrorCode: code, ErrorCachingMinTTL: 0 });
    }
    expect(Aliases).toEqual([domain.name]);
    expect(Origins[0]).toMatchObject({
      OriginPath: '/prod',
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
    });
  });

  it('keeps its files from everybody but CloudFront', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const [policy] = Object.values(resources(template, 'AWS::S3::BucketPolicy'));
    const allowed = policy?.Properties.PolicyDocument.Statement.filter(
      ({ Effect }: { Effect: string }) => Effect === 'Allow',
    );
    expect(allowed).toMatchObject([{ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } }]);
  });

  it('is left out where that is said', () => {
    const own = Template.fromStack(new LatchkeyStack(newApp(), 'Test', { dashboard: false }));
    own.resourceCountIs('AWS::CloudFront::Distribution', 0);
    own.resourceCountIs('AWS::S3::Bucket', 0);
  });

  it('tells no function but the authorizer what CloudFront proves itself by', () => {
    const told = Object.entries(resources(template, 'AWS::Lambda::Function')).filter(
      ([, { Properties }]) => Properties.Environment?.Variables?.EDGE_SECRET,
    );
    expect(told.map(([name]) => name)).toEqual([expect.stringContaining('AuthorizerFunction')]);
  });
});
