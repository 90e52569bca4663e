import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { builtDashboard } from '../../dashboard/build.ts';

const folder = builtDashboard();
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** What a page asks for before it runs, and what those scripts import. */
function loadedBy(page: string): ReadonlySet<string> {
  const loaded = new Set(
    Array.from(read(page).matchAll(/(?:src|href)="\/dashboard\/(assets\/[^"]+)"/g), ([, name = '']) => name),
  );
  for (const name of loaded) {
    if (!name.endsWith('.js')) continue;
    for (const [, imported = ''] of read(name).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      loaded.add(`assets/${imported}`);
  }
  return loaded;
}

describe('the dashboard as it is built', () => {
  it('is the same folder while nothing changes', () => {
    const names = readdirSync(join(folder, 'assets'));
    expect(builtDashboard()).toBe(folder);
    expect(readdirSync(join(folder, 'assets'))).toEqual(names);
  });

  it.each(['index.html', 'docs.html'])('has no script of its own in %s, and names no other host', (page) => {
    const html = read(page);
    expect(html).not.toMatch(/<script(?![^>]* src=)/);
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/(?:https?:)?\/\/\w/);
  });

  it('stays light: the first page loads no schema and no chart', () => {
    const loaded = [...loadedBy('index.html')];
    expect(loaded.some((name) => name.endsWith('.js'))).toBe(true);
    const scripts = loaded.filter((name) => name.endsWith('.js')).map(read);
    expect(scripts.some((script) => script.includes('ZodError'))).toBe(false);
    expect(scripts.some((script) => script.includes('Requests spent in the current minute'))).toBe(false);
    const bytes = loaded.reduce((sum, name) => sum + gzipSync(read(name)).length, 0);
    expect(bytes).toBeLessThan(400_000);
  });
});
