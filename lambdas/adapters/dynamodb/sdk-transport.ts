import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { UnavailableError } from '../../core/errors.ts';
import { checkAnswers } from '../check-answers.ts';
import { ConditionFailedError, type Operations, type Transport } from './transport.ts';

/** The SDK ties each command's input to its output; `Operations` says the same, once for all of them. */
type Command = Parameters<DynamoDBClient['send']>[0];
const commands: Record<keyof Operations, new (input: never) => unknown> = {
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  UpdateItem: UpdateItemCommand,
  DeleteItem: DeleteItemCommand,
  Query: QueryCommand,
  Scan: ScanCommand,
  BatchGetItem: BatchGetItemCommand,
};

/** Sends through the SDK's client, with its retries. */
export function createSdkTransport(client: DynamoDBClient): Transport {
  checkAnswers(client);
  return async <O extends keyof Operations>(operation: O, input: Operations[O]['input']) => {
    try {
      const command = new commands[operation](input as never) as Command;
      return (await client.send(command)) as Operations[O]['output'];
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) throw new ConditionFailedError(error.Item, error);
      throw new UnavailableError('the store cannot be reached', error);
    }
  };
}
