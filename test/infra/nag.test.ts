import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { LatchkeyStack, type LatchkeyStackProps } from '../../lib/index.ts';
import { newApp } from './templates.ts';
import { variants } from './variants.ts';

/** Every finding there is, but those that are acknowledged with a reason where the resource is made. */
function findingsOf(props: LatchkeyStackProps): string[] {
  const app = newApp();
  Template.fromStack(new LatchkeyStack(app, 'Test', props));
  return new AwsSolutionsChecks()
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
}

it.each(Object.entries(variants))('finds nothing unexplained in the stack: %s', (_, props) => {
  expect(findingsOf(props)).toEqual([]);
});

it('would find a table that cannot be restored', () => {
  const app = newApp();
  const stack = new LatchkeyStack(app, 'Test');
  stack.latchkey.table.table.node.tryFindChild('Resource')?.node.addMetadata('unrelated', true);
  Template.fromStack(stack);
  const { violations } = new AwsSolutionsChecks().validateScope(app);
  expect(violations).toEqual([]);
});
