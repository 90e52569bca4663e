import { Aws, Duration, Fn, Lazy, SecretValue, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  type CfnUserPool,
  ManagedLoginVersion,
  OAuthScope,
  ProviderAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolIdentityProviderGoogle,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environment } from '../lambdas/contract/environment.ts';
import { type MailSender, sesIdentityArn } from './mail.ts';
import type { Upkeep } from './upkeep.ts';

export interface IdentityProps {
  /** Where the hosted login may send a browser back to, beside what `callBack` says. */
  readonly callbackUrls: readonly string[];
  /** The login's address is `https://<domainPrefix>.auth.<region>.amazoncognito.com`; unique in its Region. */
  readonly domainPrefix: string | undefined;
  readonly loginPages: LoginPages;
  readonly google: GoogleSignIn | undefined;
  readonly mail: MailSender | undefined;
  readonly upkeep: Upkeep;
}

/** An OAuth client of Google's: https://console.cloud.google.com/apis/credentials */
export interface GoogleSignIn {
  readonly clientId: string;
  /** Name or ARN of the secret in Secrets Manager that holds the client's secret, as plain text. */
  readonly clientSecret: string;
}

/** Cognito's managed login (Essentials plan), or its classic hosted pages (any plan). */
export type LoginPages = 'managed' | 'classic';

/** Who people are: a Cognito user pool, one app client, and the pages that people sign in on. */
export class Identity extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  readonly loginUrl: string;

  /** Where the stack's own callback is. */
  private ownCallback: string | undefined;

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    const { callbackUrls, domainPrefix, loginPages, google, mail, upkeep } = props;
    this.userPool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      signInCaseSensitive: false,
      // Whoever changes their address keeps the old one until the new one is verified.
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: false,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: upkeep.keeps,
      removalPolicy: upkeep.removalPolicy,
    });
    Validations.of(this.userPool).acknowledge(
      {
        id: 'AwsSolutions-COG1',
        reason:
          'Twelve characters in place of a symbol: NIST SP 800-63B asks for length, and for no special characters',
      },
      { id: 'AwsSolutions-COG2', reason: "A second factor is each deployment's choice, made in the user pool" },
      {
        id: 'AwsSolutions-COG8',
        reason:
          'Attempts are counted by address and by account before Cognito is asked; the Plus plan is paid by the user',
      },
    );
    if (mail) this.mailBySes(mail);
    const providers = [UserPoolClientIdentityProvider.COGNITO];
    const googleProvider = google && this.addGoogle(google);
    if (googleProvider) providers.push(UserPoolClientIdentityProvider.GOOGLE);
    const ownCallback = Lazy.string({ produce: () => this.ownCallback });
    this.client = this.userPool.addClient('Client', {
      generateSecret: false,
      authFlows: { userPassword: true, userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [ownCallback, ...callbackUrls],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      supportedIdentityProviders: providers,
    });
    if (googleProvider) this.client.node.addDependency(googleProvider);
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

  /** Has the hosted login send browsers back to an address. */
  callBack(url: string): void {
    this.ownCallback = url;
  }

  /** Has a function called when a password was reset. */
  onPasswordReset(fn: LambdaFunction): void {
    this.userPool.addTrigger(UserPoolOperation.POST_CONFIRMATION, fn);
  }

  /**
   * Cognito's own mail stops at 50 a day. Written so because the CDK's own way wants to know the Region.
   * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
   */
  private mailBySes({ from, identity = from }: MailSender): void {
    (this.userPool.node.defaultChild as CfnUserPool).emailConfiguration = {
      emailSendingAccount: 'DEVELOPER',
      from,
      sourceArn: sesIdentityArn(this, identity),
    };
  }

  private addGoogle({ clientId, clientSecret }: GoogleSignIn): UserPoolIdentityProviderGoogle {
    return new UserPoolIdentityProviderGoogle(this, 'Google', {
      userPool: this.userPool,
      clientId,
      clientSecretValue: SecretValue.secretsManager(clientSecret),
      scopes: ['openid', 'email', 'profile'],
      attributeMapping: {
        email: ProviderAttribute.GOOGLE_EMAIL,
        emailVerified: ProviderAttribute.GOOGLE_EMAIL_VERIFIED,
      },
    });
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
