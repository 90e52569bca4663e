import type { Answer } from './target.ts';

/** A cookie as it was set: its value and its attributes. */
interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly attributes: readonly string[];
}

export const cookiesOf = ({ headers }: Pick<Answer, 'headers'>): readonly Cookie[] =>
  headers.getSetCookie().map((line) => {
    const [pair = '', ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), attributes };
  });

/** What a browser would send back. */
export const withCookies = (answer: Pick<Answer, 'headers'>, ...names: string[]) => ({
  Cookie: cookiesOf(answer)
    .filter(({ name }) => names.includes(name))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; '),
});
