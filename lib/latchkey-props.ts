import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Profile } from '../lambdas/contract/profile.ts';
import type { Method, PrincipalType } from '../lambdas/contract/routes.ts';
import type { ApiDomain } from './api.ts';
import type { FirewallLimits } from './firewall.ts';
import type { GoogleSignIn, LoginPages } from './identity.ts';
import type { MailSender } from './mail.ts';
import type { SiteDomain } from './site.ts';
import type { ProvisionedCapacity } from './table.ts';
import type { Stage } from './upkeep.ts';

export interface LatchkeyProps {
  /**
   * `prod` keeps its data whatever happens to the stack: table, people, signing keys and logs outlive it, and are protected
   * from being deleted; the table can be restored to any second of the last 35 days. `dev` leaves nothing behind when
   * it is destroyed. Also the name of the API's stage.
   * @default 'prod'
   */
  readonly stage?: Stage;
  /**
   * How keys, limits and errors look: one of `lib/profiles`, or your own.
   * @default fractalpack
   */
  readonly profile?: Profile;
  /**
   * Where the hosted login may send a browser back to, beside the API's own `/api/v1/auth/callback`: for pages of yours
   * that use the user pool by themselves.
   * @default none
   */
  readonly callbackUrls?: readonly string[];
  /**
   * The hosted login's address is `https://<domainPrefix>.auth.<region>.amazoncognito.com`.
   * @default `latchkey-` and the ids of this construct and its stack
   */
  readonly domainPrefix?: string;
  /**
   * Cognito's managed login, which needs its Essentials plan, or the classic hosted pages.
   * @default 'managed'
   */
  readonly loginPages?: LoginPages;
  /**
   * Sign-in with Google, at the hosted login.
   * @default none
   */
  readonly google?: GoogleSignIn;
  /**
   * The sender of the deployment's mail, by Amazon SES. Without one, Cognito mails its codes itself, 50 a day, whoever
   * invites a member passes the invitation on themselves, and no consumer gets a code by mail.
   * @default none
   */
  readonly mail?: MailSender;
  /**
   * The sender of the deployment's text messages: the ARN of a number, a sender's id or a pool of AWS End User Messaging.
   * Without one, consumers sign in by e-mail alone.
   * @default none
   */
  readonly smsFrom?: string;
  /**
   * The `iss` and `aud` of the tokens that the deployment signs: the address that its callers know. A domain of the API's
   * own that is made elsewhere has to be named here. Changing it ends the keys that are JWTs.
   * @default the API's own address
   */
  readonly issuer?: string;
  /**
   * Whether there is a dashboard, by CloudFront. Without one, people find the pages that they sign in on at the API's
   * address, and manage keys by the API.
   * @default true
   */
  readonly dashboard?: boolean;
  /**
   * A name of your own for the dashboard.
   * @default CloudFront's
   */
  readonly dashboardDomain?: SiteDomain;
  /**
   * A name of your own for the API, which is then also the issuer.
   * @default API Gateway's
   */
  readonly apiDomain?: ApiDomain;
  /**
   * AWS WAF before the API, with limits by address.
   * @default none
   */
  readonly firewall?: FirewallLimits;
  /**
   * Capacity of the table that is paid by the hour and scales within a range, for a load that is known and steady.
   * @default on demand: paid by the request
   */
  readonly capacity?: ProvisionedCapacity;
  /**
   * For how many days logs are kept: one of CloudWatch's periods.
   * @default 90 in prod, 7 in dev
   */
  readonly logRetentionDays?: number;
  /**
   * Whether API Gateway logs every request. It sets the account's role for that, in this Region.
   * @default false: refusals are logged by the authorizer
   */
  readonly accessLog?: boolean;
  /**
   * Whether requests are traced by AWS X-Ray.
   * @default false
   */
  readonly tracing?: boolean;
  /**
   * Whether the functions write metrics, and there are a CloudWatch dashboard and alarms.
   * @default true in prod, false in dev
   */
  readonly monitoring?: boolean;
  /**
   * Who is told of an alarm, by mail, once they have confirmed that to Amazon SNS. Others can subscribe to the topic
   * `monitoring.topic`.
   * @default nobody
   */
  readonly alarmEmail?: string;
}

/** A route of your own, put behind the authorizer. */
export interface ProtectProps {
  readonly method: Method;
  /** Such as `/v1/widgets/{widgetId}`. */
  readonly path: string;
  /** Your function, in any language. It needs no library and gets no permission; who calls is in its event. */
  readonly handler: IFunction;
  /** All of these are needed, such as `['widgets:read']`; with `[]`, any valid credential will do. */
  readonly scopes: readonly string[];
  /**
   * Who may call: secret API keys, those of type admin alone (`admin-key`), publishable ones (to read), pages with a
   * `widget` token of a key's, members with a JWT, consumers who have signed in, guests, and callers without any credential (`anonymous`), whose limit is by
   * their address.
   * @default keys and members
   */
  readonly principals?: readonly PrincipalType[];
  /**
   * What a caller over its limit gets: 403 with code `rate_limited` from the gateway (`deny`), or 429 from your
   * function (`handler`). Say `handler` only when the function answers 429 itself, as `withAuth` does; one that does
   * not would serve the request.
   * @default 'deny'
   */
  readonly limited?: 'deny' | 'handler';
}
