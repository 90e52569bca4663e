import type { PrincipalRecord, Spend, SpendOutcome } from '../../lambdas/core/ports.ts';

/** What one spend makes of an item, by the conditions that the store in DynamoDB has. */
export function spendFrom(known: PrincipalRecord, spend: Spend): SpendOutcome {
  const record = spend.type === 'anonymous' ? { ...known, limits: spend.limits } : known;
  const { minute, hour } = spend.windows;
  const [perMinute, perHour] = [record.counters[minute] ?? 0, record.counters[hour] ?? 0];
  const { count = 1, limits = record.limits } = (spend.type === 'key' ? spend.batch : undefined) ?? {};
  const granted =
    record.status === 'active' &&
    (record.expiresAt === undefined || record.expiresAt > spend.now) &&
    (spend.type !== 'member' || (record.notBefore ?? -1) < spend.signedInAt) &&
    (spend.type !== 'key' || record.secretHash === spend.secretHash) &&
    limits.perMinute === record.limits.perMinute &&
    limits.perHour === record.limits.perHour &&
    perMinute + count <= limits.perMinute &&
    perHour + count <= limits.perHour;
  if (!granted) return { granted, record };
  const counters: Record<string, number> = {
    ...record.counters,
    [minute]: perMinute + count,
    [hour]: perHour + count,
  };
  for (const stale of spend.stale) delete counters[stale];
  return { granted, record: { ...record, counters } };
}
