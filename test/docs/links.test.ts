import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { pages, proseOf, ROOT } from './pages.ts';

/** A heading's anchor as GitHub makes it: https://docs.github.com/get-started/writing-on-github */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const anchorsIn = (markdown: string): readonly string[] =>
  [...proseOf({ path: '', markdown }).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** What is wrong with a relative link, or undefined. */
function faultOf(from: string, target: string): string | undefined {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(ROOT, file))) return `${target}: no such file`;
  if (anchor === undefined) return undefined;
  if (statSync(join(ROOT, file)).isDirectory()) return `${target}: a folder has no anchors`;
  const found = anchorsIn(readFileSync(join(ROOT, file), 'utf8')).includes(anchor);
  return found ? undefined : `${target}: no such heading`;
}

it.each(pages)('$path links to what there is', (page) => {
  const targets = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const relative = targets.filter((target) => !/^[a-z]+:/.test(target));
  expect(relative.map((target) => faultOf(page.path, target)).filter(Boolean)).toEqual([]);
});

it('finds a link to nothing, and one to no heading', () => {
  expect(faultOf('README.md', 'docs/nothing.md')).toMatch(/no such file/);
  expect(faultOf('docs/concepts.md', '../README.md#nothing')).toMatch(/no such heading/);
  expect(faultOf('docs/concepts.md', '../README.md#quick-start')).toBeUndefined();
});
