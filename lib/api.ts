import { Aws, Duration, Names, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IDomainName } from 'aws-cdk-lib/aws-apigateway';
import {
  AccessLogFormat,
  AuthorizationType,
  type CfnAuthorizer,
  EndpointType,
  type IAuthorizer,
  type IResource,
  LambdaIntegration,
  LogGroupLogDestination,
  MockIntegration,
  PassthroughBehavior,
  RequestAuthorizer,
  type Resource,
  ResponseType,
  RestApi,
  SecurityPolicy,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import { mediaTypeOf } from '../lambdas/contract/dialect.ts';
import type { Profile } from '../lambdas/contract/profile.ts';
import type { Method } from '../lambdas/contract/routes.ts';
import { CORS_HEADERS, preflightHeaders } from '../lambdas/http/cors.ts';
import { gatewayResponses, notFoundTemplate } from '../lambdas/http/gateway-responses.ts';
import type { Upkeep } from './upkeep.ts';

export interface ApiProps {
  readonly authorizer: IFunction;
  readonly profile: Profile;
  readonly upkeep: Upkeep;
  readonly domain: ApiDomain | undefined;
  /** Whether every request is logged, by API Gateway. */
  readonly accessLog: boolean;
}

/** A name of one's own for the API. */
export interface ApiDomain {
  /** Such as `api.example.com`; its DNS record is yours to make. */
  readonly name: string;
  /** ARN of its certificate, in the deployment's Region. */
  readonly certificateArn: string;
}

/** Ids, codes and times: neither the path, which holds ids of customers, nor anything that a caller has sent. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  code: '$context.authorizer.code',
  error: '$context.error.responseType',
  principalId: '$context.authorizer.principalId',
  organizationId: '$context.authorizer.organizationId',
  sourceIp: '$context.identity.sourceIp',
  latency: '$context.responseLatency',
  authorizerLatency: '$context.authorizer.latency',
  functionLatency: '$context.integration.latency',
};

/** The REST API: every method behind the authorizer unless it is added as public. */
export class Api extends Construct {
  readonly restApi: RestApi;
  /** Where it answers, without a slash at its end. Unlike the RestApi's own these need no deployment to be known. */
  readonly url: string;
  readonly host: string;
  readonly stage: string;
  /** What the record of the API's own name points at. */
  readonly domainTarget: string | undefined;
  private readonly authorizer: IAuthorizer;
  private readonly profile: Profile;
  private readonly paths = new Set<string>();

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const { authorizer, profile, upkeep, domain, accessLog } = props;
    this.stage = upkeep.stage;
    this.profile = profile;
    // No cache and no identity source: the gateway needs every one that is listed, and a key may come in either header.
    const requestAuthorizer = new RequestAuthorizer(this, 'Authorizer', {
      handler: authorizer,
      identitySources: [],
      resultsCacheTtl: Duration.seconds(0),
    });
    // For none, the CDK writes an empty one.
    (requestAuthorizer.node.defaultChild as CfnAuthorizer).addPropertyDeletionOverride('IdentitySource');
    this.authorizer = requestAuthorizer;
    this.restApi = new RestApi(this, 'RestApi', {
      // Its name is what CloudWatch counts it by.
      restApiName: Names.uniqueResourceName(scope, { separator: '-', maxLength: 100 }),
      description: 'Latchkey',
      endpointTypes: [EndpointType.REGIONAL],
      deployOptions: {
        stageName: this.stage,
        tracingEnabled: upkeep.tracing,
        ...(accessLog && this.logsAccess(upkeep)),
      },
      // One for all APIs of the account and Region: it stays, since others may log by it.
      cloudWatchRole: accessLog,
      ...(accessLog && { cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN }),
      defaultMethodOptions: { authorizationType: AuthorizationType.CUSTOM, authorizer: this.authorizer },
    });
    this.host = `${this.restApi.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    this.url = domain ? `https://${domain.name}` : `https://${this.host}/${this.stage}`;
    this.domainTarget = domain && this.addDomain(domain).domainNameAliasDomainName;
    for (const { type, status, headers, template } of gatewayResponses(profile)) {
      this.restApi.addGatewayResponse(type, {
        type: ResponseType.of(type),
        statusCode: String(status),
        responseHeaders: { ...headers },
        templates: { 'application/json': template },
      });
    }
    this.explainFindings(accessLog);
    this.answerUnknownPaths();
  }

  private addDomain({ name, certificateArn }: ApiDomain): IDomainName {
    return this.restApi.addDomainName('Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
  }

  private explainFindings(accessLog: boolean): void {
    Validations.of(this.restApi).acknowledge(
      {
        id: 'AwsSolutions-APIG2',
        reason: "The functions validate requests: their answers name the fields, in the profile's form",
      },
      {
        id: 'AwsSolutions-COG4',
        reason: "Latchkey's own authorizer decides: it takes keys and sessions beside Cognito's tokens",
      },
      {
        id: 'AwsSolutions-APIG6',
        reason: "API Gateway's execution log costs more than the requests; the functions log what they refuse, and why",
      },
      ...(accessLog
        ? []
        : [
            {
              id: 'AwsSolutions-APIG1',
              reason:
                "Refusals are in the authorizer's log; accessLog adds every request, and sets a role for the whole account",
            },
          ]),
      ...(accessLog
        ? [{ id: MANAGED_LOG_POLICY, reason: "API Gateway's own policy for the role that it logs by" }]
        : []),
      {
        id: 'AwsSolutions-APIG3',
        reason: 'Limits are enforced by the authorizer; firewall adds a web ACL, which costs by the request',
      },
    );
  }

  private logsAccess({ logRetention: retention, removalPolicy }: Upkeep): StageOptions {
    const logGroup = new LogGroup(this, 'AccessLog', { retention, removalPolicy });
    return {
      accessLogDestination: new LogGroupLogDestination(logGroup),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
    };
  }

  addProtected(method: Method, path: string, handler: IFunction): void {
    this.resourceAt(path).addMethod(method, integrationOf(handler));
  }

  addPublic(method: Method, path: string, handler: IFunction): void {
    const open = this.resourceAt(path).addMethod(method, integrationOf(handler), {
      authorizationType: AuthorizationType.NONE,
    });
    explainOpen(open, 'The route table calls it public: it says only that the API is up');
  }

  /** A path, with the answer to a browser that asks before it calls it. */
  private resourceAt(path: string): Resource {
    const resource = this.restApi.root.resourceForPath(path);
    if (!this.paths.has(path)) this.addMock(resource, 'OPTIONS', 204, preflightHeaders(this.profile));
    this.paths.add(path);
    return resource;
  }

  /** A method that API Gateway answers by itself. */
  private addMock(resource: IResource, method: string, status: number, headers: Headers, template = ''): void {
    const named = Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value] as const);
    const integration = new MockIntegration({
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': `{"statusCode": ${status}}` },
      integrationResponses: [
        {
          statusCode: String(status),
          responseTemplates: { 'application/json': template },
          responseParameters: Object.fromEntries(named.map(([name, value]) => [name, `'${value}'`])),
        },
      ],
    });
    const responseParameters = Object.fromEntries(named.map(([name]) => [name, true]));
    const mock = resource.addMethod(method, integration, {
      authorizationType: AuthorizationType.NONE,
      methodResponses: [{ statusCode: String(status), responseParameters }],
    });
    explainOpen(mock, 'API Gateway answers it by itself, with the same text for everybody');
  }

  /**
   * Without this, an unknown path with an Authorization header is taken for a badly signed request and answered with
   * a 403 about signatures. No function runs for it.
   */
  private answerUnknownPaths(): void {
    const headers = { 'Content-Type': mediaTypeOf(this.profile), 'Cache-Control': 'no-store', ...CORS_HEADERS };
    for (const resource of [this.restApi.root, this.restApi.root.addResource('{proxy+}')]) {
      this.addMock(resource, 'ANY', 404, headers, notFoundTemplate(this.profile));
    }
  }
}

type Headers = Readonly<Record<string, string>>;

/** What cdk-nag calls the policy that the CDK gives that role. */
const MANAGED_LOG_POLICY =
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]';

const explainOpen = (method: IConstruct, reason: string): void =>
  Validations.of(method).acknowledge({ id: 'AwsSolutions-APIG4', reason });

/** One permission for all methods of a function: two for each would fill the stack. */
const integrationOf = (handler: IFunction): LambdaIntegration =>
  new LambdaIntegration(handler, { scopePermissionToMethod: false });
