import type { SessionRecord } from '../core/session-ports.ts';
import { toPublicSessionId } from '../core/session-views.ts';
import { toRfc3339 } from '../core/time.ts';

/** A session as the API shows it. */
export const toSession = (session: SessionRecord) => ({
  sessionId: toPublicSessionId(session.id),
  ...(session.device !== undefined && { device: session.device }),
  ...(session.address !== undefined && { address: session.address }),
  createdAt: toRfc3339(session.createdAt),
  lastUsedAt: toRfc3339(session.lastUsedAt ?? session.createdAt),
  expiresAt: toRfc3339(session.expiresAt),
});
