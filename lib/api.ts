import { Aws, Duration } from 'aws-cdk-lib';
import {
  AuthorizationType,
  type CfnAuthorizer,
  EndpointType,
  type IAuthorizer,
  type IResource,
  LambdaIntegration,
  MockIntegration,
  PassthroughBehavior,
  RequestAuthorizer,
  type Resource,
  ResponseType,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { mediaTypeOf } from '../lambdas/contract/dialect.ts';
import type { Profile } from '../lambdas/contract/profile.ts';
import type { Method } from '../lambdas/contract/routes.ts';
import { CORS_HEADERS, preflightHeaders } from '../lambdas/http/cors.ts';
import { gatewayResponses, notFoundTemplate } from '../lambdas/http/gateway-responses.ts';

export interface ApiProps {
  readonly authorizer: IFunction;
  readonly profile: Profile;
}

const STAGE = 'prod';

/** The REST API: every method behind the authorizer unless it is added as public. */
export class Api extends Construct {
  readonly restApi: RestApi;
  /** Where it answers, without a slash at its end. Unlike the RestApi's own these need no deployment to be known. */
  readonly url: string;
  readonly host: string;
  readonly stage = STAGE;
  private readonly authorizer: IAuthorizer;
  private readonly profile: Profile;
  private readonly paths = new Set<string>();

  constructor(scope: Construct, id: string, { authorizer, profile }: ApiProps) {
    super(scope, id);
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
      description: 'Latchkey',
      endpointTypes: [EndpointType.REGIONAL],
      deployOptions: { stageName: STAGE },
      cloudWatchRole: false,
      defaultMethodOptions: { authorizationType: AuthorizationType.CUSTOM, authorizer: this.authorizer },
    });
    this.host = `${this.restApi.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    this.url = `https://${this.host}/${STAGE}`;
    for (const { type, status, headers, template } of gatewayResponses(profile)) {
      this.restApi.addGatewayResponse(type, {
        type: ResponseType.of(type),
        statusCode: String(status),
        responseHeaders: { ...headers },
        templates: { 'application/json': template },
      });
    }
    this.answerUnknownPaths();
  }

  addProtected(method: Method, path: string, handler: IFunction): void {
    this.resourceAt(path).addMethod(method, integrationOf(handler));
  }

  addPublic(method: Method, path: string, handler: IFunction): void {
    this.resourceAt(path).addMethod(method, integrationOf(handler), { authorizationType: AuthorizationType.NONE });
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
    resource.addMethod(method, integration, {
      authorizationType: AuthorizationType.NONE,
      methodResponses: [{ statusCode: String(status), responseParameters }],
    });
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

/** One permission for all methods of a function: two for each would fill the stack. */
const integrationOf = (handler: IFunction): LambdaIntegration =>
  new LambdaIntegration(handler, { scopePermissionToMethod: false });
