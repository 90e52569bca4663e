import type { KeyType, Profile } from '../contract/profile.ts';
import { type ProtectedRoute, pathOf } from '../contract/routes.ts';
import { keyScopes, memberScopes } from './grants.ts';

/**
 * What a page must know of a deployment to show its keys and call its operations.
 * @param own the routes of the deployment's own functions
 */
export function describeDeployment(
  profile: Profile,
  apiUrl: string,
  stackRoutes: readonly ProtectedRoute[],
  own: readonly ProtectedRoute[],
) {
  const { name, keyPrefixes, keyFormat, keyHeaders, tiers, defaultTier, apps, memberSessions, consumers } = profile;
  const routes = [...stackRoutes, ...own];
  const types = Object.keys(keyPrefixes) as KeyType[];
  const paths = Object.entries(profile.paths ?? {}).map(([operation, [path]]) => [operation, path] as const);
  const sample = own.find(
    ({ method, path, principals }) => method === 'GET' && !path.includes('{') && principals.includes('key'),
  );
  return {
    profile: name,
    /** Where keys call the API; the operations that people need are at the page's own address too. */
    apiUrl,
    /** Where operations are, but those that are where the route table has them. */
    paths: Object.fromEntries(paths),
    /** With the scopes that a key of each can have. */
    keyTypes: types.map((type) => ({ type, prefix: keyPrefixes[type], scopes: [...keyScopes(routes, type)] })),
    keyFormat,
    keyHeaders,
    tiers,
    defaultTier,
    memberScopes: [...memberScopes(routes)],
    apps,
    memberSessions,
    consumerSessions: consumers.sessions,
    /** What a key can be tried with. */
    sampleRequest: sample?.path ?? pathOf('listUsage', profile),
  };
}

export type Deployment = ReturnType<typeof describeDeployment>;
