import { Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, type EnableScalingProps, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environment } from '../lambdas/contract/environment.ts';
import { attribute, ORGANIZATION_INDEX, prefix } from '../lambdas/contract/table.ts';
import type { Upkeep } from './upkeep.ts';

/** Capacity units a second: as few as are kept, and as many as it may grow to. */
export interface CapacityRange {
  readonly min: number;
  readonly max: number;
}

/** What the table can do in a second, paid by the hour, in the place of on-demand capacity. */
export interface ProvisionedCapacity {
  readonly reads: CapacityRange;
  readonly writes: CapacityRange;
}

export interface TableProps {
  readonly upkeep: Upkeep;
  /** On demand without. */
  readonly capacity: ProvisionedCapacity | undefined;
}

/** Percent of the capacity at which more is added: what is left has to last for the minutes that this takes. */
export const TARGET_UTILIZATION = 70;

type Action = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query' | 'BatchGetItem';

/**
 * The single table. A grant gives a function the actions it needs on the partitions it needs them for, and the table's
 * name in its environment.
 */
export class LatchkeyTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { upkeep, capacity }: TableProps) {
    super(scope, id);
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    this.table = new Table(this, 'Table', {
      partitionKey: text(attribute.partition),
      sortKey: text(attribute.sort),
      timeToLiveAttribute: attribute.ttl,
      ...(capacity
        ? { billingMode: BillingMode.PROVISIONED, readCapacity: capacity.reads.min, writeCapacity: capacity.writes.min }
        : { billingMode: BillingMode.PAY_PER_REQUEST }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: upkeep.keeps },
      deletionProtection: upkeep.keeps,
      removalPolicy: upkeep.removalPolicy,
    });
    if (!upkeep.keeps) {
      Validations.of(this.table).acknowledge({
        id: 'AwsSolutions-DDB3',
        reason: 'What a dev stage holds is thrown away with it',
      });
    }
    this.table.addGlobalSecondaryIndex({
      indexName: ORGANIZATION_INDEX,
      partitionKey: text(attribute.indexPartition),
      sortKey: text(attribute.indexSort),
      projectionType: ProjectionType.KEYS_ONLY,
      ...(capacity && {
        readCapacity: indexPart(capacity.reads.min),
        writeCapacity: indexPart(capacity.writes.min),
      }),
    });
    if (capacity) this.scale(capacity);
  }

  /** For the authorizer: to charge keys, members, sessions and addresses, and nothing else. */
  grantSpend(fn: LambdaFunction): void {
    this.grant(fn, ['UpdateItem'], [prefix.key, prefix.user, prefix.session, prefix.address]);
  }

  /** For whoever verifies what the issuer signed. */
  grantReadKeySet(fn: LambdaFunction): void {
    this.grant(fn, ['GetItem'], [prefix.issuer]);
  }

  /** For whoever verifies tokens of the organizations' own user pools. */
  grantReadUserPools(fn: LambdaFunction): void {
    this.grant(fn, ['GetItem'], [prefix.pool]);
  }

  /** For the rotation of the issuer's keys. */
  grantPublishKeySet(fn: LambdaFunction): void {
    this.grant(fn, ['GetItem', 'UpdateItem'], [prefix.issuer]);
  }

  /** For the key operations. */
  grantKeys(fn: LambdaFunction): void {
    this.grant(fn, ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], [prefix.key]);
    this.grantIndex(fn);
  }

  /** For the organization operations. */
  grantOrganizations(fn: LambdaFunction): void {
    this.grant(fn, ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], [prefix.organization]);
    this.grant(fn, ['GetItem', 'BatchGetItem', 'UpdateItem'], [prefix.user, prefix.session, prefix.pool]);
    this.grant(fn, ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'], [prefix.invitation]);
    this.grant(fn, ['UpdateItem'], [prefix.address]);
    this.grantIndex(fn);
  }

  /** For signing up, signing in and sessions. */
  grantSessions(fn: LambdaFunction): void {
    this.grant(fn, ['GetItem', 'PutItem', 'UpdateItem', 'BatchGetItem'], [prefix.session]);
    this.grantIndex(fn);
    this.grant(fn, ['PutItem', 'UpdateItem'], [prefix.login]);
    this.grant(fn, ['GetItem', 'UpdateItem'], [prefix.user]);
    this.grant(fn, ['GetItem', 'PutItem'], [prefix.organization]);
    this.grant(fn, ['GetItem'], [prefix.invitation]);
    this.grant(fn, ['UpdateItem'], [prefix.address]);
  }

  /** For consumers, their sessions and codes. */
  grantConsumers(fn: LambdaFunction): void {
    this.grant(fn, ['GetItem', 'PutItem', 'UpdateItem', 'BatchGetItem'], [prefix.session]);
    this.grant(fn, ['GetItem', 'PutItem', 'UpdateItem', 'BatchGetItem'], [prefix.consumer]);
    this.grant(fn, ['GetItem', 'PutItem', 'DeleteItem'], [prefix.identifier]);
    this.grant(fn, ['PutItem', 'UpdateItem'], [prefix.otp, prefix.code]);
    this.grant(fn, ['GetItem'], [prefix.organization]);
    this.grant(fn, ['UpdateItem'], [prefix.address]);
    this.grantIndex(fn);
  }

  /** For ending all of a person's sessions. */
  grantEndSessions(fn: LambdaFunction): void {
    this.grant(fn, ['BatchGetItem', 'UpdateItem'], [prefix.session]);
    this.grant(fn, ['UpdateItem'], [prefix.user]);
    this.grantIndex(fn);
  }

  /** For tracking usage, and reading it. */
  grantUsage(fn: LambdaFunction): void {
    this.grant(fn, ['UpdateItem', 'Query'], [prefix.usage]);
    this.grant(fn, ['PutItem'], [prefix.event]);
  }

  /** For the sample resource. */
  grantItems(fn: LambdaFunction): void {
    this.grant(fn, ['PutItem', 'Query'], [prefix.item]);
  }

  /** For whatever changes something: to write what it is about to do. */
  grantAudit(fn: LambdaFunction): void {
    this.grant(fn, ['PutItem', 'UpdateItem'], [prefix.audit]);
  }

  /** For the audit log. */
  grantReadAudit(fn: LambdaFunction): void {
    this.grant(fn, ['Query'], [prefix.audit]);
  }

  /** What a range allows is asked of the table; the index, which no request writes, begins with a tenth. */
  private scale({ reads, writes }: ProvisionedCapacity): void {
    const goal = { targetUtilizationPercent: TARGET_UTILIZATION };
    const [ofTable, ofIndex] = [scalingOf, ({ min, max }: CapacityRange) => scalingOf({ min: indexPart(min), max })];
    this.table.autoScaleReadCapacity(ofTable(reads)).scaleOnUtilization(goal);
    this.table.autoScaleWriteCapacity(ofTable(writes)).scaleOnUtilization(goal);
    this.table.autoScaleGlobalSecondaryIndexReadCapacity(ORGANIZATION_INDEX, ofIndex(reads)).scaleOnUtilization(goal);
    this.table.autoScaleGlobalSecondaryIndexWriteCapacity(ORGANIZATION_INDEX, ofIndex(writes)).scaleOnUtilization(goal);
  }

  private grantIndex(fn: LambdaFunction): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['dynamodb:Query'],
        resources: [`${this.table.tableArn}/index/${ORGANIZATION_INDEX}`],
      }),
    );
  }

  private grant(fn: LambdaFunction, actions: readonly Action[], prefixes: readonly string[]): void {
    fn.addEnvironment(environment.tableName, this.table.tableName);
    fn.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [this.table.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': prefixes.map((start) => `${start}*`) },
        },
      }),
    );
  }
}

/** Of the least capacity of the table, what the index begins with. */
export const indexPart = (min: number): number => Math.ceil(min / 10);

/** @throws Error for what is no range */
function scalingOf({ min, max }: CapacityRange): EnableScalingProps {
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 1 || max < min)
    throw new Error(`Not a range of capacity units such as 25-4000: ${min}-${max}`);
  return { minCapacity: min, maxCapacity: max };
}
