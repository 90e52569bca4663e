import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './pages.ts';

const STRIDE = 'STRIDE';
/** Between whom there is trust to be abused, as the page has them. */
const BOUNDARIES = 11;
/** An excuse has to say why. */
const SHORTEST_REASON = 30;

interface Threat {
  readonly letter: string;
  readonly threat: string;
  readonly prevention: string;
  /** `file: title` of tests, or `accepted: reason`. */
  readonly evidence: readonly string[];
}

interface Boundary {
  readonly name: string;
  readonly threats: readonly Threat[];
}

const boundariesIn = (markdown: string): readonly Boundary[] =>
  markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      name: section.split('\n', 1)[0] ?? '',
      threats: section
        .split('\n')
        .filter((line) => /^\| [A-Z] \|/.test(line))
        .map((line) => {
          const [letter = '', threat = '', prevention = '', evidence = ''] = line
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim());
          return { letter, threat, prevention, evidence: evidence.split('<br>').filter(Boolean) };
        }),
    }));

const sources = new Map<string, string>();
function sourceOf(file: string): string {
  const source = sources.get(file) ?? readFileSync(join(ROOT, file), 'utf8');
  sources.set(file, source);
  return source;
}

/** Whether a file has a test of a title: the first of several arguments, a literal. */
function hasTest(file: string, title: string): boolean {
  const literals = [`'${title.replaceAll("'", "\\'")}'`, `"${title}"`, `\`${title}\``];
  return literals.some((literal) => new RegExp(`\\(\\s*${RegExp.escape(literal)},`).test(sourceOf(file)));
}

/** What is wrong with what is said to show that a threat is met, or undefined. */
function faultOf(evidence: string): string | undefined {
  const [, reason] = /^accepted: (.+)$/.exec(evidence) ?? [];
  if (reason !== undefined) return reason.length >= SHORTEST_REASON ? undefined : `no reason: ${evidence}`;
  const [, file = '', title = ''] = /^`(test\/[\w/.-]+\.ts)`: (.+)$/.exec(evidence) ?? [];
  if (file === '') return `neither a test nor a reason: ${evidence}`;
  if (!existsSync(join(ROOT, file))) return `no such file: ${file}`;
  return hasTest(file, title) ? undefined : `no such test: ${evidence}`;
}

/** Files that a text names and that there are not. */
const missingIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:lambdas|lib|local|bin)\/[^`]+)`/g)]
    .map(([, file = '']) => file)
    .filter((file) => !existsSync(join(ROOT, file)));

const boundaries = boundariesIn(sourceOf('docs/threat-model.md'));

it('the threat model has all trust boundaries', () => {
  expect(boundaries.map(({ name }) => name)).toHaveLength(BOUNDARIES);
});

describe.each(boundaries)('the threats at $name', ({ threats }) => {
  it('are of all six kinds', () => {
    const letters = new Set(threats.map(({ letter }) => letter));
    expect([...STRIDE].filter((letter) => !letters.has(letter))).toEqual([]);
    expect([...letters].filter((letter) => !STRIDE.includes(letter))).toEqual([]);
  });

  it.each(threats.map((each) => [each.threat, each] as const))('have a test or a reason: %s', (_, threat) => {
    expect(threat.evidence.length).toBeGreaterThan(0);
    expect(threat.evidence.map(faultOf).filter(Boolean)).toEqual([]);
    expect(threat.prevention).not.toBe('');
    expect(missingIn(threat.prevention)).toEqual([]);
  });
});

it('finds a test that there is not, a file that there is not, and an excuse', () => {
  expect(faultOf('`test/docs/threat-model.test.ts`: flies to the moon')).toMatch(/^no such test/);
  expect(faultOf('`test/docs/nothing.test.ts`: flies to the moon')).toMatch(/^no such file/);
  expect(faultOf('accepted: later')).toMatch(/^no reason/);
  expect(faultOf('we trust it')).toMatch(/^neither/);
  expect(missingIn('`lambdas/nothing.ts`')).toEqual(['lambdas/nothing.ts']);
});
