import type { Clock, EpochSeconds } from './ports.ts';

export const DAY = 86_400;

/** The day that a time is in, `2026-04-03`, in UTC. */
export const dayOf = (time: EpochSeconds): string => new Date(time * 1_000).toISOString().slice(0, 10);

export const secondsOf = (clock: Clock): EpochSeconds => Math.floor(clock.now() / 1_000);

/** RFC 3339 in UTC to the second, `2026-04-03T12:00:00Z`. */
export const toRfc3339 = (time: EpochSeconds): string => `${new Date(time * 1_000).toISOString().slice(0, 19)}Z`;
