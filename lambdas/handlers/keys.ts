import { findApp, withParameters } from '../contract/apps.ts';
import type { Limits, Profile } from '../contract/profile.ts';
import * as schemas from '../contract/schemas.ts';
import { ApiError } from '../core/errors.ts';
import { toPublicId } from '../core/key-format.ts';
import { type IssuedKey, isActive, type Keys } from '../core/keys.ts';
import type { Clock, KeyRecord } from '../core/ports.ts';
import { secondsOf, toRfc3339 } from '../core/time.ts';
import { spentOf } from '../core/windows.ts';
import { createApiFunction } from '../http/api-function.ts';
import { parseBody, parseQuery, pathParameter } from '../http/request.ts';
import { respondEmpty, respondJson } from '../http/respond.ts';
import { type AuditedOptions, actorOf } from './actor.ts';

/** A key as the API shows it. Its plain value is in the answer that creates it, and nowhere else. */
export const toKeyBody = (key: KeyRecord, now: number, profile: Profile) => ({
  keyId: toPublicId(key.id),
  keyPrefix: key.keyPrefix,
  label: key.label,
  isActive: isActive(key, now),
  type: key.type,
  format: key.format,
  mode: key.mode,
  scopes: key.scopes,
  tier: tierOf(key, profile),
  limits: key.limits,
  spent: spentOf(key.counters ?? {}, now),
  ...(key.allowedCidrs && { allowedCidrs: key.allowedCidrs }),
  ...(key.allowedOrigins && { allowedOrigins: key.allowedOrigins }),
  createdAt: toRfc3339(key.createdAt),
  createdBy: key.createdBy,
  ...(key.expiresAt !== undefined && { expiresAt: toRfc3339(key.expiresAt) }),
  ...(key.lastUsedAt !== undefined && { lastUsedAt: toRfc3339(key.lastUsedAt) }),
  ...(key.revokedAt !== undefined && { revokedAt: toRfc3339(key.revokedAt) }),
  ...(key.replaces !== undefined && { replaces: toPublicId(key.replaces) }),
  ...(key.replacedBy !== undefined && { replacedBy: toPublicId(key.replacedBy) }),
});

/** The tier whose limits a key has. */
function tierOf({ limits }: KeyRecord, { tiers }: Profile): string {
  const same = ({ perMinute, perHour }: Limits) => perMinute === limits.perMinute && perHour === limits.perHour;
  return Object.entries(tiers).find(([, tier]) => same(tier))?.[0] ?? 'custom';
}

export function createKeysHandler(keys: Keys, clock: Clock, options: AuditedOptions) {
  const show = (key: KeyRecord) => toKeyBody(key, secondsOf(clock), options.profile);

  const issued = ({ record, apiKey }: IssuedKey) => {
    const { keyId, ...rest } = show(record);
    return { ...respondJson(201, { keyId, apiKey, ...rest }), created: keyId };
  };

  return createApiFunction<'keys'>(
    {
      async createKey(event) {
        return issued(await keys.create(actorOf(event), parseBody(schemas.createKey, event)));
      },

      async grantAppKey(event) {
        const { redirect, state } = parseBody(schemas.appKey, event);
        const app = findApp(options.profile.apps, redirect);
        if (!app) throw new ApiError('invalid_redirect', 'No app is registered for this redirect target.');
        const wanted = { label: app.name, type: 'secret' as const, format: 'jwt' as const, scopes: [...app.scopes] };
        const { apiKey: key, record } = await keys.create(actorOf(event), wanted);
        const answer = { redirect: withParameters(redirect, { key, ...(state !== undefined && { state }) }) };
        return { ...respondJson(201, answer), created: toPublicId(record.id) };
      },

      async listKeys(event) {
        const { entries, next } = await keys.list(actorOf(event), parseQuery(schemas.listKeys, event));
        return respondJson(200, { keys: entries.map(show), ...(next && { nextCursor: next }) });
      },

      async getKey(event) {
        return respondJson(200, show(await keys.get(actorOf(event), pathParameter(event, 'keyId'))));
      },

      async updateKey(event) {
        const changes = parseBody(schemas.updateKey, event);
        return respondJson(200, show(await keys.update(actorOf(event), pathParameter(event, 'keyId'), changes)));
      },

      async revokeKey(event) {
        await keys.revoke(actorOf(event), pathParameter(event, 'keyId'));
        return respondEmpty();
      },

      async rotateKey(event) {
        const rotation = parseBody(schemas.rotateKey, event);
        return issued(await keys.rotate(actorOf(event), pathParameter(event, 'keyId'), rotation));
      },

      async selfRevokeKey(event) {
        const actor = actorOf(event);
        // The route is open to keys alone; this does not take the gateway's word for it.
        if (actor.type !== 'key') throw new ApiError('insufficient_permissions', 'This operation is for keys.');
        await keys.revokeSelf(actor);
        return respondEmpty();
      },
    },
    options,
  );
}
