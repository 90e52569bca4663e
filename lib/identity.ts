import { Aws, Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  ManagedLoginVersion,
  OAuthScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environment } from '../lambdas/contract/environment.ts';

export interface IdentityProps {
  /** Where the hosted login may send a browser back to. */
  readonly callbackUrls: readonly string[];
  /** The login's address is `https://<domainPrefix>.auth.<region>.amazoncognito.com`; unique in its Region. */
  readonly domainPrefix: string | undefined;
  readonly loginPages: LoginPages;
}

/** Cognito's managed login (Essentials plan), or its classic hosted pages (any plan). */
export type LoginPages = 'managed' | 'classic';

/** Who people are: a Cognito user pool, one app client, and the pages that people sign in on. */
export class Identity extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  readonly loginUrl: string;

  constructor(scope: Construct, id: string, { callbackUrls, domainPrefix, loginPages }: IdentityProps) {
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
    const managed = loginPages === 'managed';
    const domain = this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: domainPrefix ?? this.uniquePrefix() },
      managedLoginVersion: managed ? ManagedLoginVersion.NEWER_MANAGED_LOGIN : ManagedLoginVersion.CLASSIC_HOSTED_UI,
    });
    this.loginUrl = domain.baseUrl();
    if (managed) {
      // The managed login shows nothing until it has a style.
      const branding = new CfnManagedLoginBranding(this, 'Branding', {
        userPoolId: this.userPool.userPoolId,
        clientId: this.client.userPoolClientId,
        useCognitoProvidedValues: true,
      });
      branding.node.addDependency(domain);
    }
  }

  /** For a function that asks who a member is. */
  grantLookUp(fn: LambdaFunction): void {
    fn.addEnvironment(environment.userPoolId, this.userPool.userPoolId);
    this.userPool.grant(fn, 'cognito-idp:ListUsers');
  }

  /** For a function that signs people up. */
  grantSignUp(fn: LambdaFunction): void {
    this.userPool.grant(fn, 'cognito-idp:AdminGetUser', 'cognito-idp:AdminDeleteUser');
  }

  /** This construct's address and the stack's own id: what a domain prefix may be, and nobody else's. */
  private uniquePrefix(): string {
    return `latchkey-${this.node.addr.slice(-6)}-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}`;
  }
}
