import type { Profile } from '../contract/profile.ts';
import type { Presented, UnverifiedCredential } from '../core/authorize.ts';

/** Header values by name, in whatever case; a name that was sent twice has two values. */
export type MultiValueHeaders = Readonly<Record<string, readonly string[] | undefined>>;

const BEARER = /^bearer +([A-Za-z0-9._~+/=-]+)$/i;

/**
 * Reads the one credential of a request. Two (even two equal ones), or an `Authorization` that is not `Bearer <token>`,
 * are unreadable: which of them the caller meant is not for us to guess.
 */
export function createCredentialReader({ keyHeaders, cookies }: Pick<Profile, 'keyHeaders' | 'cookies'>) {
  const sources = new Map<string, UnverifiedCredential['source']>([
    ['authorization', 'bearer'],
    ...keyHeaders.secret.map((name) => [name.toLowerCase(), 'key-header'] as const),
    [keyHeaders.publishable.toLowerCase(), 'publishable-key-header'],
  ]);

  return (headers: MultiValueHeaders): Presented => {
    const found: Presented[] = [];
    for (const [name, values = []] of Object.entries(headers)) {
      const source = sources.get(name.toLowerCase());
      if (source) found.push(...values.map((value) => readValue(source, value.trim())));
    }
    // A header is what the caller's own code set; a cookie may only be left over.
    if (found.length === 0) found.push(...cookieValues(headers, cookies.access).map(inCookie));
    const [only = 'none', ...others] = found;
    return others.length > 0 ? 'unreadable' : only;
  };
}

const inCookie = (text: string) => ({ source: 'cookie', text }) as const;

/** All values of a cookie. RFC 6265 section 5.4 has them in one header, separated by semicolons. */
export const cookieValues = (headers: MultiValueHeaders, wanted: string): readonly string[] =>
  Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, values = []]) => values.flatMap((value) => value.split(';')))
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${wanted}=`))
    .map((pair) => pair.slice(wanted.length + 1));

function readValue(source: UnverifiedCredential['source'], value: string): Presented {
  const text = source === 'bearer' ? BEARER.exec(value)?.[1] : value;
  return text === undefined ? 'unreadable' : { source, text };
}

/** The one value of a header, or undefined. */
export function singleValue(headers: MultiValueHeaders, wanted: string): string | undefined {
  const found = Object.entries(headers).flatMap(([name, values = []]) => (name.toLowerCase() === wanted ? values : []));
  return found.length === 1 ? found[0] : undefined;
}
