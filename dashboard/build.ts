import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const HERE = import.meta.dirname;
const DIST = join(HERE, 'dist');

/** What the pages are made from. */
const SOURCES = [
  'src',
  'index.html',
  'docs.html',
  'package.json',
  'vite.config.ts',
  '../lambdas/contract',
  '../package-lock.json',
];

/** When a file, or the newest below a folder, was last changed, in milliseconds. */
function changedAt(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const names = readdirSync(path);
  // A folder's own time tells of a file that is gone.
  return Math.max(found.mtimeMs, ...names.map((name) => changedAt(join(path, name))));
}

function isFresh(): boolean {
  const builtAt = statSync(join(DIST, 'index.html'), { throwIfNoEntry: false })?.mtimeMs;
  return builtAt !== undefined && SOURCES.every((source) => changedAt(join(HERE, source)) <= builtAt);
}

/**
 * The folder of the dashboard and the reference as files to serve, built first where a source is newer than it. Two
 * that build at once each build a folder of their own, of which one is put into place.
 * @throws Error with what the build said, where it failed
 */
export function builtDashboard(): string {
  if (isFresh()) return DIST;
  const startedAt = new Date();
  const made = mkdtempSync(join(HERE, '.dist-'));
  try {
    const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [vite, 'build', HERE, '--outDir', made, '--emptyOutDir', '--logLevel', 'warn'],
      { cwd: HERE, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
    );
    if (status !== 0) throw new Error(`The dashboard could not be built: ${stderr || stdout}`);
    // What changes while it is built is newer than it.
    utimesSync(join(made, 'index.html'), startedAt, startedAt);
    chmodSync(made, 0o755);
    putInPlace(made);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return DIST;
}

/** Whoever serves the folder sees the old one or the new one, or for a moment none: never half of one. */
function putInPlace(made: string): void {
  const old = `${made}-old`;
  try {
    renameSync(DIST, old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  try {
    renameSync(made, DIST);
  } catch (error) {
    // Somebody else's, from the same sources, was put there in between.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  rmSync(old, { recursive: true, force: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(`${builtDashboard()}\n`);
