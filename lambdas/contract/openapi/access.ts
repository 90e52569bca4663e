import type { JsonSchema } from '../operations/description.ts';
import type { Profile } from '../profile.ts';
import type { PrincipalType, Protection } from '../route.ts';

/** Names of the security schemes that are no header's. */
const BEARER = 'bearer';
const SESSION = 'session';
const REFRESH = 'refresh';

const asList = (values: readonly string[]): string => values.map((value) => `\`${value}\``).join(', ');

/** Whatever a caller can present, by the scheme's name: a header's is its own. */
export function securitySchemes({ keyHeaders, keyPrefixes, cookies }: Profile): JsonSchema {
  const { secret, restricted, admin, publishable } = keyPrefixes;
  const header = (name: string, description: string) => [name, { type: 'apiKey', in: 'header', name, description }];
  const cookie = (name: string, description: string) => ({ type: 'apiKey', in: 'cookie', name, description });
  const prefixes = [...new Set([secret, restricted, admin])].map((prefix) => `${prefix}_live_…`);
  return Object.fromEntries([
    ...keyHeaders.secret.map((name) => header(name, `A key that is secret: ${asList(prefixes)}, or a JWT.`)),
    header(keyHeaders.publishable, `A publishable key, \`${publishable}_live_…\`.`),
    [
      BEARER,
      {
        type: 'http',
        scheme: 'bearer',
        description:
          "A key that is secret; a member's access token, by this API or by the user pool, or their session token; a consumer's access token; or a widget token.",
      },
    ],
    [
      SESSION,
      cookie(cookies.access, "A member's session. What changes something by it has to come from the API's own origin."),
    ],
    [REFRESH, cookie(cookies.refresh, "The refresh token of a member's session.")],
  ]);
}

/** The schemes by which a type of principal comes. */
function schemesOf(principal: PrincipalType, { keyHeaders }: Profile): readonly string[] {
  switch (principal) {
    case 'key':
    case 'admin-key':
      return [...keyHeaders.secret, BEARER];
    case 'publishable-key':
      return [keyHeaders.publishable];
    case 'member':
      return [BEARER, SESSION];
    case 'widget':
    case 'consumer':
    case 'guest':
      return [BEARER];
    case 'anonymous':
      return [];
  }
}

/** Any one of these; none of them is needed where the list is empty. */
export function securityOf(auth: 'public' | Protection, profile: Profile, readsRefreshCookie = false) {
  if (readsRefreshCookie) return [{ [REFRESH]: [] }];
  if (auth === 'public') return [];
  const { principals, scopes } = auth;
  const schemes = new Set(principals.flatMap((principal) => schemesOf(principal, profile)));
  const requirements: Record<string, readonly string[]>[] = [...schemes].map((scheme) => ({ [scheme]: scopes }));
  return principals.includes('anonymous') && schemes.size > 0 ? [{}, ...requirements] : requirements;
}

const CALLED: Readonly<Record<PrincipalType, string>> = {
  key: 'keys that are secret',
  'admin-key': 'admin keys',
  'publishable-key': 'publishable keys',
  widget: 'widget tokens',
  member: 'members',
  consumer: 'consumers',
  guest: 'guests',
  anonymous: 'anybody',
};

const LIST = new Intl.ListFormat('en-GB');

/** Who may call it, in a sentence. */
export function accessOf(auth: 'public' | Protection): string {
  if (auth === 'public') return 'Open to anybody, without a limit.';
  const { principals, scopes, organization } = auth;
  const whom = LIST.format(principals.map((principal) => CALLED[principal]));
  const only = principals.every((principal) => principal === 'anonymous');
  const needs = scopes.length === 0 ? '' : ` Needs the scope ${asList(scopes)}.`;
  const nowhere = organization === 'optional' ? ' A member need not belong to an organization.' : '';
  return `Open to ${whom}${only ? ', limited by address' : ''}.${needs}${nowhere}`;
}
