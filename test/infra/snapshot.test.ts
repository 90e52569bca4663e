import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { LatchkeyStack } from '../../lib/index.ts';
import { newApp } from './templates.ts';

/** Of functions' code and the dashboard's files: they change with every change, and say nothing to a reader. */
const HASHES = /\b[0-9a-f]{64}\b/g;

/**
 * The template as it is without settings, a line a resource, so that a review shows what a change makes of it.
 * `npx vitest run test/infra/snapshot.test.ts -u` writes it anew.
 */
it('makes what it did before', async () => {
  const template = Template.fromStack(new LatchkeyStack(newApp(), 'Latchkey')).toJSON();
  const made: Record<string, { Type?: string }> = { ...template.Resources, ...template.Outputs };
  const lines = Object.entries(made).map(([id, { Type = 'Output', ...rest }]) =>
    `${id} ${Type} ${JSON.stringify(rest)}`.replaceAll(HASHES, '<hash>'),
  );
  await expect(`${lines.toSorted().join('\n')}\n`).toMatchFileSnapshot('latchkey.template.txt');
});
