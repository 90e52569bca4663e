import fc from 'fast-check';

/** The same inputs at every run. A failure prints the seed and the path of the input that it came by. */
fc.configureGlobal({ seed: 20_261_125, numRuns: 300 });

/** What reads a text that somebody else wrote. */
export interface Parser {
  readonly name: string;
  readonly run: (text: string) => unknown;
  /** Right inputs. */
  readonly seeds: readonly [string, ...string[]];
  /** What it may throw. @default nothing */
  readonly throws?: (error: unknown) => boolean;
}

/** Characters that parsers stumble over, and those that the formats are made of. */
const AWKWARD = [
  ...[
    '\0',
    '\t',
    '\n',
    '\r',
    ' ',
    '"',
    "'",
    '\\',
    '/',
    '.',
    '..',
    ':',
    ';',
    ',',
    '=',
    '%',
    '%2e',
    '%00',
    '*',
    '?',
    '#',
    '+',
    '@',
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '-',
    '_',
    '0',
    '1',
    'a',
    'Z',
    '\u00a0',
    '\u0131',
    '\u212a',
    '\u2028',
    '\ud800',
    '\u{1f511}',
  ],
  ...['__proto__', 'constructor', 'null', 'true', '1e400', '-0'],
];

/** A text as it should be, with a piece cut out, doubled, exchanged or put in, a few times over. */
export const nearly = (seeds: readonly [string, ...string[]]): fc.Arbitrary<string> => {
  const change = fc.record({
    at: fc.nat(200),
    drop: fc.nat(4),
    put: fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary', maxLength: 3 })),
    double: fc.boolean(),
  });
  return fc.tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 4 })).map(([seed, changes]) =>
    changes.reduce((text, { at, drop, put, double }) => {
      const from = at % (text.length + 1);
      const rest = text.slice(from + drop);
      return text.slice(0, from) + put + (double ? text.slice(from, from + drop) + rest : rest);
    }, seed),
  );
};

/** Nearly right, or nothing of the kind. */
export const untrusted = (seeds: readonly [string, ...string[]]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: nearly(seeds) }, fc.string({ unit: 'binary' }), fc.string());

/** Long texts that repeat a piece of a right one, and break at the end: what makes a careless expression go back and forth. */
export function* long(seeds: readonly string[], length: number): Generator<string> {
  const pieces = new Set(['a', '0', ' ', '.', '/', '\n', '%', ',']);
  for (const seed of seeds) {
    for (let at = 0; at < Math.min(seed.length, 40); at += 3)
      pieces.add(seed.slice(at, at + 1)).add(seed.slice(at, at + 3));
  }
  for (const piece of pieces) {
    const many = piece.repeat(Math.ceil(length / piece.length));
    yield `${many}\0`;
    yield (seeds[0] ?? '').slice(0, 6) + many;
  }
}
