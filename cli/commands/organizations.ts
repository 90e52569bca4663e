import type { ListedOrganization } from '../../lambdas/core/operator-ports.ts';
import type { Ended } from '../../lambdas/core/organization-revocation.ts';
import { toRfc3339 } from '../../lambdas/core/time.ts';
import type { Command } from '../command.ts';
import { confirm } from '../confirm.ts';
import { misused } from '../failure.ts';
import { operatorOf } from '../operator.ts';
import { json, table } from '../output.ts';

const ID = /^org_[0-9A-Za-z]{16}$/;

/** @throws Failure for what is no organization's id */
export function organizationIn(text: string): string {
  if (ID.test(text)) return text;
  throw misused('Which organization? org_ and sixteen characters; npx latchkey organizations list has them.');
}

/** What it costs to look through the whole table: a strongly consistent read for each 4 KB. */
const COST = 'It reads the whole table, about $0.04 a GB on demand.';

export const listOrganizations: Command = {
  name: 'organizations list',
  summary: 'List all organizations',
  details: COST,
  async run({ target, terminal, json: asJson }) {
    const found: ListedOrganization[] = [];
    await target.store.everyOrganization(async (page) => void found.push(...page));
    const organizations = found
      .toSorted((a, b) => a.createdAt - b.createdAt)
      .map(({ id, name, createdAt, owners }) => ({
        organizationId: id,
        name,
        createdAt: toRfc3339(createdAt),
        owners,
      }));
    if (asJson) await terminal.print(json({ organizations }));
    else {
      const rows = organizations.map(({ organizationId, name, createdAt, owners }) => [
        organizationId,
        createdAt,
        owners.length,
        name,
      ]);
      await terminal.print(table(['organization', 'created', 'owners', 'name'], rows, 'No organizations.'));
    }
    return 0;
  },
};

const summaryOf = (ended: Readonly<Ended>): string =>
  `${ended.keys} keys, ${ended.members} members' sign-ins, ${ended.memberSessions} sessions of members and ` +
  `${ended.consumerSessions} of consumers, ${ended.invitations} invitations, ${ended.userPools} user pools`;

export const revokeOrganization: Command = {
  name: 'organizations revoke',
  summary: 'Revoke everything that lets anybody into an organization',
  details: `All keys of both modes, members' sign-ins and sessions, consumers' and guests' sessions, pending invitations and
user pools: whatever was issued before is refused from when this has ended, most of it within seconds. It may be stopped and
run again at any moment. ${COST}`,
  positionals: ['ORG_ID'],
  options: {
    lock: { type: 'boolean', help: 'nobody signs in again, until organizations unlock' },
    settle: { type: 'string', value: 'SECONDS', help: 'how long a request that was let in before may go on [30]' },
  },
  asks: true,
  async run(call) {
    const { terminal, values } = call;
    const lock = values.lock === true;
    const settle = Number(values.settle ?? 30);
    if (!(settle >= 0 && settle <= 900)) throw misused('--settle is a number of seconds, from 0 to 900.');
    const operator = operatorOf(call, settle * 1_000);
    const { id, name } = await operator.findOrganization(organizationIn(call.positionals[0] ?? ''));
    await confirm(
      call,
      [
        `every key, session, invitation and user pool of ${JSON.stringify(name)}, ${id}, is revoked; keys for good`,
        lock ? 'no member signs in again until organizations unlock' : 'members may sign in again, and make new keys',
      ],
      id,
    );
    const ended = await operator.revokeOrganization(id, {
      lock,
      onProgress(step, sofar) {
        terminal.tell(
          step === 'listed'
            ? `Ended: ${summaryOf(sofar)}.\nWaiting ${settle} s for what was let in before.\n`
            : 'Looking through the whole table.\n',
        );
      },
    });
    if (call.json) await terminal.print(json({ organizationId: id, locked: lock, ended }));
    else {
      const after = lock ? ' Nobody signs in again.' : ' Members may sign in again.';
      await terminal.print(`Revoked everything of ${id}: ${summaryOf(ended)}.${after}\n`);
    }
    return 0;
  },
};

export const unlockOrganization: Command = {
  name: 'organizations unlock',
  summary: 'Let the members of an organization sign in again that was revoked with --lock',
  positionals: ['ORG_ID'],
  asks: true,
  async run(call) {
    const operator = operatorOf(call);
    const { id, name } = await operator.findOrganization(organizationIn(call.positionals[0] ?? ''));
    await confirm(call, [`the members of ${JSON.stringify(name)}, ${id}, may sign in again`]);
    const members = await operator.unlockOrganization(id);
    if (call.json) await call.terminal.print(json({ organizationId: id, members }));
    else await call.terminal.print(`${members} members of ${id} may sign in again.\n`);
    return 0;
  },
};
