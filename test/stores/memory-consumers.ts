import type {
  ConsumerRecord,
  ConsumerStore,
  ExchangeCodeStore,
  Identifier,
  Market,
  OtpStore,
} from '../../lambdas/core/consumer-ports.ts';
import type { Page, PageRequest } from '../../lambdas/core/ports.ts';

type PageOf = <T>(entries: readonly T[], positionOf: (entry: T) => string, page: PageRequest) => Page<T>;
type Otp = Parameters<OtpStore['putOtp']>[1] & { attempts: number; usedBy?: string };
type Code = Parameters<ExchangeCodeStore['insertExchangeCode']>[0] & { usedBy?: string };

/** Consumers and codes, in one process's memory. */
export function createMemoryConsumers(pageOf: PageOf): ConsumerStore & OtpStore & ExchangeCodeStore {
  const consumers = new Map<string, ConsumerRecord>();
  const identifiers = new Map<string, string>();
  const otps = new Map<string, Otp>();
  const codes = new Map<string, Code>();

  const isOf = ({ organizationId, mode }: Market, other: Market) =>
    organizationId === other.organizationId && mode === other.mode;
  const nameOf = ({ organizationId, mode }: Market, { kind, value }: Identifier) =>
    JSON.stringify([organizationId, mode, kind, value]);

  return {
    async findConsumer(market, identifier) {
      return identifiers.get(nameOf(market, identifier));
    },

    async claimIdentifier(market, identifier, consumerId) {
      const name = nameOf(market, identifier);
      if (!identifiers.has(name)) identifiers.set(name, consumerId);
      return identifiers.get(name) ?? consumerId;
    },

    async dropIdentifier(market, identifier, consumerId) {
      const name = nameOf(market, identifier);
      if (identifiers.get(name) === consumerId) identifiers.delete(name);
    },

    async insertConsumer(consumer) {
      const known = consumers.get(consumer.id) ?? consumer;
      consumers.set(consumer.id, known);
      return known;
    },

    async getConsumer(market, id) {
      const consumer = consumers.get(id);
      return consumer && isOf(market, consumer) ? consumer : undefined;
    },

    async updateConsumer({ id, version }, changes) {
      const consumer = consumers.get(id);
      if (consumer?.version !== version) return undefined;
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const changed = { ...consumer, ...given, version: version + 1 };
      consumers.set(id, changed);
      return changed;
    },

    async deleteConsumer(market, id) {
      const consumer = consumers.get(id);
      if (!consumer || !isOf(market, consumer)) return;
      const { email, phone, externalId, ...rest } = consumer;
      consumers.set(id, { ...rest, status: 'deleted', attributes: {}, version: rest.version + 1 });
    },

    async listConsumers(market, { limit, after }) {
      const all = [...consumers.values()].filter((consumer) => isOf(market, consumer));
      const own = all.filter(({ status }) => status !== 'deleted');
      const positionOf = ({ createdAt, id }: ConsumerRecord) => `CONSUMER#${String(createdAt).padStart(11, '0')}#${id}`;
      return pageOf(own, positionOf, { limit, after });
    },

    async putOtp(id, otp) {
      otps.set(id, { ...otp, attempts: 0 });
    },

    async tryOtp(id, most, now) {
      const otp = otps.get(id);
      if (!otp || otp.attempts >= most || otp.expiresAt <= now || otp.usedBy !== undefined) return undefined;
      otp.attempts++;
      return { codeHash: otp.codeHash, expiresAt: otp.expiresAt };
    },

    async useOtp(id, codeHash, attempt) {
      const otp = otps.get(id);
      if (otp?.codeHash !== codeHash) return false;
      otp.usedBy ??= attempt;
      return otp.usedBy === attempt;
    },

    async insertExchangeCode(code) {
      codes.set(code.codeHash, { ...code });
    },

    async takeExchangeCode(codeHash, market, attempt, now) {
      const code = codes.get(codeHash);
      if (!code || !isOf(market, code) || code.expiresAt <= now) return undefined;
      code.usedBy ??= attempt;
      const { usedBy, ...taken } = code;
      return usedBy === attempt ? taken : undefined;
    },
  };
}
