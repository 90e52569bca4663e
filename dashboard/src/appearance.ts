import { applyDensity, applyMode, Density, Mode } from '@cloudscape-design/global-styles';

export const SCHEMES = ['system', 'light', 'dark'] as const;
export const DENSITIES = ['comfortable', 'compact'] as const;

export interface Appearance {
  readonly scheme: (typeof SCHEMES)[number];
  readonly density: (typeof DENSITIES)[number];
}

const KEPT = 'latchkey.appearance';
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

const oneOf = <T extends string>(values: readonly [T, ...T[]], value: unknown): T =>
  values.find((known) => known === value) ?? values[0];

/** As this browser was last told; it may keep nothing. */
export function readAppearance(): Appearance {
  try {
    const { scheme, density } = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Appearance>;
    return { scheme: oneOf(SCHEMES, scheme), density: oneOf(DENSITIES, density) };
  } catch {
    return { scheme: 'system', density: 'comfortable' };
  }
}

function apply({ scheme, density }: Appearance): void {
  const dark = scheme === 'dark' || (scheme === 'system' && systemIsDark.matches);
  applyMode(dark ? Mode.Dark : Mode.Light);
  applyDensity(density === 'compact' ? Density.Compact : Density.Comfortable);
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
}

/** From here on the page looks as it was told, and follows the system where that is what it was told. */
export function showAppearance(): void {
  apply(readAppearance());
  systemIsDark.addEventListener('change', () => apply(readAppearance()));
}

export function keepAppearance(appearance: Appearance): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(appearance));
  } catch {
    // A browser that keeps nothing shows it until the page is left.
  }
  apply(appearance);
}
