import { isLoopback } from '../../lambdas/contract/apps.ts';
import type { Profile } from '../../lambdas/contract/profile.ts';
import {
  allRoutes,
  isScope,
  type Operation,
  pathsOf,
  type Route,
  routeKey,
  routesOf,
  sampleRoutesOf,
} from '../../lambdas/contract/routes.ts';
import { sessionPathOf } from '../../lambdas/http/cookies.ts';

const PATH = /^(?:\/(?:[A-Za-z0-9._-]+|\{[A-Za-z0-9_]+\}))+$/;

/** Whether a path is one such as `/v1/widgets/{widgetId}`. */
export const isPath = (path: string): boolean => PATH.test(path);

/** A path with another parameter where this one has its own: API Gateway takes one name in one place. */
export function rivalOf(path: string, paths: readonly string[]): string | undefined {
  const segments = path.split('/');
  // The root's is taken by the answer to unknown paths.
  return [...paths, '/{proxy+}'].find((other) => {
    const others = other.split('/');
    const differ = segments.findIndex((segment, index) => segment !== others[index]);
    return [segments[differ], others[differ]].every((segment) => segment?.startsWith('{'));
  });
}

const PREFIX = /^[a-z][a-z0-9]{0,15}$/;
const COOKIE = /^[A-Za-z0-9_-]{1,64}$/;
const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;

/** @throws Error that says what is wrong with a profile, before anything is deployed with it */
export function assertUsable(profile: Profile): void {
  const wrong = [
    ...wrongTexts(profile),
    ...wrongKeys(profile),
    ...wrongCookies(profile),
    ...wrongApps(profile),
    ...wrongPaths(profile),
  ][0];
  if (wrong !== undefined) throw new Error(`The profile ${profile.name} cannot be used: ${wrong}`);
}

/** API Gateway prints these into JSON as they are. */
function wrongTexts({ sentences, dialect }: Profile): string[] {
  const texts = [...Object.values(sentences), ...(dialect.form === 'problem' ? [dialect.typeBase] : [])];
  const unprintable = texts.filter((text) => /["\\$#\p{Cc}]/u.test(text));
  return unprintable.map((text) => `a sentence has no quotes, backslashes, $, # or control characters: ${text}`);
}

function wrongKeys({ keyPrefixes, keyHeaders }: Profile): string[] {
  const { publishable, ...others } = keyPrefixes;
  const prefixes = Object.values(keyPrefixes);
  const headers = [...keyHeaders.secret, keyHeaders.publishable].map((name) => name.toLowerCase());
  return [
    ...prefixes.filter((prefix) => !PREFIX.test(prefix)).map((prefix) => `not a prefix such as acme: ${prefix}`),
    ...(Object.values(others).includes(publishable) ? [`publishable keys share their prefix ${publishable}`] : []),
    ...headers.filter((name) => !HEADER.test(name)).map((name) => `not a header's name: ${name}`),
    ...headers
      .filter((name, index) => headers.indexOf(name) !== index || name === 'authorization' || name === 'cookie')
      .map((name) => `the header ${name} is taken`),
  ];
}

function wrongCookies(profile: Profile): string[] {
  const names = Object.values(profile.cookies);
  const table = routesOf(profile);
  const paths = [table.refreshSession, table.logOut, table.startLogIn, table.finishLogIn].flatMap((route) =>
    route ? pathsOf(route) : [],
  );
  const parent = `${sessionPathOf(profile)}/`;
  return [
    ...names.filter((name) => !COOKIE.test(name)).map((name) => `not a cookie's name: ${name}`),
    ...(new Set(names).size < names.length ? [`two cookies have one name: ${names.join(', ')}`] : []),
    ...paths.filter((path) => !path.startsWith(parent)).map((path) => `no cookie of a session is sent to ${path}`),
  ];
}

/** A key goes to whatever is registered: not to where a browser would run it, nor in the clear to another machine. */
function wrongApps({ apps }: Profile): string[] {
  return apps.flatMap(({ name, redirect, scopes }) => {
    const url = URL.parse(redirect);
    const scheme = url?.protocol.slice(0, -1) ?? '';
    const own = /^[a-z][a-z0-9+.-]*$/.test(scheme) && !BROWSER_SCHEMES.includes(scheme);
    const takes = own && !url?.hash && (scheme !== 'http' || isLoopback(redirect));
    return [
      ...(takes ? [] : [`not where an app can wait for a key, such as myapp://callback: ${redirect}`]),
      ...(scopes.length === 0 || !scopes.every(isScope) ? [`the app ${name} lists scopes that are none`] : []),
    ];
  });
}

const BROWSER_SCHEMES = ['javascript', 'data', 'blob', 'file', 'about', 'view-source', 'vbscript', 'ws', 'wss', 'ftp'];

const parametersOf = (path: string): string => (path.match(/\{[^}]+\}/g) ?? []).toSorted().join();

function wrongPaths(profile: Profile): string[] {
  const table: Readonly<Record<string, Route>> = { ...routesOf(profile), ...sampleRoutesOf(profile) };
  const all = Object.values(table).flatMap(pathsOf);
  const keys = Object.values(table).flatMap((route) => pathsOf(route).map((path) => routeKey(route.method, path)));
  const given = Object.entries(profile.paths ?? {}).flatMap(([operation, paths]) =>
    paths.map((path) => ({ path, route: allRoutes[operation as Operation] as Route | undefined, operation })),
  );
  return [
    ...given.filter(({ route }) => !route).map(({ operation }) => `there is no operation ${operation}`),
    ...given.filter(({ path }) => !isPath(path)).map(({ path }) => `not a path: ${path}`),
    ...given
      .filter(({ path, route }) => route && parametersOf(path) !== parametersOf(route.path))
      .map(({ path, route }) => `${path} has not the parameters of ${route?.path}`),
    ...given.flatMap(({ path }) => {
      const rival = rivalOf(path, all);
      return rival === undefined ? [] : [`one place has one parameter: ${path}, ${rival}`];
    }),
    ...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `two operations are ${key}`),
  ];
}
