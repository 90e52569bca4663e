import { DynamoDBClient, UpdateContinuousBackupsCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import { describeOperator, latchkey } from '../acceptance/operator.ts';
import { apiUrl, emulated, endpoint, markVerifiedIn, outputs } from './deployed.ts';

const client = {
  endpoint: endpoint.href,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

/** The template says so; the emulator leaves it out. */
async function protect(): Promise<void> {
  const dynamo = new DynamoDBClient(client);
  const TableName = outputs.Operated?.TableName;
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await dynamo.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
  await dynamo.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
}

/** Credentials of somebody who has the documented permissions and no others. */
async function operator(): Promise<NodeJS.ProcessEnv> {
  const { Credentials } = await new STSClient(client).send(
    new AssumeRoleCommand({ RoleArn: outputs.Operated?.OperatorRole, RoleSessionName: 'jane' }),
  );
  return {
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials?.SessionToken,
  };
}

describeOperator(async () => {
  const env = await operator();
  await protect();
  const stack = ['--stack', 'Operated', '--api-url', apiUrl('Operated')];
  return {
    url: apiUrl('Operated'),
    ...emulated,
    markVerified: markVerifiedIn('Operated'),
    run: (argv, input) => latchkey([...argv, ...stack], env, input),
    operator: expect.stringMatching(/^arn:aws:sts::000000000000:assumed-role\/.*\/jane$/),
  };
});

it('says when there is no such stack, and does nothing that it was not permitted', async () => {
  const absent = await latchkey(['status', '--stack', 'Absent'], {});
  expect(absent).toMatchObject({ status: 1, stderr: expect.stringContaining('has no stack Absent in us-east-1') });
  const elsewhere = await latchkey(['organizations', 'list'], await operator());
  expect(elsewhere).toMatchObject({ status: 1, stdout: '' });
});
