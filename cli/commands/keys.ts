import { ApiError } from '../../lambdas/core/errors.ts';
import { fromPublicId, toPublicId } from '../../lambdas/core/key-format.ts';
import { isActive } from '../../lambdas/core/keys.ts';
import { pagesOf } from '../../lambdas/core/organization-revocation.ts';
import type { KeyRecord } from '../../lambdas/core/ports.ts';
import { toKeyBody } from '../../lambdas/handlers/keys.ts';
import type { Call, Command } from '../command.ts';
import { confirm } from '../confirm.ts';
import { readCredential } from '../credential.ts';
import { Failure, misused } from '../failure.ts';
import { operatorOf } from '../operator.ts';
import { json, list, table } from '../output.ts';
import { organizationIn } from './organizations.ts';

const viewOf = (key: KeyRecord, { target, now }: Pick<Call, 'target' | 'now'>) => ({
  organizationId: key.organizationId,
  ...toKeyBody(key, Math.floor(now() / 1_000), target.profile),
});

const stateOf = (key: KeyRecord, now: number): string =>
  isActive(key, now) ? 'active' : key.status === 'revoked' ? 'revoked' : 'expired';

async function printKeys(keys: readonly KeyRecord[], call: Call): Promise<void> {
  const { terminal, now } = call;
  if (call.json) return terminal.print(json({ keys: keys.map((key) => viewOf(key, call)) }));
  const rows = keys.map((key) => {
    const { keyId, keyPrefix, type, mode, createdAt, lastUsedAt, label } = viewOf(key, call);
    return [keyId, keyPrefix, stateOf(key, Math.floor(now() / 1_000)), type, mode, createdAt, lastUsedAt, label];
  });
  const headings = ['key', 'prefix', 'is', 'type', 'mode', 'created', 'last used', 'label'];
  return terminal.print(table(headings, rows, 'No keys.'));
}

async function printKey(key: KeyRecord, call: Call): Promise<void> {
  const view = viewOf(key, call);
  if (call.json) return call.terminal.print(json(view));
  const entries = Object.entries(view).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  return call.terminal.print(list(entries));
}

export const listKeys: Command = {
  name: 'keys list',
  summary: "List an organization's keys",
  options: {
    organization: { type: 'string', value: 'ORG_ID', help: 'whose' },
    all: { type: 'boolean', help: 'also those that are revoked or have expired' },
  },
  async run(call) {
    const { target, values, now } = call;
    const { id } = await operatorOf(call).findOrganization(organizationIn(String(values.organization ?? '')));
    const all = values.all === true;
    const keys: KeyRecord[] = [];
    for await (const page of pagesOf((after) => target.store.listKeys(id, all, { limit: 100, after }))) {
      keys.push(...page.map(({ key }) => key));
    }
    await printKeys(all ? keys : keys.filter((key) => isActive(key, Math.floor(now() / 1_000))), call);
    return 0;
  },
};

export const showKey: Command = {
  name: 'keys show',
  summary: 'Show a key',
  positionals: ['KEY_ID'],
  async run(call) {
    await printKey(await operatorOf(call).findKey(keyIdIn(call.positionals[0])), call);
    return 0;
  },
};

export const findKey: Command = {
  name: 'keys find',
  summary: 'Find the key that a leaked value is of',
  details: `Reads the value from the standard input, or asks for it without showing it: what stands behind a command is seen
by everybody on the machine, and kept in the shell's history. It is neither printed nor sent anywhere. A part of it does
that goes beyond the key's id, the ten characters after the mode; with less, and --prefix, the whole table is looked through.`,
  options: { prefix: { type: 'string', value: 'PREFIX', help: 'what lists show of a key, such as fpk_live_abc' } },
  async run(call) {
    const { target, terminal, values } = call;
    if (typeof values.prefix === 'string') {
      const keys: KeyRecord[] = [];
      await target.store.everyKeyBy(values.prefix, async (found) => void keys.push(...found));
      await printKeys(keys, call);
      return keys.length > 0 ? 0 : 1;
    }
    const credential = readCredential(await terminal.readSecret('The value: '), target.profile);
    if (!credential)
      throw new Failure('This has not the form of a key of this stack. With its first characters: --prefix');
    if (credential.kind === 'session') {
      throw new Failure(
        `This is of the session ses_${credential.id} and no key. Who it is of ends it by DELETE /api/v1/auth/sessions; an owner, by removing the member; organizations revoke, with everything else.`,
      );
    }
    const key = await operatorOf(call).findKey(toPublicId(credential.id));
    const whole = credential.secretHash === key.secretHash;
    terminal.tell(
      whole
        ? `This is the value of ${toPublicId(key.id)}.\n`
        : `This names ${toPublicId(key.id)}, and is not its whole value.\n`,
    );
    await printKey(key, call);
    return 0;
  },
};

export const revokeKey: Command = {
  name: 'keys revoke',
  summary: 'Revoke a key, for good',
  details: 'It is refused at its next request; with a limit above 30,000 a minute, within a second.',
  positionals: ['KEY_ID'],
  asks: true,
  async run(call) {
    const operator = operatorOf(call);
    const key = await operator.findKey(keyIdIn(call.positionals[0]));
    const keyId = toPublicId(key.id);
    const { name } = await operator.findOrganization(key.organizationId).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'not_found') return { name: 'unknown' };
      throw error;
    });
    if (key.status === 'active') {
      await confirm(call, [
        `the key ${keyId} (${JSON.stringify(key.label)}, ${key.mode}, ${key.type}) of ${JSON.stringify(name)}, ${key.organizationId}, is revoked`,
        'nobody can take that back',
      ]);
    }
    const revoked = key.status === 'active' && (await operator.revokeKey(key));
    const { print } = call.terminal;
    if (call.json) await print(json({ keyId, organizationId: key.organizationId, revoked }));
    else await print(revoked ? `Revoked ${keyId}.\n` : `${keyId} was revoked before.\n`);
    return 0;
  },
};

/** @throws Failure without repeating what may be a key's value */
function keyIdIn(text = ''): string {
  if (fromPublicId(text) === undefined) {
    throw misused('Not the id of a key, key_ and ten characters. For a value: npx latchkey keys find');
  }
  return text;
}
