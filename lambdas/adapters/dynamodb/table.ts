import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { attribute } from '../../contract/table.ts';
import { UnavailableError } from '../../core/errors.ts';
import { ConditionFailedError, type Item, type Operations, type Transport } from './transport.ts';

export interface TableOptions {
  readonly tableName: string;
  readonly transport: Transport;
  /**
   * Whether a failed condition returns the item (`ReturnValuesOnConditionCheckFailure`). DynamoDB does; dynalite does
   * not and is asked with a strongly consistent read instead.
   * @default true
   */
  readonly returnsFailedItem?: boolean;
}

export interface ItemKey {
  readonly partition: string;
  readonly sort: string;
}

export interface Write {
  readonly update: string;
  readonly condition: string;
  readonly names?: Record<string, string>;
  readonly values?: Item;
}

/** The item after a write that was done, or as it stood when the condition failed. */
export type WriteResult =
  | { readonly done: true; readonly item: Item }
  | { readonly done: false; readonly item: Item | undefined };

const marshalOptions = { removeUndefinedValues: true };

/** What DynamoDB always answers, if only with nothing in it. Without, it is none of its answers. */
const ALWAYS: Partial<Record<keyof Operations, string>> = {
  UpdateItem: 'Attributes',
  Query: 'Items',
  Scan: 'Items',
  BatchGetItem: 'Responses',
};

/** A list that is missing is not taken for an empty one, nor a write for done that says nothing of what it wrote. */
const checked =
  (transport: Transport): Transport =>
  async (operation, input) => {
    const answer = await transport(operation, input);
    const field = ALWAYS[operation];
    if (field !== undefined && !(field in answer && answer[field as never])) throw malformed();
    return answer;
  };

const malformed = () => new UnavailableError('the store returned a malformed answer');

/** The single table, one item at a time: values are plain, and a failed condition is an answer, no exception. */
export function createTable({ tableName: TableName, transport: send, returnsFailedItem = true }: TableOptions) {
  const transport = checked(send);
  const marshalKey = ({ partition, sort }: ItemKey) =>
    marshall({ [attribute.partition]: partition, [attribute.sort]: sort });

  async function get(key: ItemKey): Promise<Item | undefined> {
    const { Item: item } = await transport('GetItem', { TableName, Key: marshalKey(key), ConsistentRead: true });
    return item && unmarshall(item);
  }

  async function failedItem(error: ConditionFailedError, key: ItemKey): Promise<Item | undefined> {
    if (error.item) return unmarshall(error.item);
    return returnsFailedItem ? undefined : get(key);
  }

  async function update(key: ItemKey, { update, condition, names, values }: Write): Promise<WriteResult> {
    try {
      const { Attributes: item = {} } = await transport('UpdateItem', {
        TableName,
        Key: marshalKey(key),
        UpdateExpression: update,
        ConditionExpression: condition,
        ...(names && { ExpressionAttributeNames: names }),
        ...(values && { ExpressionAttributeValues: marshall(values, marshalOptions) }),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return { done: true, item: unmarshall(item) };
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      return { done: false, item: await failedItem(error, key) };
    }
  }

  /** Writes an item where there is none. The result's item is what stood there. */
  async function insert(key: ItemKey, attributes: Item): Promise<WriteResult> {
    const item = { [attribute.partition]: key.partition, [attribute.sort]: key.sort, ...attributes };
    try {
      await transport('PutItem', {
        TableName,
        Item: marshall(item, marshalOptions),
        ConditionExpression: 'attribute_not_exists(#partition)',
        ExpressionAttributeNames: { '#partition': attribute.partition },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return { done: true, item };
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      return { done: false, item: await failedItem(error, key) };
    }
  }

  /** Writes an item in the place of what there may be. */
  async function put({ partition, sort }: ItemKey, attributes: Item): Promise<void> {
    const item = { [attribute.partition]: partition, [attribute.sort]: sort, ...attributes };
    await transport('PutItem', { TableName, Item: marshall(item, marshalOptions) });
  }

  /** Deletes an item, where a condition is given only one that meets it. */
  async function remove(key: ItemKey, only?: Omit<Write, 'update'>): Promise<void> {
    const condition = only && {
      ConditionExpression: only.condition,
      ...(only.names && { ExpressionAttributeNames: only.names }),
      ...(only.values && { ExpressionAttributeValues: marshall(only.values, marshalOptions) }),
    };
    try {
      await transport('DeleteItem', { TableName, Key: marshalKey(key), ...condition });
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
    }
  }

  return { tableName: TableName, transport, get, update, insert, put, remove };
}

export type Table = ReturnType<typeof createTable>;
