import type { KeyFormat, KeyType, Limits, Mode } from '../../lambdas/contract/profile.ts';
import { roleHolds } from '../../lambdas/contract/roles.ts';
import type { Config, Key, Me, Tier } from './types.ts';

/** What a person says of a key, as they type it. */
export interface KeyForm {
  readonly label: string;
  readonly type: KeyType;
  readonly format: KeyFormat;
  readonly mode: Mode;
  /** All that the type can have, or those that are listed. */
  readonly allScopes: boolean;
  readonly scopes: readonly string[];
  readonly tier: Tier | 'custom';
  readonly perMinute: string;
  readonly perHour: string;
  /** Empty for a key that does not end. */
  readonly expiresInDays: string;
  /** One to a line. */
  readonly cidrs: string;
  readonly origins: string;
}

export function emptyForm({ keyFormat, defaultTier, tiers }: Config): KeyForm {
  const tier = defaultTier.live;
  return {
    label: '',
    type: 'secret',
    format: keyFormat,
    mode: 'live',
    allScopes: true,
    scopes: [],
    tier,
    perMinute: String(tiers[tier].perMinute),
    perHour: String(tiers[tier].perHour),
    expiresInDays: '90',
    cidrs: '',
    origins: '',
  };
}

export const formOf = (key: Key): KeyForm => ({
  label: key.label,
  type: key.type,
  format: key.format,
  mode: key.mode,
  allScopes: key.scopes.includes('*'),
  scopes: key.scopes.filter((scope) => scope !== '*'),
  tier: key.tier,
  perMinute: String(key.limits.perMinute),
  perHour: String(key.limits.perHour),
  expiresInDays: '',
  cidrs: (key.allowedCidrs ?? []).join('\n'),
  origins: (key.allowedOrigins ?? []).join('\n'),
});

export const linesOf = (text: string): readonly string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What is no number goes as it is, so that the API says what is wrong with it. */
const numberOf = (text: string): number | string => (/^\s*\d+\s*$/.test(text) ? Number(text) : text);

const limitsOf = ({ tier, perMinute, perHour }: KeyForm) =>
  tier === 'custom' ? { limits: { perMinute: numberOf(perMinute), perHour: numberOf(perHour) } } : { tier };

/** The body that creates what was typed. */
export function toCreateBody(form: KeyForm): object {
  const { label, type, format, mode, allScopes, scopes, expiresInDays } = form;
  const [cidrs, origins] = [linesOf(form.cidrs), linesOf(form.origins)];
  return {
    label,
    type,
    mode,
    ...(type !== 'publishable' && { format }),
    ...((!allScopes || type === 'restricted') && { scopes }),
    ...limitsOf(form),
    ...(expiresInDays.trim() !== '' && { expiresInDays: numberOf(expiresInDays) }),
    ...(cidrs.length > 0 && { allowedCidrs: cidrs }),
    ...(type === 'publishable' && origins.length > 0 && { allowedOrigins: origins }),
  };
}

const sameLines = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');

/** The body that changes a key to what was typed, empty where that is what it is. */
export function toUpdateBody(form: KeyForm, key: Key): object {
  const before = formOf(key);
  const scopes = form.allScopes ? ['*'] : form.scopes;
  const [cidrs, origins] = [linesOf(form.cidrs), linesOf(form.origins)];
  const limits = ({ tier, perMinute, perHour }: KeyForm) => (tier === 'custom' ? `${perMinute}/${perHour}` : tier);
  return {
    ...(form.label !== before.label && { label: form.label }),
    ...(!sameLines(scopes, key.scopes) && { scopes }),
    ...(limits(form) !== limits(before) && limitsOf(form)),
    ...(!sameLines(cidrs, key.allowedCidrs ?? []) && { allowedCidrs: cidrs.length > 0 ? cidrs : null }),
    ...(!sameLines(origins, key.allowedOrigins ?? []) && { allowedOrigins: origins.length > 0 ? origins : null }),
  };
}

/** The scopes that this person can give a key of a type: nobody gives more than they have. */
export const scopesFor = ({ keyTypes }: Config, { role }: Me, type: KeyType): readonly string[] =>
  (keyTypes.find((known) => known.type === type)?.scopes ?? []).filter(
    (scope) => role === undefined || roleHolds(role, scope),
  );

export const limitsText = ({ perMinute, perHour }: Limits): string =>
  `${perMinute.toLocaleString()} a minute, ${perHour.toLocaleString()} an hour`;
