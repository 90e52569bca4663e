import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Log } from '../http/log.ts';

/** Permissions that were just given may not have taken effect yet. In milliseconds. */
const PAUSE = 10_000;
const ATTEMPTS = 6;

/** Characters of a reason: CloudFormation takes an answer of 4 KB. */
const REASON = 1_000;

/** What a resource of CloudFormation's is made by. */
export interface CustomResource {
  readonly name: string;
  /** When it is created, and when it changes. */
  readonly apply: () => Promise<unknown>;
  /** When it is deleted. */
  readonly remove: () => Promise<unknown>;
}

/**
 * Does what CloudFormation asks for, in some attempts, and answers at the address that it waits at.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export async function answerCloudFormation(
  event: CloudFormationCustomResourceEvent,
  { name, apply, remove }: CustomResource,
  log: Log,
  pause = PAUSE,
): Promise<void> {
  const { RequestType, StackId, RequestId, LogicalResourceId, ResponseURL } = event;
  const run = RequestType === 'Delete' ? remove : apply;
  let failure: unknown;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (failure) await sleep(pause);
    failure = await run().then(
      () => undefined,
      (error: unknown) => error ?? new Error('unknown'),
    );
    if (!failure) break;
  }
  const what = `The ${name.replaceAll('-', ' ')} could not be ${RequestType === 'Delete' ? 'removed' : 'made'}`;
  if (failure) log({ level: 'error', message: what, error: failure });
  const answer = {
    Status: failure ? 'FAILED' : 'SUCCESS',
    ...(failure !== undefined && { Reason: `${what}. ${describe(failure)}`.slice(0, REASON) }),
    PhysicalResourceId: name,
    StackId,
    RequestId,
    LogicalResourceId,
  };
  // As bytes, which fetch sends without a Content-Type: the address is signed for a request that has none.
  const body = Buffer.from(JSON.stringify(answer));
  const { ok, status } = await fetch(ResponseURL, { method: 'PUT', body });
  if (!ok) throw new Error(`CloudFormation took the answer with status ${status}`);
}

/** For whoever deploys: what failed, and what that was caused by. */
const describe = (error: unknown): string =>
  error instanceof Error ? [error.message, error.cause && describe(error.cause)].filter(Boolean).join(' ') : '';
