import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, it } from 'vitest';
import { allRoutes, type Route } from '../../lambdas/contract/routes.ts';
import { LatchkeyStack } from '../../lib/index.ts';
import { findProfile } from '../../lib/profiles/index.ts';
import { newApp, resources } from '../infra/templates.ts';
import { blocksOf, type Page, pages, ROOT } from './pages.ts';

/** What the pages say of a deployment, held against the template and the code. */

const textOf = (path: string): string => pages.find((page) => page.path === path)?.markdown ?? '';

let template: Template;
beforeAll(() => {
  template = Template.fromStack(new LatchkeyStack(newApp(), 'Latchkey'));
});

it('explains every setting that the app reads', () => {
  const app = readFileSync(join(ROOT, 'bin/settings.ts'), 'utf8');
  const settings = [...app.matchAll(/context\('(\w+)'\)/g)].map(([, name]) => `-c ${name}=`);
  expect(settings).toContain('-c profile=');
  expect(settings.filter((setting) => !textOf('docs/deploy.md').includes(setting))).toEqual([]);
});

it('names every type of resource that a deployment makes', () => {
  const types = Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type);
  const unexplained = [...new Set(types)].filter((type) => !textOf('docs/deploy.md').includes(`\`${type}\``));
  expect(unexplained).toEqual([]);
});

it('names resources in commands as the template does', () => {
  const named = pages.flatMap(({ markdown }) => markdown.match(/\bLatchkey[A-Z]\w*[0-9A-F]{8}\b/g) ?? []);
  const made = Object.keys(template.toJSON().Resources);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !made.includes(name))).toEqual([]);
});

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': string[] } };
}

/** A function's line in the table of permissions: partitions and the actions on each, then all else. */
function permissionsOf(statements: readonly Statement[]): string {
  const partitions = new Map<string, string[]>();
  const others: string[] = [];
  for (const { Action, Resource, Condition } of statements) {
    const actions = [Action].flat();
    if (actions.every((action) => action.startsWith('logs:'))) continue;
    const starts = Condition?.['ForAllValues:StringLike']['dynamodb:LeadingKeys'];
    for (const start of starts ?? []) {
      const names = actions.map((action) => action.replace(/^dynamodb:|Item$/g, ''));
      partitions.set(start, [...(partitions.get(start) ?? []), ...names]);
    }
    if (starts) continue;
    const secret = JSON.stringify(Resource).includes('OtpKey') ? ' (OTP key)' : ' (signing keys)';
    const index = JSON.stringify(Resource).includes('/index/') ? ' (index)' : '';
    others.push(...actions.map((action) => `\`${action}\`${action.startsWith('secretsmanager:') ? secret : index}`));
  }
  const lines = [...partitions].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const inTable = lines.map(([start, names]) => `\`${start.slice(0, -1)}\` ${names.toSorted().join(', ')}`).join('; ');
  return `${inTable} | ${others.toSorted().join(', ') || 'nothing'} |`;
}

it('says of every function what it may do', () => {
  const security = textOf('docs/security.md');
  const rows = Object.entries(resources(template, 'AWS::IAM::Policy')).map(([id, { Properties }]) => {
    const name = id.replace(/^Latchkey(?=[A-Z])|FunctionServiceRoleDefaultPolicy.*/g, '');
    return `| ${name} | ${permissionsOf(Properties.PolicyDocument.Statement)}`;
  });
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter((row) => !security.includes(row))).toEqual([]);
});

it('explains every scope, and every action that the audit log knows', () => {
  const routes: readonly Route[] = Object.values(allRoutes);
  // What stands for an engineer's own is explained with its profile.
  const scopes = routes.flatMap(({ auth, group }) => (auth === 'public' || group === 'items' ? [] : auth.scopes));
  expect(scopes.filter((scope) => !textOf('docs/concepts.md').includes(`\`${scope}\``))).toEqual([]);
  const actions = routes.flatMap((route) => ('audit' in route && route.audit !== null ? [route.audit] : []));
  expect(actions.filter((action) => !textOf('docs/operations.md').includes(`\`${action}\``))).toEqual([]);
});

it('prints a profile of your own that can be used', async () => {
  const [block] = blocksOf(pages.find(({ path }) => path === 'docs/profiles/README.md') as Page).filter(
    ({ language }) => language === 'ts',
  );
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-docs-'));
  const file = join(folder, 'acme.ts');
  writeFileSync(file, (block?.text ?? '').replace('./lib/index.ts', join(ROOT, 'lib/index.ts')));
  try {
    expect(await findProfile(file)).toMatchObject({ name: 'acme', keyPrefixes: { secret: 'acme' } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
