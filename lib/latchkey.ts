import { CfnOutput, Duration, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { builtDashboard } from '../dashboard/build.ts';
import { environment } from '../lambdas/contract/environment.ts';
import type { StackOutput } from '../lambdas/contract/outputs.ts';
import { fractalpack, type Profile } from '../lambdas/contract/profile.ts';
import {
  type Group,
  isScope,
  type ProtectedRoute,
  pathOf,
  pathsOf,
  type Route,
  routeKey,
  routesOf,
} from '../lambdas/contract/routes.ts';
import { HOME } from '../lambdas/contract/site.ts';
import { isForAnyone } from '../lambdas/core/grants.ts';
import { encodeRoutes } from '../lambdas/core/own-routes.ts';
import { Api } from './api.ts';
import { isStackPath } from './edge-code.ts';
import { Firewall } from './firewall.ts';
import { Identity } from './identity.ts';
import { Issuer } from './issuer.ts';
import { LatchkeyFunction, type LatchkeyFunctionProps } from './latchkey-function.ts';
import type { LatchkeyProps, ProtectProps } from './latchkey-props.ts';
import { assertSender, grantMail, grantSms } from './mail.ts';
import { Monitoring } from './monitoring.ts';
import { grantOtpKey } from './otp-key.ts';
import { assertUsable, isPath, rivalOf } from './profiles/assert-usable.ts';
import { Site } from './site.ts';
import { LatchkeyTable } from './table.ts';
import { type Upkeep, upkeepOf } from './upkeep.ts';

/** Lambda gives a function's variables 4 KB together; those but the routes and the profile take about 500 bytes. */
const VARIABLES_LIMIT = 3_400;

/**
 * API authentication: keys, members, scopes and exact rate limits in front of your own functions.
 *
 * ```ts
 * const latchkey = new Latchkey(this, 'Latchkey');
 * latchkey.protect({ method: 'GET', path: '/v1/widgets', handler: listWidgets, scopes: ['widgets:read'] });
 * ```
 */
export class Latchkey extends Construct {
  readonly identity: Identity;
  readonly table: LatchkeyTable;
  readonly issuer: Issuer;
  readonly authorizer: IFunction;
  readonly api: Api;
  readonly site: Site | undefined;
  /** Where people find the dashboard and the pages that they sign in on, without a slash at its end. */
  readonly url: string;
  /** Dashboard, alarms, and the topic that they notify. */
  readonly monitoring: Monitoring | undefined;
  /** For functions that are to be kept as the stack's own are. */
  readonly upkeep: Upkeep;
  /** The stack's own, in the profile's paths. */
  private readonly routes: ReturnType<typeof routesOf>;
  private readonly ownRoutes: ProtectedRoute[] = [];

  constructor(scope: Construct, id: string, props: LatchkeyProps = {}) {
    super(scope, id);
    if (props.mail) assertSender(props.mail);
    const upkeep = upkeepOf(props);
    this.upkeep = upkeep;
    this.identity = new Identity(this, 'Identity', {
      callbackUrls: props.callbackUrls ?? [],
      domainPrefix: props.domainPrefix,
      loginPages: props.loginPages ?? 'managed',
      google: props.google,
      mail: props.mail,
      upkeep,
    });
    this.table = new LatchkeyTable(this, 'Table', { upkeep, capacity: props.capacity });
    const profile = props.profile ?? fractalpack;
    assertUsable(profile);
    this.routes = routesOf(profile);
    const look = { [environment.profile]: JSON.stringify(profile) };
    const pool = {
      [environment.userPoolId]: this.identity.userPool.userPoolId,
      [environment.clientIds]: this.identity.client.userPoolClientId,
    };
    const ownRoutes = { [environment.ownRoutes]: Lazy.string({ produce: () => encodeRoutes(this.ownRoutes) }) };

    const addFunction = (name: string, details: Omit<LatchkeyFunctionProps, 'upkeep'>) =>
      new LatchkeyFunction(this, name, { ...details, upkeep });
    const authorizer = addFunction('AuthorizerFunction', {
      entry: 'authorizer',
      description: 'Decides every request: who it is, whether it may, and whether its limit has room',
      environment: { ...look, ...pool, ...ownRoutes },
    });
    this.authorizer = authorizer;
    this.table.grantSpend(authorizer);
    this.table.grantReadKeySet(authorizer);
    this.table.grantReadUserPools(authorizer);
    this.api = new Api(this, 'Api', {
      authorizer,
      profile,
      upkeep,
      domain: props.apiDomain,
      accessLog: props.accessLog ?? false,
    });
    const issuerUrl = props.issuer ?? this.api.url;
    assertAddress(issuerUrl);
    authorizer.addEnvironment(environment.issuer, issuerUrl);
    if (props.dashboard ?? true) {
      this.site = new Site(this, 'Site', {
        api: this.api,
        profile,
        apiOrigin: Token.isUnresolved(issuerUrl) ? `https://${this.api.host}` : new URL(issuerUrl).origin,
        paths: Object.values(this.routes).flatMap(pathsOf),
        folder: builtDashboard(),
        domain: props.dashboardDomain,
        upkeep,
      });
      this.site.grantTrust(authorizer);
    }
    this.url = this.site?.url ?? issuerUrl;
    const home: Record<string, string> = this.site ? { [environment.home]: HOME } : {};
    authorizer.addEnvironment(environment.baseUrl, this.url);
    this.identity.callBack(this.url + pathOf('finishLogIn', profile));
    const issuer = new Issuer(this, 'Issuer', { table: this.table, url: issuerUrl, upkeep });

    this.issuer = issuer;
    const keys = addFunction('KeysFunction', {
      entry: 'keys',
      description: 'Creates, lists, changes, rotates and revokes API keys',
      environment: { ...look, ...ownRoutes },
    });
    this.table.grantKeys(keys);
    issuer.grantSign(keys);
    this.identity.grantLookUp(keys);
    const organization = addFunction('OrganizationFunction', {
      entry: 'organization',
      description: 'Organizations: their members, invitations and user pools',
      environment: { ...look, ...pool, ...ownRoutes, [environment.baseUrl]: this.url },
    });
    this.table.grantOrganizations(organization);
    this.identity.grantLookUp(organization);
    if (props.mail) grantMail(organization, props.mail);
    const auth = addFunction('AuthFunction', {
      entry: 'auth',
      description: 'Signs members up and in, and keeps their sessions',
      timeout: Duration.seconds(25),
      environment: {
        ...look,
        ...pool,
        [environment.baseUrl]: this.url,
        ...home,
        [environment.loginUrl]: this.identity.loginUrl,
        [environment.loginPages]: props.loginPages ?? 'managed',
      },
    });
    this.table.grantSessions(auth);
    issuer.grantSign(auth);
    this.identity.grantLookUp(auth);
    this.identity.grantSignUp(auth);
    const consumers = addFunction('ConsumersFunction', {
      entry: 'consumers',
      description: 'Consumers: guests, codes, their sessions and their administration',
      environment: look,
    });
    this.table.grantConsumers(consumers);
    issuer.grantSign(consumers);
    grantOtpKey(this, consumers);
    if (props.mail) grantMail(consumers, props.mail);
    if (props.smsFrom !== undefined) grantSms(consumers, props.smsFrom);
    for (const fn of [keys, organization, auth, consumers]) this.table.grantAudit(fn);
    this.table.grantReadAudit(organization);
    const passwordReset = addFunction('PasswordResetFunction', {
      entry: 'password-reset',
      description: 'Ends what somebody is signed in with when their password was reset, wherever that was',
      environment: look,
    });
    this.table.grantEndSessions(passwordReset);
    this.identity.onPasswordReset(passwordReset);
    const pages = addFunction('PagesFunction', {
      entry: 'pages',
      description: 'The pages that people sign in on and give apps a key',
      environment: { ...look, [environment.baseUrl]: this.url, ...home },
    });
    const usage = addFunction('UsageFunction', {
      entry: 'usage',
      description: 'Counts usage and adds it up, and gives widgets their tokens',
      timeout: Duration.seconds(25),
      memorySize: 1_024,
      environment: { ...look, ...ownRoutes },
    });
    this.table.grantUsage(usage);
    issuer.grantSign(usage);
    const service = addFunction('ServiceFunction', {
      entry: 'service',
      description: 'Says that the API is up, where members sign in, and how tokens are verified',
      environment: {
        ...look,
        ...pool,
        ...ownRoutes,
        [environment.loginUrl]: this.identity.loginUrl,
        [environment.issuer]: issuerUrl,
        [environment.baseUrl]: this.url,
      },
    });

    this.table.grantReadKeySet(service);

    const functions: Record<Exclude<Group, 'items'>, LatchkeyFunction> = {
      keys,
      organization,
      auth,
      pages,
      consumers,
      usage,
      service,
    };
    for (const route of Object.values(this.routes)) {
      if (route.group !== 'items') this.addRoute(route, functions[route.group]);
    }
    if (props.firewall) {
      new Firewall(this, 'Firewall', {
        ...props.firewall,
        api: this.api,
        edgeSecret: this.site?.edgeSecret,
        openPaths: Object.values<Route>(this.routes).filter(isOpenDoor).flatMap(pathsOf),
      });
    }
    if (props.alarmEmail !== undefined && props.monitoring === false)
      throw new Error('There is nobody to be told of alarms where there is no monitoring: alarmEmail');
    if (props.monitoring ?? upkeep.keeps) {
      this.monitoring = new Monitoring(this, 'Monitoring', {
        api: this.api,
        table: this.table,
        identity: this.identity,
        authorizer,
        rotation: issuer.rotation,
        functions,
        mails: props.mail !== undefined,
        alarmEmail: props.alarmEmail,
      });
    }
    this.node.addValidation({ validate: () => this.validateVariables(profile) });
  }

  /**
   * Puts a function of yours behind the authorizer.
   * @throws Error for a path or scope that is malformed, and for a route that is there already
   */
  protect({ method, path, handler, scopes, principals = ['key', 'member'], limited = 'deny' }: ProtectProps): void {
    if (!isPath(path)) throw new Error(`Not a path such as /v1/widgets/{widgetId}: ${path}`);
    if (principals.length === 0) throw new Error(`${method} ${path} is open to no type of principal`);
    if (method !== 'GET' && principals.includes('publishable-key'))
      throw new Error(`A publishable key may only read: ${method} ${path}`);
    const malformed = scopes.find((scope) => !isScope(scope));
    if (malformed !== undefined) throw new Error(`Not a scope such as widgets:read: ${malformed}`);
    const paths = [...Object.values(this.routes).flatMap(pathsOf), ...this.ownRoutes.map((route) => route.path)];
    const rival = rivalOf(path, paths);
    if (rival !== undefined)
      throw new Error(`API Gateway takes one name for a parameter in one place: ${path}, ${rival}`);
    const taken = [
      ...Object.values(this.routes).flatMap((route) => pathsOf(route).map((each) => routeKey(route.method, each))),
      ...this.ownRoutes.map((route) => routeKey(route.method, route.path)),
    ];
    if (taken.includes(routeKey(method, path))) throw new Error(`There is a route for ${method} ${path} already`);
    if (this.site && isStackPath(Object.values(this.routes).flatMap(pathsOf), path))
      throw new Error(`${path} looks like one of the stack's own paths, which are at the dashboard's address too`);
    this.ownRoutes.push({ method, path, principals, scopes, limited });
    this.api.addProtected(method, path, handler);
  }

  /** Has the stack name, in its outputs, what the operator's command line looks for there. One Latchkey of a stack can. */
  addOutputs(): void {
    const { issuer } = this;
    const outputs = {
      ApiUrl: `${this.api.url}/`,
      TableName: this.table.table.tableName,
      AuthorizerFunction: this.authorizer.functionName,
      SigningKeysFunction: issuer.rotation.functionName,
      SigningFunctions: Fn.join(
        ',',
        issuer.signers.map(({ functionName }) => functionName),
      ),
    } satisfies Record<StackOutput, string>;
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(Stack.of(this), name, { value });
  }

  private addRoute(route: Route, handler: IFunction): void {
    for (const path of pathsOf(route)) {
      if (route.auth === 'public') this.api.addPublic(route.method, path, handler);
      else this.api.addProtected(route.method, path, handler);
    }
  }

  private validateVariables(profile: Profile): string[] {
    const [routeBytes, profileBytes] = [encodeRoutes(this.ownRoutes), JSON.stringify(profile)].map((text) =>
      Buffer.byteLength(text),
    ) as [number, number];
    return routeBytes + profileBytes <= VARIABLES_LIMIT
      ? []
      : [
          `${this.ownRoutes.length} own routes take ${routeBytes} bytes and the profile ${profileBytes}, ` +
            `together more than the ${VARIABLES_LIMIT} that a function's variables leave them`,
        ];
  }
}

/** Whether anybody may call it, to change something. */
const isOpenDoor = ({ auth, method }: Route): boolean => method !== 'GET' && auth !== 'public' && isForAnyone(auth);

/** Cookies and the check of their origin go by it. */
function assertAddress(issuer: string): void {
  if (Token.isUnresolved(issuer)) return;
  const url = URL.parse(issuer);
  const plain = url?.protocol === 'https:' && !url.search && !url.hash && !url.username && !issuer.endsWith('/');
  if (!plain)
    throw new Error(`The issuer is an address such as https://api.example.com, without a slash at its end: ${issuer}`);
}
