import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Page {
  /** From the project's root. */
  readonly path: string;
  readonly markdown: string;
}

/** A fenced block. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

export const pages: readonly Page[] = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT })]
  .toSorted()
  .map((path) => ({ path, markdown: readFileSync(join(ROOT, path), 'utf8') }));

/** In a list, a block is indented. */
const FENCE = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm;

export const blocksOf = ({ markdown }: Page): readonly Block[] =>
  [...markdown.matchAll(FENCE)].map(([, indent = '', language = '', text = '']) => ({
    language,
    text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));

/** What is read as text: without the fenced blocks. */
export const proseOf = ({ markdown }: Page): string => markdown.replace(FENCE, '');

/** The commands of a `console` block: what stands behind `$ `, with the lines that a backslash continues. */
export const typedCommands = ({ text }: Block): readonly string[] =>
  text
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.startsWith('$ '))
    .map((line) => line.slice(2).replace(/ +# .*$/, ''));
