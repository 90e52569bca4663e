import { apiKey, bearer } from '../acceptance/target.ts';
import type { Ask } from './asking.ts';
import { type Documented, pathIn } from './documented.ts';
import type { Organization } from './organization.ts';

/** What changes by itself, as somebody is asked. */
const OF_USE = /,"(?:lastUsedAt|spent)":(?:"[^"]*"|\{[^}]*\})/g;

/** All that an owner, and a key of either mode, are shown of an organization; but for when something was last used. */
export async function fingerprintOf(
  ask: Ask,
  profile: Documented,
  { session, keys, objects }: Organization,
): Promise<Record<string, string>> {
  const owner = bearer(session.token);
  const by = (headers: Record<string, string>) => (path: string) => [path, headers] as const;
  const modes = (['live', 'test'] as const).flatMap((mode) => [
    ...[
      `/api/v1/admin/consumers?limit=100&mode=${mode}`,
      `/api/v1/admin/consumers/${objects[mode].consumerId}/sessions?mode=${mode}`,
      `/api/v1/usage?by=meter,customer,key&limit=100&mode=${mode}`,
    ].map(by(owner)),
    // An admin key: not every profile's sample is open to others.
    by(apiKey(keys[mode].admin))(`${pathIn(profile, profile.sample.list)}?limit=100`),
  ]);
  const of = [
    '/api/v1/keys?includeInactive=true&limit=100',
    '/api/v1/organization',
    '/api/v1/organization/members',
    '/api/v1/organization/invitations',
    '/api/v1/organization/user-pools',
    '/api/v1/audit-events?limit=100',
    '/api/v1/auth/sessions',
  ].map(by(owner));
  const seen = await Promise.all(
    [...of, ...modes].map(async ([path, headers]) => {
      const { status, text } = await ask({ method: 'GET', path, headers });
      const name = `${path} ${headers['X-Api-Key']?.slice(0, 8) ?? ''}`;
      return [name, `${status} ${text.replaceAll(OF_USE, '')}`] as const;
    }),
  );
  return Object.fromEntries(seen);
}
