import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient, DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { apiUrl, endpoint } from './deployed.ts';

const CDK = join(import.meta.dirname, '../../node_modules/.bin/cdk');
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const aws = { endpoint: endpoint.href, region: 'us-east-1', credentials };

/** How each type of what holds something is asked for; rejected, or without an answer, where it is gone. */
const asks: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  'AWS::DynamoDB::Table': (TableName) => new DynamoDBClient(aws).send(new DescribeTableCommand({ TableName })),
  'AWS::Cognito::UserPool': (UserPoolId) =>
    new CognitoIdentityProviderClient(aws).send(new DescribeUserPoolCommand({ UserPoolId })),
  'AWS::SecretsManager::Secret': async (SecretId) => {
    const secret = await new SecretsManagerClient(aws).send(new DescribeSecretCommand({ SecretId }));
    return secret.DeletedDate ? undefined : secret;
  },
  'AWS::S3::Bucket': (Bucket) => new S3Client({ ...aws, forcePathStyle: true }).send(new HeadBucketCommand({ Bucket })),
  'AWS::Lambda::Function': (FunctionName) => new LambdaClient(aws).send(new GetFunctionCommand({ FunctionName })),
  'AWS::Logs::LogGroup': async (logGroupNamePrefix) => {
    const { logGroups } = await new CloudWatchLogsClient(aws).send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix }),
    );
    return logGroups?.[0];
  },
};

/** Types of what is still there, of what holds something. */
async function leftOf(resources: readonly { type: string; id: string }[]): Promise<string[]> {
  const left = await Promise.all(
    resources.map(async ({ type, id }) => ((await asks[type]?.(id).catch(() => undefined)) ? [type] : [])),
  );
  return left.flat();
}

it('a dev stage is deployed, and destroyed without a trace', async () => {
  expect((await fetch(`${apiUrl('Dev')}/health`)).status).toBe(200);
  const resources: { type: string; id: string }[] = [];
  const client = new CloudFormationClient(aws);
  for await (const page of paginateListStackResources({ client }, { StackName: 'Dev' }))
    for (const { ResourceType = '', PhysicalResourceId = '' } of page.StackResourceSummaries ?? [])
      if (ResourceType in asks) resources.push({ type: ResourceType, id: PhysicalResourceId });
  expect(new Set(await leftOf(resources))).toEqual(new Set(Object.keys(asks)));

  const { status, stderr } = spawnSync(
    CDK,
    ['destroy', 'Dev', '--force', '--app', process.env.LATCHKEY_ASSEMBLY ?? ''],
    {
      encoding: 'utf8',
    },
  );
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  expect(await leftOf(resources)).toEqual([]);
});
