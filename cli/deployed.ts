import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { DescribeContinuousBackupsCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdated,
} from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createSdkTransport } from '../lambdas/adapters/dynamodb/sdk-transport.ts';
import { createTable } from '../lambdas/adapters/dynamodb/table.ts';
import { environment } from '../lambdas/contract/environment.ts';
import type { IssuerAnswer } from '../lambdas/contract/issuer.ts';
import type { StackOutput } from '../lambdas/contract/outputs.ts';
import type { Profile } from '../lambdas/contract/profile.ts';
import { Failure } from './failure.ts';
import { type Check, type Choice, openStores, type Target } from './target.ts';

/** A page of a look through the table takes its time; who waits is a person. */
const PATIENT = { maxAttempts: 8, requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 } };

/** Seconds that a function may take to be updated. */
const UPDATE = 180;

/** A deployed stack, by its outputs, with the AWS credentials that there are. */
export async function openDeployed({ stack: stackName, region, apiUrl }: Choice): Promise<Target> {
  const options = { ...PATIENT, ...(region !== undefined && { region }) };
  const clients = {
    formation: new CloudFormationClient(options),
    dynamo: new DynamoDBClient(options),
    lambda: new LambdaClient(options),
    sts: new STSClient(options),
  };
  const where = await clients.sts.config.region().catch(() => {
    throw new Failure('No Region is set. Name it: --region eu-central-1');
  });
  const { Account = '', Arn = '' } = await clients.sts.send(new GetCallerIdentityCommand({})).catch((cause) => {
    throw new Failure(
      `AWS does not know who you are (${cause.name}: ${cause.message}). Sign in as for the aws command.`,
    );
  });
  const described = await clients.formation.send(new DescribeStacksCommand({ StackName: stackName })).catch((cause) => {
    if (cause.name !== 'ValidationError') throw cause;
    throw new Failure(
      `Account ${Account} has no stack ${stackName} in ${where}. Name it: --stack NAME --region REGION`,
    );
  });
  const stack = described.Stacks?.[0];
  const output = (name: StackOutput): string => {
    const value = stack?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
    if (value) return value;
    throw new Failure(
      `The stack ${stackName} has no output ${name}. Deploy this version first; a stack of your own says latchkey.addOutputs().`,
    );
  };
  const [tableName, authorizer] = [output('TableName'), output('AuthorizerFunction')];
  const rotation = output('SigningKeysFunction');
  const signers = output('SigningFunctions').split(',');
  const configuration = await configurationOf(clients.lambda, authorizer);

  const name = `the stack ${stackName} in ${where}, account ${Account}`;
  return {
    name,
    operator: Arn,
    apiUrl: (apiUrl ?? output('ApiUrl')).replace(/\/$/, ''),
    profile: profileOf(configuration, authorizer),
    store: openStores(createTable({ tableName, transport: createSdkTransport(clients.dynamo) })),
    checks: async () => [
      ...(await tableChecks(clients.dynamo, tableName, isKept(stack))),
      {
        what: 'deployed',
        value: `${stack?.StackStatus}, authorizer of ${configuration.LastModified}`,
        ok: isSettled(stack),
      },
    ],
    keepSigningKeys: (operator) => askRotation(clients.lambda, rotation, { operator }),
    async forgetSigningKeys(tell) {
      // Who verifies first: the others sign by the new keys within minutes anyway.
      for (const each of [authorizer, ...signers]) {
        await restart(clients.lambda, each);
        tell(`${each} has forgotten the old keys.\n`);
      }
    },
    close() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

const configurationOf = (lambda: LambdaClient, FunctionName: string): Promise<FunctionConfiguration> =>
  lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));

function profileOf({ Environment }: FunctionConfiguration, name: string): Profile {
  const profile = Environment?.Variables?.[environment.profile];
  if (profile === undefined) throw new Failure(`The function ${name} has no variable ${environment.profile}`);
  return JSON.parse(profile);
}

/** A dev stage protects nothing. */
const isKept = (stack: Stack | undefined): boolean =>
  !stack?.Tags?.some(({ Key, Value }) => Key === 'Stage' && Value === 'dev');

const isSettled = (stack: Stack | undefined): boolean =>
  /^(?:CREATE|UPDATE|IMPORT)_COMPLETE$/.test(stack?.StackStatus ?? '');

async function tableChecks(dynamo: DynamoDBClient, TableName: string, kept: boolean): Promise<Check[]> {
  const [{ Table }, recovery] = await Promise.all([
    dynamo.send(new DescribeTableCommand({ TableName })),
    dynamo.send(new DescribeContinuousBackupsCommand({ TableName })),
  ]);
  const { TableStatus, ItemCount, TableSizeBytes = 0, BillingModeSummary, DeletionProtectionEnabled } = Table ?? {};
  const { PointInTimeRecoveryDescription } = recovery.ContinuousBackupsDescription ?? {};
  const recovers = PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED';
  const since = PointInTimeRecoveryDescription?.EarliestRestorableDateTime;
  const billing = BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST' ? 'on demand' : 'provisioned';
  return [
    { what: 'table', value: `${TableName}, ${TableStatus}, ${billing}`, ok: TableStatus === 'ACTIVE' },
    // DynamoDB counts every six hours.
    { what: 'items', value: `${ItemCount}, ${(TableSizeBytes / 1e6).toFixed(1)} MB, some hours ago`, ok: true },
    {
      what: 'recovery',
      value: recovers ? `to any second since ${since?.toISOString() ?? 'it was turned on'}` : 'off',
      ok: recovers || !kept,
    },
    {
      what: 'deletion protection',
      value: DeletionProtectionEnabled ? 'on' : 'off',
      ok: DeletionProtectionEnabled === true || !kept,
    },
  ];
}

async function askRotation(
  lambda: LambdaClient,
  FunctionName: string,
  request: object,
): Promise<IssuerAnswer['outcome']> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(request)) }),
  );
  const text = Buffer.from(Payload ?? []).toString();
  if (FunctionError) throw new Failure(`${FunctionName} failed: ${text}`);
  const answer = JSON.parse(text || 'null') as IssuerAnswer | null;
  if (answer === null) throw new Failure(`${FunctionName} does not know this yet. Deploy this version first.`);
  return answer.outcome;
}

/** A function whose variables change goes on in new containers, which know nothing yet. */
async function restart(client: LambdaClient, FunctionName: string): Promise<void> {
  const { Environment } = await configurationOf(client, FunctionName);
  const Variables = { ...Environment?.Variables, [environment.restartedAt]: new Date().toISOString() };
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await waitUntilFunctionUpdated({ client, maxWaitTime: UPDATE, minDelay: 1, maxDelay: 5 }, { FunctionName });
}
