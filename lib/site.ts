import { CustomResource, Duration, FileSystem, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type IOrigin,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { EDGE_HEADERS } from '../lambdas/contract/edge.ts';
import { environment } from '../lambdas/contract/environment.ts';
import type { Profile } from '../lambdas/contract/profile.ts';
import { pagePolicy, SITE_PATHS } from '../lambdas/contract/site.ts';
import type { Api } from './api.ts';
import { edgeCode } from './edge-code.ts';
import { LatchkeyFunction } from './latchkey-function.ts';
import type { Upkeep } from './upkeep.ts';

export interface SiteProps {
  readonly api: Api;
  readonly profile: Profile;
  /** Where keys call the API. */
  readonly apiOrigin: string;
  /** The stack's own paths, as the route table has them: the only ones that go to the API. */
  readonly paths: readonly string[];
  /** Folder of the dashboard, as it was built. */
  readonly folder: string;
  readonly domain: SiteDomain | undefined;
  readonly upkeep: Upkeep;
}

/** A name of one's own for the dashboard. */
export interface SiteDomain {
  /** Such as `console.example.com`; its DNS record is yours to make. */
  readonly name: string;
  /** ARN of its certificate, which CloudFront takes from us-east-1 alone. */
  readonly certificateArn: string;
}

/** What CloudFront keeps of an error by itself, were it not told otherwise: one caller's answer would be another's. */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/**
 * The dashboard and the reference from a bucket, and the stack's own operations at the same origin, so that a member's
 * cookie is sent to them. Nothing of the API is cached. An engineer's own routes are not here: CloudFront answers requests
 * that come at once with one answer where that does not forbid it, and only the stack's own are known to.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
export class Site extends Construct {
  /** Where it answers, without a slash at its end. */
  readonly url: string;
  readonly bucket: Bucket;
  /** What CloudFront proves by that a request comes by it. */
  readonly edgeSecret: string;
  /** What the record of the dashboard's own name points at. */
  readonly domainTarget: string;

  constructor(scope: Construct, id: string, { api, profile, apiOrigin, paths, folder, domain, upkeep }: SiteProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // It holds what was built, and is emptied before it is deleted.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds what everybody may read, and CloudFront alone reads it',
    });
    const edgeSecret = new Secret(this, 'EdgeSecret', {
      description: 'Tells the API that a request has come by this CloudFront distribution',
      generateSecretString: { excludePunctuation: true, passwordLength: 48 },
    });
    Validations.of(edgeSecret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'It lets nobody in: it makes an address believed, and is replaced by a deployment with another (docs/security.md)',
    });
    this.edgeSecret = edgeSecret.secretValue.unsafeUnwrap();
    const edge = new EdgeFunction(this, 'Edge', {
      comment: 'Finds the file of a page, and tells the API where a request comes from',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(edgeCode(profile, paths)),
    });
    const atTheEdge: Pick<BehaviorOptions, 'functionAssociations' | 'viewerProtocolPolicy' | 'compress'> = {
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: edge }],
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
    };
    const pages: BehaviorOptions = {
      ...atTheEdge,
      origin: S3BucketOrigin.withOriginAccessControl(this.bucket as IBucket),
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: this.pageHeaders(apiOrigin),
    };
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'Latchkey: the dashboard, the reference, and the operations that they call',
      priceClass: PriceClass.PRICE_CLASS_100,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      ...(domain && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      }),
      defaultBehavior: {
        ...atTheEdge,
        origin: this.originOf(api),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
      additionalBehaviors: Object.fromEntries(SITE_PATHS.map((path) => [path, pages])),
      errorResponses: ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    });
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Where an API is sold is for whoever deploys it to say' },
      { id: 'AwsSolutions-CFR2', reason: 'What leads to the API meets the web ACL there; the rest is files' },
      { id: 'AwsSolutions-CFR3', reason: 'Files alone pass unlogged: requests to the API are logged there' },
      ...(domain
        ? []
        : [
            {
              id: 'AwsSolutions-CFR4',
              reason: "CloudFront's own name has CloudFront's own policy; dashboardDomain sets one",
            },
          ]),
    );
    this.domainTarget = distribution.distributionDomainName;
    this.url = `https://${domain?.name ?? this.domainTarget}`;
    this.fill(this.bucket, folder, upkeep);
  }

  /** For the authorizer, which alone believes what CloudFront says of an address. */
  grantTrust(fn: LambdaFunction): void {
    fn.addEnvironment(environment.edgeSecret, this.edgeSecret);
  }

  private originOf({ host, stage }: Api): IOrigin {
    return new HttpOrigin(host, {
      originPath: `/${stage}`,
      customHeaders: { [EDGE_HEADERS.secret]: this.edgeSecret },
    });
  }

  private pageHeaders(apiOrigin: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'PageHeaders', {
      comment: 'What the pages may load and do',
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: pagePolicy(apiOrigin), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
      },
    });
  }

  /** Puts the files there, whenever there are others, and takes them away before the bucket goes. */
  private fill(bucket: Bucket, folder: string, upkeep: Upkeep): void {
    const filler = new LatchkeyFunction(this, 'FilesFunction', {
      entry: 'site',
      upkeep,
      description: "Puts the dashboard's files into its bucket",
      timeout: Duration.minutes(5),
      files: folder,
      environment: { [environment.siteBucket]: bucket.bucketName },
    });
    const objects = new PolicyStatement({
      actions: ['s3:PutObject', 's3:DeleteObject'],
      resources: [bucket.arnForObjects('*')],
    });
    filler.addToRolePolicy(objects);
    Validations.of(filler).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(bucket.node.defaultChild as CfnBucket)}.Arn>/*]`,
      reason: 'It writes and deletes objects of this one bucket, whose names are those of the built files',
    });
    filler.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
    const files = new CustomResource(this, 'Files', {
      resourceType: 'Custom::LatchkeySiteFiles',
      serviceToken: filler.functionArn,
      serviceTimeout: Duration.minutes(6),
      properties: { version: FileSystem.fingerprint(folder) },
    });
    files.node.addDependency(filler, bucket);
  }
}
