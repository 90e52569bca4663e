import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { withCookies } from './cookies.ts';
import { apiKey, bearer, createClient, newEmail, PASSWORD, type Target, type Tokens } from './target.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line, as a process of its own. */
export function latchkey(argv: readonly string[], env: NodeJS.ProcessEnv, input = ''): Promise<Ran> {
  const child = spawn(process.execPath, [join(ROOT, 'cli/latchkey.mjs'), ...argv], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stdout, stderr })));
}

export interface OperatedTarget extends Target {
  /** Runs a command on this stack. */
  readonly run: (argv: readonly string[], input?: string) => Promise<Ran>;
  /** Who the log says it was. */
  readonly operator: string;
}

interface Credential {
  readonly name: string;
  readonly headers: Record<string, string>;
  readonly path: string;
}

/** What an operator does by the command line to a stack that serves meanwhile. */
export function describeOperator(open: () => Promise<OperatedTarget>) {
  describe('npx latchkey', () => {
    let target: OperatedTarget;
    let client: ReturnType<typeof createClient>;
    let owner: Tokens;
    let organizationId: string;
    beforeAll(async () => {
      target = await open();
      client = createClient(target);
    });

    const organizationOf = async ({ access }: Tokens): Promise<string> =>
      (await client.call('GET', '/api/v1/organization', bearer(access))).body.id;
    const ran = async (...argv: string[]) => {
      const result = await target.run(argv);
      expect(result.status, result.stdout + result.stderr).toBe(0);
      return result.stdout;
    };
    const statusOf = async ({ headers, path }: Credential) => (await client.call('GET', path, headers)).status;

    /** One credential of each kind that lets somebody in. */
    async function credentialsOf(email: string): Promise<Credential[]> {
      const session = await client.logIn(email);
      const token = await client.call('POST', '/auth/token', {}, { username: email, password: PASSWORD });
      const keys = await Promise.all(
        [
          { mode: 'live' },
          { mode: 'test' },
          { type: 'admin' },
          { type: 'restricted', scopes: ['items:read'] },
          { format: 'jwt' },
        ].map((fields) => client.newKey(owner, fields)),
      );
      const publishable = await client.newKey(owner, { type: 'publishable' });
      const page = { 'X-Publishable-Key': publishable.apiKey };
      const guest = await client.call('POST', '/api/v1/consumer/guest', page, {});
      const server = apiKey(keys[0]?.apiKey ?? '');
      const code = await client.call('POST', '/api/v1/consumer/exchange-codes', server, { externalId: 'customer 1' });
      const consumer = await client.call('POST', '/api/v1/consumer/exchange', page, { code: code.body.code });
      const widget = await client.call('POST', '/api/v1/widget/token', server, { customer_external_id: 'customer 1' });
      const credentials = [
        { name: 'Cognito token', headers: bearer(owner.access), path: '/api/v1/keys' },
        { name: 'session', headers: withCookies(session, 'access_token'), path: '/api/v1/keys' },
        { name: 'session token', headers: bearer(token.body.token), path: '/api/v1/keys' },
        ...keys.map(({ apiKey: key }, n) => ({ name: `key ${n}`, headers: bearer(key), path: '/api/v1/items' })),
        { name: 'publishable key', headers: page, path: '/api/v1/items' },
        { name: 'guest', headers: bearer(guest.body.accessToken), path: '/api/v1/consumer/me' },
        { name: 'consumer', headers: bearer(consumer.body.accessToken), path: '/api/v1/consumer/me' },
        { name: 'widget', headers: bearer(widget.body.token), path: '/api/v1/usage' },
      ];
      for (const credential of credentials)
        expect([credential.name, await statusOf(credential)]).toEqual([credential.name, 200]);
      return credentials;
    }

    async function newOwner() {
      const email = newEmail();
      owner = await client.newMember(email);
      expect((await client.call('POST', '/api/v1/organization', bearer(owner.access), { name: 'Acme' })).status).toBe(
        201,
      );
      owner = await client.newMember(email);
      organizationId = await organizationOf(owner);
      return email;
    }

    it('says that all is well, and lists organizations and keys', async () => {
      await newOwner();
      const { ok, checks } = JSON.parse(await ran('status', '--json'));
      expect(checks.filter((check: { ok: boolean }) => !check.ok)).toEqual([]);
      expect(ok).toBe(true);
      const { keyId } = await client.newKey(owner);
      expect(await ran('organizations', 'list')).toContain(organizationId);
      expect(await ran('keys', 'list', '--organization', organizationId)).toContain(keyId);
      const shown = JSON.parse(await ran('keys', 'show', keyId, '--json'));
      expect(shown).toMatchObject({ organizationId, keyId, isActive: true });
    });

    it('finds a leaked key by its value, and revokes it: refused at the very next request', async () => {
      const { keyId, apiKey: leaked } = await client.newKey(owner);
      const found = await target.run(['keys', 'find', '--json'], `${leaked}\n`);
      expect([found.status, JSON.parse(found.stdout).keyId]).toEqual([0, keyId]);
      expect(found.stdout + found.stderr).not.toContain(leaked);
      const items = async () => (await client.call('GET', '/api/v1/items', apiKey(leaked))).status;
      expect(await items()).toBe(200);
      // Nobody can be asked.
      expect((await target.run(['keys', 'revoke', keyId])).status).toBe(2);
      expect(await items()).toBe(200);
      await ran('keys', 'revoke', keyId, '--yes');
      expect(await items()).toBe(401);
      const { body } = await client.call('GET', '/api/v1/audit-events?actor=operator', bearer(owner.access));
      expect(body.auditEvents).toMatchObject([
        { action: 'key.revoke', target: keyId, outcome: 'succeeded', actor: { type: 'operator', id: 'operator' } },
      ]);
      // Not which operator it was.
      expect(JSON.stringify(body)).not.toContain('"operator":');
    });

    it('revokes everything of an organization: each credential is refused at its very next request', async () => {
      const stranger = await client.newOrganization('Other');
      const { apiKey: other } = await client.newKey(stranger);
      const email = await newOwner();
      const credentials = await credentialsOf(email);
      await client.call('POST', '/api/v1/organization/invitations', bearer(owner.access), {
        email: newEmail(),
        role: 'viewer',
      });
      const output = await ran('organization', 'revoke', organizationId, '--yes', '--settle', '1', '--json');
      expect(JSON.parse(output)).toEqual({
        organizationId,
        locked: false,
        ended: { keys: 6, members: 1, memberSessions: 2, consumerSessions: 2, invitations: 1, userPools: 0 },
      });
      for (const credential of credentials) {
        expect([credential.name, await statusOf(credential)]).toEqual([credential.name, 401]);
      }
      expect((await client.call('GET', '/api/v1/items', apiKey(other))).status).toBe(200);

      // They sign in again, and see what has happened to them.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      owner = await client.newMember(email);
      const { body } = await client.call(
        'GET',
        '/api/v1/audit-events?action=organization.revoke',
        bearer(owner.access),
      );
      expect(body.auditEvents).toMatchObject([{ outcome: 'succeeded', details: { lock: false } }]);
      const exported = (await ran('audit', 'export', '--organization', organizationId)).trim().split('\n');
      const event = exported.map((line) => JSON.parse(line)).find(({ action }) => action === 'organization.revoke');
      expect(event.actor).toEqual({ type: 'operator', id: 'operator', operator: target.operator });
    });

    it('keeps an organization shut, until it is unlocked', async () => {
      const email = await newOwner();
      const lock = ['--lock', '--yes', '--settle', '0'];
      await ran('organizations', 'revoke', organizationId, ...lock);
      await ran('organizations', 'revoke', organizationId, ...lock);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const keys = async () =>
        (await client.call('GET', '/api/v1/keys', bearer((await client.newMember(email)).access))).status;
      expect([await keys(), (await client.logIn(email)).status]).toEqual([401, 401]);
      await ran('organizations', 'unlock', organizationId, '--yes');
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      expect([await keys(), (await client.logIn(email)).status]).toEqual([200, 200]);
    });

    it('rotates the issuer when verifiers know the next key, and replaces it at once', async () => {
      const email = await newOwner();
      const credentials = await credentialsOf(email);
      const session = await client.logIn(email);
      // The stack is younger than an hour.
      expect((await target.run(['issuer', 'rotate', '--yes'])).status).toBe(1);
      for (const credential of credentials)
        expect([credential.name, await statusOf(credential)]).toEqual([credential.name, 200]);

      await ran('issuer', 'replace', '--yes');
      const signed = ['session', 'key 4', 'guest', 'consumer', 'widget'];
      for (const credential of credentials) {
        const status = signed.includes(credential.name) ? 401 : 200;
        expect([credential.name, await statusOf(credential)]).toEqual([credential.name, status]);
      }
      const refreshed = await client.call('POST', '/api/v1/auth/refresh', withCookies(session, 'refresh_token'));
      expect(refreshed.status).toBe(204);
      const again = withCookies(refreshed, 'access_token');
      expect((await client.call('GET', '/api/v1/keys', again)).status).toBe(200);
      expect(await client.newKey(owner, { format: 'jwt' })).toMatchObject({ keyPrefix: 'eyJ' });
      const events = (await ran('audit', 'export', '--deployment')).trim().split('\n');
      expect(JSON.parse(events[0] ?? '')).toMatchObject({ action: 'issuer.replace', outcome: 'succeeded' });
      expect(JSON.parse(await ran('status', '--json')).ok).toBe(true);
    });
  });
}
