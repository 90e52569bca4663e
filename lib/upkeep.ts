import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** `prod` keeps its data whatever happens to the stack; `dev` leaves nothing behind when it is destroyed. */
export type Stage = 'prod' | 'dev';

/** How what a deployment makes is kept. */
export interface Upkeep {
  readonly stage: Stage;
  /** Whether data outlives the stack, and is protected from being deleted. */
  readonly keeps: boolean;
  /** Of what holds data: tables, people, keys, logs. */
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: RetentionDays;
  /** Whether requests are traced by X-Ray. */
  readonly tracing: boolean;
}

export interface UpkeepOptions {
  readonly stage?: Stage | undefined;
  /** @default 90 in prod, 7 in dev */
  readonly logRetentionDays?: number | undefined;
  /** @default false */
  readonly tracing?: boolean | undefined;
}

/** What CloudWatch Logs takes. */
const PERIODS = Object.values(RetentionDays).filter((days): days is number => typeof days === 'number' && days < 9_999);

/** @throws Error for a number of days that CloudWatch Logs has no retention of */
export function upkeepOf({ stage = 'prod', logRetentionDays, tracing = false }: UpkeepOptions): Upkeep {
  const keeps = stage === 'prod';
  const days = logRetentionDays ?? (keeps ? 90 : 7);
  if (!PERIODS.includes(days)) {
    throw new Error(`Logs are kept for one of ${PERIODS.toSorted((a, b) => a - b).join(', ')} days, not for ${days}`);
  }
  return {
    stage,
    keeps,
    removalPolicy: keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    logRetention: days,
    tracing,
  };
}
