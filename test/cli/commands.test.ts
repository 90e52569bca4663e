import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { mintKey, toPublicId } from '../../lambdas/core/key-format.ts';
import type { KeyRecord } from '../../lambdas/core/ports.ts';
import { newKey, newOrganization } from '../stores/fixtures.ts';
import { Machine } from './world.ts';

describe('npx latchkey', () => {
  let machine: Machine;
  let organizationId: string;
  beforeEach(async () => {
    machine = new Machine();
    organizationId = newOrganization();
    const organization = { id: organizationId, name: 'Acme \u001b[31m', createdAt: 1_775_000_000 };
    await machine.stores.insertOrganization(organization, 'somebody');
  });

  const insert = async (fields: Partial<KeyRecord> = {}) => {
    const { apiKey, ...minted } = mintKey('fpk', 'live', randomBytes);
    const key = newKey({ organizationId, ...minted, createdAt: machine.now / 1_000 - 9, ...fields });
    await machine.stores.insertKey(key);
    return { apiKey, keyId: toPublicId(key.id), key };
  };
  const events = async (whose = organizationId) =>
    (await machine.stores.listAuditEvents(whose, {}, { limit: 99 })).entries;

  describe('what is understood', () => {
    it.each([
      [['nope'], 'There is no such command'],
      [['keys'], 'keys what? keys list, keys show'],
      [['keys', 'show'], 'keys show takes KEY_ID'],
      [['keys', 'show', 'a', 'b'], 'keys show takes KEY_ID'],
      [['keys', 'show', 'key_short'], 'Not the id of a key'],
      [['keys', 'list'], 'Which organization?'],
      [['status', '--yes'], "Unknown option '--yes'"],
      [['status', '--local', '--stack', 'Latchkey'], '--local is one stack'],
      [['status', '--data', 'x'], '--data takes --local'],
      [['organizations', 'revoke', 'org_1'], 'Which organization?'],
      [['audit', 'export'], 'Whose log?'],
      [['audit', 'export', '--deployment', '--from', 'yesterday'], '--from is a time'],
      [['audit', 'export', '--deployment', '--format', 'xml'], '--format is jsonl or csv'],
    ])('%j is not: 2', async (argv, sentence) => {
      const { status, stdout, stderr } = await machine.run(...argv);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(sentence);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    });

    it('has help for all commands and for each, and opens no stack for it', async () => {
      const all = await machine.run('--help');
      expect(all).toMatchObject({ status: 0, stderr: '' });
      const names = [...all.stdout.matchAll(/^ {2}((?:[a-z]+ )?[a-z]+)(?: [A-Z_]+)? {2}/gm)].map(
        ([, name]) => name ?? '',
      );
      expect(names).toHaveLength(11);
      for (const name of names) {
        const { status, stdout } = await machine.run(...name.split(' '), '--help');
        expect([status, stdout.startsWith(`Usage: npx latchkey ${name}`)]).toEqual([0, true]);
      }
      expect((await machine.run()).stdout).toBe(all.stdout);
      expect(machine.choices).toEqual([]);
    });

    it('is the deployed stack Latchkey, unless another is named', async () => {
      await machine.run('organizations', 'list');
      await machine.run('organization', 'list', '--stack', 'Own', '--region', 'eu-central-1');
      await machine.run('--local', 'organizations', 'list');
      expect(machine.choices).toMatchObject([
        { stack: 'Latchkey', region: undefined, local: false },
        { stack: 'Own', region: 'eu-central-1', local: false },
        { local: true, dataFolder: expect.stringMatching(/\/\.local$/) },
      ]);
    });
  });

  describe('before something is changed', () => {
    it('says where and what, and does nothing where nobody can be asked, or they do not want to', async () => {
      const { keyId, key } = await insert();
      const nobody = await machine.run('keys', 'revoke', keyId);
      expect(nobody.status).toBe(2);
      expect(nobody.stderr).toContain('On the stack of the test:');
      expect(nobody.stderr).toContain(`the key ${keyId}`);
      expect(nobody.stderr).toContain('--yes');
      machine.answer = 'no';
      expect((await machine.run('keys', 'revoke', keyId)).status).toBe(1);
      // Everything at once takes more than a yes.
      machine.answer = 'yes';
      for (const command of [
        ['organizations', 'revoke', organizationId],
        ['issuer', 'replace'],
      ]) {
        expect(await machine.run(...command)).toMatchObject({
          status: 1,
          stderr: expect.stringContaining('Nothing was changed'),
        });
      }
      expect([(await machine.stores.findKey(key.id))?.status, await events(), machine.did]).toEqual(['active', [], []]);
      expect((await machine.run('keys', 'revoke', keyId)).status).toBe(0);
      expect((await machine.stores.findKey(key.id))?.status).toBe('revoked');
    });
  });

  describe('keys', () => {
    it('are revoked once, and recorded', async () => {
      const { keyId, key } = await insert();
      const first = await machine.run('keys', 'revoke', keyId, '--yes', '--json');
      expect(JSON.parse(first.stdout)).toEqual({ keyId, organizationId, revoked: true });
      const again = await machine.run('keys', 'revoke', keyId, '--yes');
      expect([again.status, again.stdout]).toEqual([0, `${keyId} was revoked before.\n`]);
      expect(await events()).toMatchObject([{ action: 'key.revoke', target: keyId, outcome: 'succeeded' }]);
      expect((await events())[0]?.actor.operator).toBe('arn:aws:iam::123456789012:user/jane');
      expect((await machine.stores.findKey(key.id))?.status).toBe('revoked');
      const absent = await machine.run('keys', 'revoke', 'key_0000000000', '--yes');
      expect([absent.status, absent.stderr]).toEqual([1, 'There is no key key_0000000000.\n']);
    });

    it('are listed, all of them, and those that are over when they are wanted', async () => {
      const made = await Promise.all(Array.from({ length: 130 }, () => insert()));
      const expired = await insert({ expiresAt: machine.now / 1_000 });
      const list = async (...more: string[]) => {
        const { stdout } = await machine.run('keys', 'list', '--organization', organizationId, '--json', ...more);
        return (JSON.parse(stdout).keys as { keyId: string }[]).map(({ keyId }) => keyId).toSorted();
      };
      const ids = made.map(({ keyId }) => keyId);
      expect(await list()).toEqual(ids.toSorted());
      expect(await list('--all')).toEqual([...ids, expired.keyId].toSorted());
      const { stdout } = await machine.run('keys', 'list', '--organization', organizationId, '--all');
      expect(stdout.split('\n')).toHaveLength(133);
      expect(stdout).toMatch(new RegExp(`^${expired.keyId} .* expired `, 'm'));
    });

    it('are shown without what they are proven by', async () => {
      const { keyId, key } = await insert();
      for (const format of [[], ['--json']]) {
        const { stdout } = await machine.run('keys', 'show', keyId, ...format);
        expect(stdout).toContain(organizationId);
        expect(stdout).not.toContain(key.secretHash);
      }
    });

    it('are found by their value, a part of it or a token, which is never printed', async () => {
      const { apiKey, keyId, key } = await insert();
      const jwt = (claims: object) => `e.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
      for (const [secret, whole] of [
        [apiKey, true],
        [apiKey.slice(0, 30), false],
        [jwt({ typ: 'key', jti: keyId }), false],
        [jwt({ typ: 'widget', key: keyId }), false],
        [keyId, false],
      ] as const) {
        machine.secret = secret;
        const { status, stdout, stderr } = await machine.run('keys', 'find');
        expect([status, stdout.includes(keyId)]).toEqual([0, true]);
        expect(stderr).toBe(
          whole ? `This is the value of ${keyId}.\n` : `This names ${keyId}, and is not its whole value.\n`,
        );
        if (secret !== keyId) expect(stdout + stderr).not.toContain(secret);
      }
      for (const secret of ['hello', jwt({ sid: 's'.repeat(20) }), apiKey.replace('fpk', 'xyz')]) {
        machine.secret = secret;
        const { status, stdout, stderr } = await machine.run('keys', 'find');
        expect([status, stdout]).toEqual([1, '']);
        expect(stderr).not.toContain(secret);
      }
      const byPrefix = await machine.run('keys', 'find', '--prefix', key.keyPrefix, '--json');
      expect(JSON.parse(byPrefix.stdout).keys).toMatchObject([{ keyId }]);
      expect((await machine.run('keys', 'find', '--prefix', 'fpk_live_???')).status).toBe(1);
    });

    it('are not asked for behind the command, and a value there is not repeated', async () => {
      const { apiKey } = await insert();
      for (const command of ['show', 'revoke']) {
        const { status, stdout, stderr } = await machine.run('keys', command, apiKey);
        expect([status, stdout]).toEqual([2, '']);
        expect(stderr).toContain('keys find');
        expect(stderr).not.toContain(apiKey);
      }
      expect((await machine.run('keys', 'find', apiKey)).stderr).not.toContain(apiKey);
    });
  });

  describe('organizations', () => {
    it('are listed, and rule no terminal by their names', async () => {
      const { stdout } = await machine.run('organizations', 'list');
      expect(stdout).toContain(`${organizationId}  2026-03-31T23:33:20Z  1       Acme ?[31m\n`);
      const { stdout: asJson } = await machine.run('organizations', 'list', '--json');
      expect(JSON.parse(asJson).organizations).toMatchObject([{ organizationId, owners: ['somebody'] }]);
    });

    it('are revoked with everything, and locked and unlocked', async () => {
      await insert();
      await machine.stores.joinOrganization(
        'somebody',
        { organizationId, role: 'owner' },
        { perMinute: 1, perHour: 1 },
        1,
      );
      machine.answer = organizationId;
      const { status, stdout, stderr } = await machine.run(
        'organization',
        'revoke',
        organizationId,
        '--lock',
        '--settle',
        '0',
      );
      expect([status, stdout]).toEqual([
        0,
        `Revoked everything of ${organizationId}: 1 keys, 1 members' sign-ins, 0 sessions of members and 0 of consumers, 0 invitations, 0 user pools. Nobody signs in again.\n`,
      ]);
      expect(stderr).toContain('Looking through the whole table.');
      const unlocked = await machine.run('organization', 'unlock', organizationId, '--yes', '--json');
      expect(JSON.parse(unlocked.stdout)).toEqual({ organizationId, members: 1 });
      const absent = await machine.run('organization', 'revoke', newOrganization(), '--yes');
      expect([absent.status, absent.stderr]).toMatchObject([
        1,
        expect.stringMatching(/^There is no organization org_/),
      ]);
    });
  });

  describe('the audit log', () => {
    it('is exported page by page, with who it was, between two times', async () => {
      const record = (n: number, details?: object) => ({
        id: String(n).padStart(16, '0'),
        at: machine.now + n * 1_000,
        organizationId,
        action: 'key.revoke' as const,
        actor: { type: 'operator', id: 'operator', operator: 'local' } as const,
        outcome: 'succeeded' as const,
        ...(details && { details }),
      });
      for (let n = 0; n < 1_100; n++)
        await machine.stores.insertAuditEvent({ ...record(n), details: { label: '=a,"b' } }, 9);
      const { stdout } = await machine.run('audit', 'export', '--organization', organizationId);
      const lines = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines).toHaveLength(1_100);
      expect(lines[0]).toEqual({
        eventId: `evt_${String(1_099).padStart(16, '0')}`,
        at: '2026-04-03T12:18:19.000Z',
        organizationId,
        action: 'key.revoke',
        actor: { type: 'operator', id: 'operator', operator: 'local' },
        outcome: 'succeeded',
        details: { label: '=a,"b' },
      });
      const times = ['--from', '2026-04-03T12:00:10Z', '--to', '2026-04-03T12:00:19Z'];
      const csv = await machine.run('audit', 'export', '--organization', organizationId, '--format', 'csv', ...times);
      const rows = csv.stdout.trimEnd().split('\r\n');
      expect(rows).toHaveLength(11);
      expect(rows[0]).toBe(
        'eventId,at,action,outcome,code,actorType,actorId,actorRole,operator,mode,target,created,details,address,device,requestId',
      );
      expect(rows[1]).toContain(',operator,operator,,local,,,,"{""label"":""=a,\\""b""}",,,');
    });

    it('has what was done to the issuer', async () => {
      await machine.run('issuer', 'rotate', '--yes');
      const { stdout } = await machine.run('audit', 'export', '--deployment');
      expect(JSON.parse(stdout)).toMatchObject({ action: 'issuer.rotate', outcome: 'succeeded' });
    });
  });

  describe('the issuer', () => {
    it('is rotated, and says when it was not', async () => {
      expect((await machine.run('issuer', 'rotate', '--yes')).status).toBe(0);
      machine.kept = 'kept';
      expect(await machine.run('issuer', 'rotate', '--yes')).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('Nothing was rotated'),
      });
      expect(machine.did).toEqual(['rotate', 'rotate']);
    });

    it('is replaced before what knows the old keys forgets them', async () => {
      machine.answer = 'replace';
      expect((await machine.run('issuer', 'replace')).status).toBe(0);
      expect(machine.did).toEqual(['replace', 'forget']);
    });
  });

  describe('status', () => {
    /** An API that answers its health and a request without a credential so. */
    async function answering(health: number, authorizer: number) {
      const server = createServer((request, response) =>
        response.writeHead(request.url === '/health' ? health : authorizer).end(),
      ).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      machine.apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { status, stdout } = await machine.run('status', '--json');
      server.closeAllConnections();
      server.close();
      const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { what: string; ok: boolean }[] };
      expect(ok).toBe(status === 0);
      return checks.filter((check) => !check.ok).map(({ what }) => what);
    }

    it('finds nothing wrong where nothing is', async () => {
      await machine.rotate();
      expect(await answering(200, 401)).toEqual([]);
    });

    it('names each thing that is wrong', async () => {
      expect(await answering(200, 401)).toEqual(['signing keys']);
      await machine.rotate();
      expect(await answering(500, 401)).toEqual(['health']);
      expect(await answering(200, 200)).toEqual(['authorizer']);
      machine.checks = [{ what: 'recovery', value: 'off', ok: false }];
      expect(await answering(200, 401)).toEqual(['recovery']);
      machine.checks = [];
      machine.now += 91 * 86_400_000;
      expect(await answering(200, 401)).toEqual([]);
      machine.now += 1 * 86_400_000;
      expect(await answering(200, 401)).toEqual(['rotation']);
      machine.apiUrl = 'http://127.0.0.1:9';
      const { status, stdout } = await machine.run('status');
      expect([status, stdout.match(/^WRONG {2}health /m) !== null]).toEqual([1, true]);
    });
  });
});
