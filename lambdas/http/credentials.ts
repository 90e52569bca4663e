import type { UnverifiedCredential } from '../core/authorize.ts';

/** Header values by name, in whatever case; a name that was sent twice has two values. */
export type MultiValueHeaders = Readonly<Record<string, readonly string[] | undefined>>;

const BEARER = /^bearer +([A-Za-z0-9._~+/=-]+)$/i;

/**
 * The one credential of a request. None, two (even two equal ones), or a header that is neither a key nor
 * `Bearer <token>` make undefined: which of them the caller meant is not for us to guess.
 */
export function extractCredential(headers: MultiValueHeaders): UnverifiedCredential | undefined {
  const presented: (UnverifiedCredential | undefined)[] = [];
  for (const [name, values = []] of Object.entries(headers)) {
    switch (name.toLowerCase()) {
      case 'x-api-key':
        presented.push(...values.map((value) => ({ source: 'key-header' as const, text: value.trim() })));
        break;
      case 'authorization':
        presented.push(...values.map(parseBearer));
        break;
    }
  }
  return presented.length === 1 ? presented[0] : undefined;
}

function parseBearer(value: string): UnverifiedCredential | undefined {
  const text = BEARER.exec(value.trim())?.[1];
  return text === undefined ? undefined : { source: 'bearer', text };
}
