/** What a route is, and the ways in which routes are protected. */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Whom a route can be open to: API keys that are secret, those of type admin alone, publishable keys, pages with a widget
 * token, people with a JWT of the user pool, consumers and guests with an access token, and whoever has no credential at
 * all, limited by their address.
 */
export type PrincipalType =
  | 'key'
  | 'admin-key'
  | 'publishable-key'
  | 'widget'
  | 'member'
  | 'consumer'
  | 'guest'
  | 'anonymous';

/** What a principal must have to call a route. */
export interface Protection {
  /** The types of principal that may call it; any other is denied with `insufficient_permissions`. */
  readonly principals: readonly PrincipalType[];
  /** All of these are needed of whoever has a credential. */
  readonly scopes: readonly string[];
  /**
   * Whether a member must belong to an organization.
   * @default 'required'
   */
  readonly organization?: 'required' | 'optional';
  /**
   * What a request over its limit gets. `handler`: it reaches the function, whose `withAuth` answers 429.
   * `deny`: the gateway answers 403 with code `rate_limited` (for a function without `withAuth`).
   * `ignore`: it is let through, for the one call that must work while a leaked key is being hammered.
   */
  readonly limited: 'handler' | 'deny' | 'ignore';
  /** `servers`: a secret key that comes from a browser is refused, whatever the profile says. */
  readonly secretKeysIn?: 'servers';
}

/** What an audit event says was done. */
export type AuditAction = `${string}.${string}`;

export type Route = {
  /** As API Gateway writes it, `{name}` for a path parameter. */
  readonly path: string;
  /** Further paths that serve the same operation. */
  readonly aliases?: readonly string[];
  /** The Lambda function that serves it. */
  readonly group: Group;
  /** `public` is not even limited; what can be used up is open to `anonymous` instead. */
  readonly auth: 'public' | Protection;
} & (
  | { readonly method: 'GET' }
  | {
      readonly method: Exclude<Method, 'GET'>;
      /** Written before the operation runs. null: it manages nothing, such as a sign-in, or writes its own. */
      readonly audit: AuditAction | null;
    }
);

/** One Lambda function for each group of operations. */
export type Group = 'keys' | 'organization' | 'auth' | 'pages' | 'consumers' | 'usage' | 'items' | 'service';

export const managers = (scopes: readonly string[]): Protection => ({
  principals: ['member', 'admin-key'],
  scopes,
  limited: 'handler',
});
export const people = (scopes: readonly string[]): Protection => ({
  principals: ['member'],
  scopes,
  limited: 'handler',
});
export const anyone = (scopes: readonly string[]): Protection => ({
  principals: ['key', 'member'],
  scopes,
  limited: 'handler',
});

/** Also for who has no credential yet. */
export const everybody: Protection = { principals: ['anonymous'], scopes: [], limited: 'handler' };

/** What is a person's own business, whatever they may do in their organization. */
export const themselves: Protection = {
  principals: ['member'],
  scopes: [],
  organization: 'optional',
  limited: 'handler',
};

/** A browser with a publishable key, or a server with a secret one, for a consumer who has no session yet. */
export const storefront: Protection = {
  principals: ['publishable-key', 'key'],
  scopes: ['consumer-sessions:write'],
  limited: 'handler',
  secretKeysIn: 'servers',
};
export const consumer: Protection = { principals: ['consumer', 'guest'], scopes: [], limited: 'handler' };
export const backOffice = (scope: 'consumers:read' | 'consumers:write'): Protection => ({
  principals: ['key', 'member'],
  scopes: [scope],
  limited: 'handler',
  secretKeysIn: 'servers',
});
