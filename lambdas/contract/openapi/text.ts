import type { Tag } from '../operations/description.ts';
import type { Profile } from '../profile.ts';

export const TAGS: Readonly<Record<Tag, string>> = {
  Keys: 'API keys of an organization: made, changed, rotated and revoked.',
  'Signing in': 'Members sign up, in and out.',
  Organization: 'An organization, its members, invitations and user pools.',
  Consumers: "The people who use an organization's product sign in, in a browser with its publishable key.",
  'Consumer administration': 'What an organization does with its consumers.',
  Usage: "What an organization's customers use, counted and added up.",
  'Audit log': 'What was changed, by whom and when.',
  'Sample resource': 'Stands for what you would put behind the authorizer yourself.',
  Pages: 'For a browser to open.',
  Service: 'What anybody may ask.',
};

const FORMS = {
  problem: 'problem details (RFC 9457) with a stable `code`',
  typed: '`{"error": {"message", "type", "code"}}` with a stable `code`',
  reason: '`{"error": {"reason", "details"}}` with a stable `reason`',
};

/** What holds for every operation. */
export function textOf({ keyHeaders, dialect }: Profile): string {
  const secret = keyHeaders.secret.map((name) => `\`${name}\``).join(', ');
  return `API keys, members and consumers.

**Credentials.** A key that is secret is sent in ${secret} or as \`Authorization: Bearer\`, a publishable one in \
\`${keyHeaders.publishable}\`. Members and consumers send their access token as a bearer token, or a member's browser its \
cookies. A request has one credential; two are none. What a credential may do is said by its scopes, and each operation \
says which it needs.

**Errors** are ${FORMS[dialect.form]}.

**Limits** count by whole minutes and hours of UTC. Every answer says in \`RateLimit\` what is left; 429 says in \
\`Retry-After\` when to come again.

**Lists** have pages: \`nextCursor\`, where there is one, is the \`cursor\` of the next.

**Bodies** are JSON. Fields that are not known are refused. Times are RFC 3339, in UTC.

**Browsers**: pages of any origin may call, with a credential in a header. Cookies are taken from the API's own pages alone.`;
}
