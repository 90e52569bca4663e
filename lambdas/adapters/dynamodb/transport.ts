import type {
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
  DeleteItemCommandInput,
  DeleteItemCommandOutput,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  PutItemCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  UpdateItemCommandInput,
  UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { NativeAttributeValue } from '@aws-sdk/util-dynamodb';

type Io<Input, Output> = { input: Input; output: Omit<Output, '$metadata'> };

/** The DynamoDB operations that the stores use. */
export interface Operations {
  GetItem: Io<GetItemCommandInput, GetItemCommandOutput>;
  PutItem: Io<PutItemCommandInput, PutItemCommandOutput>;
  UpdateItem: Io<UpdateItemCommandInput, UpdateItemCommandOutput>;
  DeleteItem: Io<DeleteItemCommandInput, DeleteItemCommandOutput>;
  Query: Io<QueryCommandInput, QueryCommandOutput>;
  Scan: Io<ScanCommandInput, ScanCommandOutput>;
  BatchGetItem: Io<BatchGetItemCommandInput, BatchGetItemCommandOutput>;
}

/** An item as the stores see it, its values unmarshalled. */
export type Item = Record<string, NativeAttributeValue>;

/**
 * Sends one operation.
 * @throws ConditionFailedError when its condition does not hold
 * @throws UnavailableError after its retries, for every other reason
 */
export type Transport = <O extends keyof Operations>(
  operation: O,
  input: Operations[O]['input'],
) => Promise<Operations[O]['output']>;

/** A condition did not hold. */
export class ConditionFailedError extends Error {
  /** The item as it stood, marshalled; undefined when there was none, or when the engine does not say. */
  readonly item: Operations['GetItem']['output']['Item'];

  constructor(item: ConditionFailedError['item'], cause?: unknown) {
    super('The condition of a write did not hold', { cause });
    this.name = 'ConditionFailedError';
    this.item = item;
  }
}
