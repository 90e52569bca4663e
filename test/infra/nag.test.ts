import type { App } from 'aws-cdk-lib';
import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { LatchkeyStack } from '../../lib/index.ts';
import { newApp } from './templates.ts';
import { variants } from './variants.ts';

/** Every finding there is, but those that are acknowledged with a reason where the resource is made. */
function findingsIn(app: App): string[] {
  app.synth();
  return new AwsSolutionsChecks()
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
}

it.each(Object.entries(variants))('finds nothing unexplained in the stack: %s', (_, props) => {
  const app = newApp();
  new LatchkeyStack(app, 'Test', props);
  expect(findingsIn(app)).toEqual([]);
});

it('would find a table that cannot be restored', () => {
  const app = newApp();
  const stack = new LatchkeyStack(app, 'Test');
  const table = stack.latchkey.table.table.node.defaultChild as CfnTable;
  table.pointInTimeRecoverySpecification = { pointInTimeRecoveryEnabled: false };
  expect(findingsIn(app)).toEqual(['AwsSolutions-DDB3 Test/Latchkey/Table/Table/Resource']);
});
