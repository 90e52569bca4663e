import { attribute, prefix } from '../../contract/table.ts';
import type { LoginStore } from '../../core/hosted-login.ts';
import type { ItemKey, Table } from './table.ts';

const keyOf = (stateHash: string): ItemKey => ({ partition: prefix.login + stateHash, sort: 'LOGIN' });

export const createLoginStore = (table: Table): LoginStore => ({
  async insertLogin(login) {
    await table.insert(keyOf(login.stateHash), { ...login, [attribute.ttl]: login.expiresAt });
  },

  async takeLogin(stateHash, browserHash, attempt, now) {
    // Succeeds when this browser began the sign-in, in time, and nobody has used it.
    const { done, item } = await table.update(keyOf(stateHash), {
      update: 'SET takenBy = :attempt',
      condition: 'browserHash = :browserHash AND expiresAt > :now AND attribute_not_exists(takenBy)',
      values: { ':browserHash': browserHash, ':attempt': attempt, ':now': now },
    });
    return done || item?.takenBy === attempt
      ? { stateHash, browserHash, next: item?.next, expiresAt: item?.expiresAt }
      : undefined;
  },
});
