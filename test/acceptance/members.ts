import { beforeAll, describe, expect, it } from 'vitest';
import { withCookies } from './cookies.ts';
import { type Answer, apiKey, bearer, type Client, createClient, newEmail, type Target } from './target.ts';

/** Members of an organization: roles, invitations, and how they end. */
export function describeMembers(open: () => Promise<Target>) {
  describe('an organization', () => {
    let target: Target;
    let client: Client;
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
    });

    const at = (path: string) => `/api/v1/organization${path}`;
    /** As somebody by a token, with which everything is allowed that needs no cookie. */
    const as = (credential: Record<string, string>) => ({
      invite: (email: string, role = 'developer') =>
        client.call('POST', at('/invitations'), credential, { email, role }),
      accept: (token: string) => client.call('POST', at('/invitations/accept'), credential, { token }),
      members: () => client.call('GET', at('/members'), credential),
      setRole: (id: string, role: string) => client.call('PATCH', at(`/members/${id}`), credential, { role }),
      remove: (id: string) => client.call('DELETE', at(`/members/${id}`), credential),
      leave: () => client.call('POST', at('/leave'), credential),
      createKey: () => client.call('POST', '/api/v1/keys', credential, { label: 'a key' }),
      listKeys: () => client.call('GET', '/api/v1/keys', credential),
    });

    /** A session token: as good as cookies, without their origin. */
    async function tokenOf(email: string) {
      const { status, body } = await client.call(
        'POST',
        '/auth/token',
        {},
        { username: email, password: 'Correct-horse-battery-1' },
      );
      expect(status).toBe(200);
      return bearer(body.token);
    }

    /** By mail, or where none is sent, as the answer says. */
    async function tokenIn(answer: Answer, email: string): Promise<string> {
      expect(answer.status).toBe(201);
      const text = target.readMail ? await target.readMail(email) : answer.body.acceptUrl;
      return /#(\S+)/.exec(text ?? '')?.[1] ?? '';
    }

    async function newOwner() {
      const owner = await client.signedUp();
      return { ...owner, ...as(await tokenOf(owner.email)) };
    }

    async function newColleague(owner: Awaited<ReturnType<typeof newOwner>>, role: string) {
      const email = newEmail();
      const token = await tokenIn(await owner.invite(email, role), email);
      const { user } = await client.signedUp({ invitation: token }, email);
      const login = await client.logIn(email);
      expect([login.status, login.body.organization]).toEqual([200, null]);
      const credential = await tokenOf(email);
      const accepted = await as(credential).accept(token);
      expect([accepted.status, accepted.body]).toMatchObject([200, { id: owner.organization.id, role }]);
      return { email, id: user.id, token, credential, ...as(credential) };
    }

    it('invites somebody by mail, who signs up, accepts, and is what the invitation says', async () => {
      const owner = await newOwner();
      const email = newEmail();
      const invited = await owner.invite(email);
      expect([invited.status, invited.body]).toEqual([
        201,
        {
          invitationId: expect.stringMatching(/^inv_/),
          email,
          role: 'developer',
          invitedBy: owner.user.id,
          invitedAt: expect.any(String),
          expiresAt: expect.any(String),
          ...(!target.readMail && { acceptUrl: expect.stringContaining('/invitation#') }),
        },
      ]);
      const colleague = await newColleague(owner, 'developer');
      const { acceptUrl, ...listed } = invited.body;
      const pending = await client.call('GET', at('/invitations'), await tokenOf(owner.email));
      expect([pending.status, pending.body]).toEqual([200, { invitations: [listed] }]);
      const { status, body } = await colleague.members();
      expect([
        status,
        body.members.toSorted((a: { role: string }, b: { role: string }) => (a.role < b.role ? 1 : -1)),
      ]).toEqual([
        200,
        [
          { id: owner.user.id, email: owner.email, role: 'owner', joinedAt: expect.any(String) },
          { id: colleague.id, email: colleague.email, role: 'developer', joinedAt: expect.any(String) },
        ],
      ]);
      const me = await client.call('GET', '/api/v1/auth/me', colleague.credential);
      expect(me.body).toMatchObject({ organization: { id: owner.organization.id }, role: 'developer' });
      const again = await colleague.accept(colleague.token);
      expect([again.status, again.body.code]).toEqual([409, 'organization_exists']);
    });

    it('lets nobody in by an invitation that is not theirs, is revoked, or is none', async () => {
      const owner = await newOwner();
      const email = newEmail();
      const answer = await owner.invite(email);
      const token = await tokenIn(answer, email);
      const stranger = await client.newMember();
      for (const wrong of [token, `${token}x`, 'nonsense', `${'x'.repeat(20)}.${'y'.repeat(32)}`]) {
        const { status, body } = await as(bearer(stranger.access)).accept(wrong);
        expect([status, body.code]).toEqual([422, 'invalid_invitation']);
      }
      const other = await client.call(
        'POST',
        '/api/v1/auth/signup',
        {},
        { email: newEmail(), password: 'Correct-horse-battery-1', invitation: token },
      );
      expect([other.status, other.body.errors?.[0].field]).toEqual([422, 'email']);
      const path = at(`/invitations/${answer.body.invitationId}`);
      const foreign = await client.newOrganization();
      expect((await client.call('DELETE', path, bearer(foreign.access))).status).toBe(404);
      const credential = await tokenOf(owner.email);
      expect((await client.call('DELETE', path, credential)).status).toBe(204);
      // Whoever had no answer to it says so again.
      expect((await client.call('DELETE', path, credential)).status).toBe(204);
      const revoked = await client.call(
        'POST',
        '/api/v1/auth/signup',
        {},
        { email, password: 'Correct-horse-battery-1', invitation: token },
      );
      expect([revoked.status, revoked.body.code]).toEqual([422, 'invalid_invitation']);
    });

    it('lets developers make keys, viewers look, and neither administer', async () => {
      const owner = await newOwner();
      const developer = await newColleague(owner, 'developer');
      const viewer = await newColleague(owner, 'viewer');
      expect([(await developer.createKey()).status, (await viewer.createKey()).status]).toEqual([201, 403]);
      expect([(await developer.listKeys()).status, (await viewer.listKeys()).status]).toEqual([200, 200]);
      for (const colleague of [developer, viewer]) {
        const { body } = await colleague.members();
        expect(body.members).toHaveLength(3);
        for (const { status } of [
          await colleague.invite(newEmail()),
          await colleague.setRole(colleague.id, 'owner'),
          await colleague.remove(owner.user.id),
          await client.call('PATCH', at(''), colleague.credential, { name: 'Mine' }),
        ]) {
          expect(status).toBe(403);
        }
      }
      const admin = await newColleague(owner, 'admin');
      const refused = [await admin.setRole(owner.user.id, 'viewer'), await admin.setRole(viewer.id, 'owner')];
      for (const { status, body } of refused) expect([status, body.code]).toEqual([403, 'insufficient_permissions']);
      expect((await admin.setRole(viewer.id, 'developer')).body).toEqual({ id: viewer.id, role: 'developer' });
      const renamed = await client.call('PATCH', at(''), admin.credential, { name: 'Globex' });
      expect([renamed.status, renamed.body]).toMatchObject([200, { id: owner.organization.id, name: 'Globex' }]);
    });

    it('gives a member another role from their next sign-in on, and keeps no session of the old one', async () => {
      const owner = await newOwner();
      const colleague = await newColleague(owner, 'developer');
      const session = withCookies(await client.logIn(colleague.email), 'access_token');
      expect((await client.call('GET', '/api/v1/keys', session)).status).toBe(200);
      expect((await owner.setRole(colleague.id, 'viewer')).status).toBe(200);
      expect((await client.call('GET', '/api/v1/keys', session)).status).toBe(401);
      expect((await colleague.listKeys()).status).toBe(401);
      const again = as(await tokenOf(colleague.email));
      expect([(await again.listKeys()).status, (await again.createKey()).status]).toEqual([200, 403]);
    });

    it('removes a member with all that they are signed in with, and keeps the keys that they made', async () => {
      const owner = await newOwner();
      const colleague = await newColleague(owner, 'developer');
      const key = (await colleague.createKey()).body;
      const items = async (credential: Record<string, string>) =>
        (await client.call('GET', '/api/v1/items', credential)).status;
      expect((await owner.remove(colleague.id)).status).toBe(204);
      expect([await items(colleague.credential), await items(apiKey(key.apiKey))]).toEqual([401, 200]);
      expect(await items(await tokenOf(colleague.email))).toBe(403);
      const { body } = await owner.members();
      expect(body.members.map(({ id }: { id: string }) => id)).toEqual([owner.user.id]);
      expect((await owner.remove(colleague.id)).status).toBe(404);
      const back = await as(await tokenOf(colleague.email)).accept(colleague.token);
      expect([back.status, back.body.code]).toEqual([422, 'invalid_invitation']);
    });

    it('has an owner, who may leave once there is another', async () => {
      const owner = await newOwner();
      const colleague = await newColleague(owner, 'viewer');
      for (const { status, body } of [await owner.leave(), await owner.setRole(owner.user.id, 'admin')]) {
        expect([status, body.code]).toEqual([409, 'last_owner']);
      }
      expect((await owner.setRole(colleague.id, 'owner')).status).toBe(200);
      expect((await owner.leave()).status).toBe(204);
      expect((await owner.members()).status).toBe(401);
      const last = as(await tokenOf(colleague.email));
      expect((await last.members()).body.members).toHaveLength(1);
      expect((await last.leave()).body.code).toBe('last_owner');
    });

    it('refuses roles and addresses that are none', async () => {
      const owner = await newOwner();
      for (const [answer, field] of [
        [await owner.invite('nobody'), 'email'],
        [await owner.invite(newEmail(), 'king'), 'role'],
        [await owner.setRole(owner.user.id, ''), 'role'],
      ] as const) {
        expect([answer.status, answer.body.errors?.[0].field]).toEqual([422, field]);
      }
      expect((await owner.setRole('nobody', 'viewer')).status).toBe(404);
    });
  });
}
