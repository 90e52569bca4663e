import { beforeAll, describe, expect, it } from 'vitest';
import { allRoutes, type Operation } from '../../lambdas/contract/routes.ts';
import { bearer } from '../acceptance/target.ts';
import { refusalOf } from './access.ts';
import type { Reply } from './asking.ts';
import { askFor, calls } from './calls.ts';
import type { Organization } from './organization.ts';
import type { Principal } from './principals.ts';
import type { World } from './world.ts';

const named = (Object.keys(calls) as Operation[]).filter((operation) => calls[operation].params);

/** Ids of every kind, where another kind is asked for; and what is no id, but might be read as something else. */
function oddIds({ id, objects, members }: Organization, theirs: Organization): readonly string[] {
  const { keyId, consumerId, consumerSessionId, invitationId, sessionId, userPoolId } = objects.live;
  const own = [keyId, consumerId, consumerSessionId, invitationId, sessionId, userPoolId, members.viewer.id, id];
  const plain = keyId.slice(4);
  const raw = ['..', '.', '%2e%2e', '..%2f..', '%00', '%', '%zz', '%252F', '%c0%af', '*', '%2A', '%3F', '%7BkeyId%7D'];
  const injected = [
    ...['KEY#', 'ORG#', 'SESSION#', 'CONSUMER#', 'POOL#', 'USER#', 'INVITATION#'].map((prefix) => prefix + theirs.id),
    `${keyId}#PRINCIPAL`,
    `${keyId}/../${theirs.objects.live.keyId}`,
    `${theirs.id}/${theirs.objects.live.keyId}`,
    `${theirs.id}#${theirs.members.viewer.id}`,
    `${theirs.pools.people.userPoolId}:${theirs.members.viewer.id}`,
    `${keyId}\0`,
    `\0${keyId}`,
    ` ${keyId}`,
    `${keyId}\n`,
    ...[`key_${plain.toLowerCase()}!`, plain, `KEY_${plain}`],
    ...['__proto__', 'constructor', 'null', 'undefined', '[object Object]', '$context.authorizer.organizationId'],
    `x" or sub ^= "`,
    '\u{1F511}',
    '\uD7FF\uFFFD',
    ...[129, 2_049, 6_000].map((length) => 'a'.repeat(length)),
  ].map((text) => encodeURIComponent(text));
  return [...raw, ...injected, ...own.map((text) => encodeURIComponent(text))];
}

export function describeOddIds(open: () => World) {
  describe('an id that is none', () => {
    let before: Awaited<ReturnType<World['fingerprint']>>;
    beforeAll(async () => {
      before = await open().fingerprint(open().other);
    });

    it.each(named)('is nothing to %s', async (operation) => {
      const { own, other, living, ask, about, foreignIn, inTurn, profile } = open();
      const callers = ['session token', undefined]
        .map((form) => living.find((by) => by.form === form && by.kind !== 'u' && !refusalOf(operation, by)))
        .filter((by): by is Principal => by !== undefined);
      expect(callers.length).toBeGreaterThan(0);
      const { method, path } = allRoutes[operation];
      const subject = about(own);
      const right = Object.values(calls[operation].params?.(subject) ?? {});
      const faults = await inTurn(
        oddIds(own, other).map((id, index) => [callers[index % callers.length] as Principal, id] as const),
        async ([by, id]) => {
          if (right.includes(decodeURI(id.replaceAll('%', '%25')))) return [];
          const asked = askFor(operation, by, subject, profile);
          const [, query = ''] = asked.path.split('?');
          const reply = await ask({ ...asked, path: `${path.replace(/\{\w+\}/, id)}${query && `?${query}`}` });
          return isRefused(reply, operation) && foreignIn(reply, by).length === 0
            ? []
            : [by.name, method, id.slice(0, 80), reply.status, reply.text.slice(0, 300)];
        },
      );
      expect(faults.filter((fault) => fault.length > 0)).toEqual([]);
    });

    it('changes nothing of another organization', async () => {
      expect(await open().fingerprint(open().other)).toEqual(before);
    });
  });

  describe('naming another organization', () => {
    const FIELDS = ['organizationId', 'organization_id', 'organization', 'org', 'tenantId'];
    const withBody = (Object.keys(calls) as Operation[]).filter((operation) => calls[operation].body);
    const reading = (Object.keys(calls) as Operation[]).filter((operation) => allRoutes[operation].method === 'GET');

    it.each(withBody)('is refused in the body of %s', async (operation) => {
      const { own, other, living, ask, about, profile } = open();
      const by = living.find((each) => !refusalOf(operation, each));
      if (!by || !isServed(operation)) return;
      const asked = askFor(operation, by, about(own, by.mode), profile);
      for (const field of FIELDS) {
        const reply = await ask({ ...asked, body: { ...(asked.body as object), [field]: other.id } });
        expect([field, reply.status, reply.code]).toEqual([field, 422, 'validation_failed']);
      }
    });

    it.each(reading)('changes nothing of what %s answers', async (operation) => {
      const { own, other, living, ask, about, profile } = open();
      const by = living.find((each) => !refusalOf(operation, each) && each.kind !== '-');
      if (!by || !isServed(operation)) return;
      const asked = askFor(operation, by, about(own, by.mode), profile);
      const plain = await ask(asked);
      const headers = Object.fromEntries(FIELDS.map((field) => [`X-${field}`, other.id]));
      const inHeaders = await ask({ ...asked, headers: { ...asked.headers, ...headers, 'X-Org-Id': other.id } });
      expect(steady(inHeaders)).toBe(steady(plain));
      const joined = asked.path.includes('?') ? '&' : '?';
      for (const field of FIELDS) {
        const reply = await ask({ ...asked, path: `${asked.path}${joined}${field}=${other.id}` });
        const refused = reply.status === 422 && reply.code === 'validation_failed';
        expect([operation, field, refused || steady(reply) === steady(plain)]).toEqual([operation, field, true]);
      }
    });
  });

  it('leaves the other organization what it had, and all of its credentials good', async () => {
    const { other, ask } = open();
    const get = async (path: string, headers: Record<string, string>) =>
      (await ask({ method: 'GET', path, headers })).status;
    const post = async (path: string, headers: Record<string, string>, body: object) =>
      (await ask({ method: 'POST', path, headers, body })).status;
    for (const mode of ['live', 'test'] as const) {
      const { secret, publishable, admin } = other.keys[mode];
      const { refreshToken, email, otp } = other.objects[mode];
      const page = { 'X-Publishable-Key': publishable };
      expect([
        await get('/api/v1/items', { 'X-Api-Key': secret }),
        await get(`/api/v1/keys/${other.objects[mode].keyId}`, { 'X-Api-Key': admin }),
        await post('/api/v1/consumer/refresh', page, { refreshToken }),
        await post('/api/v1/consumer/otp/verify', page, { email, code: otp }),
        await post('/api/v1/consumer/exchange', page, {
          code: await other.newCode(mode),
          guestToken: other.objects[mode].guestToken,
        }),
      ]).toEqual([200, 200, 200, 200, 200]);
    }
    for (const { tokens } of Object.values(other.members)) {
      expect(await get('/api/v1/organization', bearer(tokens.access))).toBe(200);
    }
    expect(await get('/api/v1/organization', bearer(other.session.token))).toBe(200);
    const person = await other.pools.people.newPerson();
    expect(await get('/api/v1/organization', bearer(person.access))).toBe(200);
  });
}

/** There is no such thing, or no such path, or no path at all. */
const isRefused = ({ status, code }: Reply, operation: Operation): boolean =>
  (status === 404 && code === 'not_found') ||
  status === 400 ||
  (operation === 'registerUserPool' && status === 422 && code === 'validation_failed');

const isServed = (operation: Operation): boolean => allRoutes[operation].group !== 'items' || /Items?$/.test(operation);

/** Without what differs from one answer to the next. */
const steady = ({ status, text }: Reply): string =>
  `${status} ${text.replaceAll(/"(?:instance|lastUsedAt|at)":"[^"]*"|"spent":\{[^}]*\}/g, '')}`;
