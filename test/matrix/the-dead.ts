import { toBase62 } from '../../lambdas/core/base62.ts';
import { crc32 } from '../../lambdas/core/crc32.ts';
import { apiKey, bearer, PASSWORD } from '../acceptance/target.ts';
import type { Documented } from './documented.ts';
import type { Extent } from './extent.ts';
import type { Organization } from './organization.ts';
import { FORMS, type Principal, type Principals } from './principals.ts';

/** With the checksum that it takes. */
const signed = (head: string) => head + toBase62(crc32(Buffer.from(head)), 6);
const NO_SECRET = 'A'.repeat(32);

/** Credentials that were good once, or never: all of them are nobody's. */
export async function theDead(
  { client, key, consumer, headersOf }: Principals,
  organization: Organization,
  { prefix }: Pick<Documented, 'prefix'>,
  extent: Extent,
): Promise<readonly Principal[]> {
  const { call } = client;
  const { keys, objects, newMember, tokenOf } = organization;
  const owner = bearer(organization.session.token);
  const dead = (name: string, headers: Principal['headers']): Principal => ({ name, kind: '-', headers });

  async function revoked(kind: 'K' | 'P' | 'A', fields: Parameters<typeof key>[3]) {
    const { name, keyId, headers } = await key(organization, kind, 'live', fields);
    await call('DELETE', `/api/v1/keys/${keyId}`, owner);
    return dead(`revoked ${name}`, headers);
  }

  async function rotated(graceSeconds: number) {
    const { keyId, apiKey: value } = await organization.newKey('live');
    await call('POST', `/api/v1/keys/${keyId}/rotate`, owner, { graceSeconds });
    return dead(`rotated key, grace of ${graceSeconds}`, apiKey(value));
  }

  async function widgetOfRevoked() {
    const { apiKey: value } = await organization.newKey('live');
    const body = { customer_external_id: 'x' };
    const { token } = (await call('POST', '/api/v1/widget/token', apiKey(value), body)).body;
    await call('POST', '/api/v1/keys/self-revoke', apiKey(value));
    return dead('widget of a revoked key', bearer(token));
  }

  async function signedOut() {
    const token = await tokenOf(organization.members.owner);
    await call('DELETE', '/auth/token', bearer(token));
    return dead('session token that was ended', bearer(token));
  }

  async function removed() {
    const person = await newMember('admin');
    const all = await Promise.all(
      FORMS.map(async (form) => [form, await headersOf(person, form, organization)] as const),
    );
    await call('DELETE', `/api/v1/organization/members/${person.id}`, owner);
    return all.map(([form, headers]) => dead(`${form} of a removed member`, headers));
  }

  async function consumers() {
    const gone = [await consumer(organization, 'c', 'live'), await consumer(organization, 'g', 'live')];
    for (const { headers } of gone) await call('POST', '/api/v1/consumer/logout', headers);
    const { consumerId, accessToken } = await organization.newConsumer('live');
    await call('PATCH', `/api/v1/admin/consumers/${consumerId}`, owner, { disabled: true });
    return [
      ...gone.map(({ name, headers }) => dead(`${name} who signed out`, headers)),
      dead('disabled consumer', bearer(accessToken)),
    ];
  }

  /** Of a pool whose registration was removed. */
  async function ofRemovedPool() {
    const gone = await organization.newPool(['*']);
    const person = await gone.newPerson();
    await call('DELETE', `/api/v1/organization/user-pools/${gone.userPoolId}`, owner);
    return dead('person of a pool that was removed', bearer(person.access));
  }

  const { apiKey: live } = await organization.newKey('live', { format: 'opaque' });
  const stale = await Promise.all([
    revoked('K', {}),
    revoked('P', { type: 'publishable' }),
    rotated(0),
    widgetOfRevoked(),
    signedOut(),
  ]);
  const more = async () => {
    const made = [
      await revoked('A', { type: 'admin' }),
      await revoked('K', { format: 'jwt' }),
      await rotated(1),
      ...(await removed()),
      await ofRemovedPool(),
    ];
    // The grace of one second is over by then, and a container's memory of a pool.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    return made;
  };
  const { token } = organization.session;
  const wrong = [
    dead('two credentials', { ...bearer(token), ...apiKey(live) }),
    dead('a secret key as a publishable one', { 'X-Publishable-Key': live }),
    dead('a publishable key as a secret one', apiKey(keys.live.publishable)),
    dead('a key with another secret', apiKey(signed(live.slice(0, -38) + NO_SECRET))),
    dead('a key that nobody made', apiKey(signed(`${prefix}_live_0123456789${NO_SECRET}`))),
    dead('a key with a wrong checksum', apiKey(live.slice(0, -6) + NO_SECRET.slice(0, 6))),
    dead('a password', bearer(PASSWORD)),
    dead('Basic', { Authorization: `Basic ${Buffer.from(`x:${PASSWORD}`).toString('base64')}` }),
    dead('a refresh token', bearer(objects.live.refreshToken)),
    dead('a session token in a header for keys', apiKey(token)),
    dead('a session token in a cookie', { Cookie: `access_token=${token}`, 'Sec-Fetch-Site': 'same-origin' }),
  ];
  return [...stale, ...(await consumers()), ...wrong, ...(extent === 'all' ? await more() : [])];
}
