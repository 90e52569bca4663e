import { Aws, CfnCondition, CfnParameter, Duration, Fn, RemovalPolicy, Token } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  type CfnUserPoolDomain,
  OAuthScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

export interface IdentityProps {
  /** Where the hosted login may send a browser back to. */
  readonly callbackUrls: readonly string[];
  /** The login's address is `https://<domainPrefix>.auth.<region>.amazoncognito.com`; unique in its Region. */
  readonly domainPrefix: string | undefined;
}

/** Who people are: a Cognito user pool, one app client, and the pages that people sign in on. */
export class Identity extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  readonly loginUrl: string;

  constructor(scope: Construct, id: string, { callbackUrls, domainPrefix }: IdentityProps) {
    super(scope, id);
    this.userPool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: false,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.client = this.userPool.addClient('Client', {
      generateSecret: false,
      authFlows: { userPassword: true, userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [...callbackUrls],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
    });
    const domain = this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: domainPrefix ?? uniquePrefix() },
    });
    this.loginUrl = domain.baseUrl();
    this.addLoginPages(domain.node.defaultChild as CfnUserPoolDomain);
  }

  /** The managed login needs Cognito's Essentials plan and a style; the classic pages are there in every plan. */
  private addLoginPages(domain: CfnUserPoolDomain): void {
    const pages = new CfnParameter(this, 'LoginPages', {
      type: 'String',
      default: 'managed',
      allowedValues: ['managed', 'classic'],
      description: "Cognito's managed login (Essentials plan), or its classic hosted pages (any plan)",
    });
    pages.overrideLogicalId('LoginPages');
    const managed = new CfnCondition(this, 'ManagedLogin', {
      expression: Fn.conditionEquals(pages.valueAsString, 'managed'),
    });
    domain.managedLoginVersion = Token.asNumber(Fn.conditionIf(managed.logicalId, 2, 1));
    const branding = new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: this.userPool.userPoolId,
      clientId: this.client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    branding.cfnOptions.condition = managed;
    branding.addResourceDependency(domain);
  }
}

/** The stack's own id, cut to what a domain prefix may be. */
const uniquePrefix = (): string => `latchkey-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`;
