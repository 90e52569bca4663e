import { attribute, prefix } from '../../contract/table.ts';
import type { ExchangeCodeStore, OtpStore } from '../../core/consumer-ports.ts';
import type { ItemKey, Table } from './table.ts';

const otpKey = (id: string): ItemKey => ({ partition: prefix.otp + id, sort: 'OTP' });
const codeKey = (codeHash: string): ItemKey => ({ partition: prefix.code + codeHash, sort: 'CODE' });

/** Codes that were mailed or texted. */
export const createOtpStore = (table: Table): OtpStore => ({
  async putOtp(id, otp) {
    await table.put(otpKey(id), { ...otp, attempts: 0, [attribute.ttl]: otp.expiresAt });
  },

  async tryOtp(id, attempts, now) {
    // Succeeds when the code is there, in time, not used, and was not tried too often.
    const { done, item } = await table.update(otpKey(id), {
      update: 'ADD attempts :one',
      condition: 'attempts < :most AND expiresAt > :now AND attribute_not_exists(usedBy)',
      values: { ':one': 1, ':most': attempts, ':now': now },
    });
    return done ? { codeHash: item.codeHash, expiresAt: item.expiresAt } : undefined;
  },

  async useOtp(id, codeHash, attempt) {
    // Succeeds when it is this code, and nobody has used it.
    const { done, item } = await table.update(otpKey(id), {
      update: 'SET usedBy = :attempt',
      condition: 'codeHash = :codeHash AND attribute_not_exists(usedBy)',
      values: { ':codeHash': codeHash, ':attempt': attempt },
    });
    return done || item?.usedBy === attempt;
  },
});

/** Codes that a server gave a browser. */
export const createExchangeCodeStore = (table: Table): ExchangeCodeStore => ({
  async insertExchangeCode(code) {
    await table.insert(codeKey(code.codeHash), { ...code, [attribute.ttl]: code.expiresAt });
  },

  async takeExchangeCode(codeHash, market, attempt, now) {
    // Succeeds when it is the market's, in time, and nobody has used it.
    const { done, item } = await table.update(codeKey(codeHash), {
      update: 'SET usedBy = :attempt',
      condition:
        'organizationId = :organization AND #mode = :mode AND expiresAt > :now AND attribute_not_exists(usedBy)',
      names: { '#mode': 'mode' },
      values: { ':organization': market.organizationId, ':mode': market.mode, ':attempt': attempt, ':now': now },
    });
    const own = done || item?.usedBy === attempt;
    return own ? { codeHash, ...market, consumerId: item?.consumerId, expiresAt: item?.expiresAt } : undefined;
  },
});
