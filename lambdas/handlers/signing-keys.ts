import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Log } from '../http/log.ts';

/** A schedule's event, or CloudFormation's when the stack is deployed. */
type RotationEvent = CloudFormationCustomResourceEvent | { readonly ResponseURL?: undefined };

/** Permissions that were just given may not have taken effect yet. In milliseconds. */
const PAUSE = 10_000;
const ATTEMPTS = 6;

/**
 * Rotates the issuer's keys when they are due: once a day by a schedule, and once while the stack is deployed, so that
 * there is a key before there is a caller. CloudFormation waits for an answer at the address that it names.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export const createSigningKeysHandler =
  (rotate: () => Promise<'rotated' | 'kept'>, log: Log, pause = PAUSE) =>
  async (event: RotationEvent): Promise<void> => {
    if (event.ResponseURL === undefined) {
      log({ level: 'info', message: `Signing keys: ${await rotate()}` });
      return;
    }
    const { RequestType, StackId, RequestId, LogicalResourceId, ResponseURL } = event;
    let failure: unknown;
    // The keys outlive the resource, as the table does.
    for (let attempt = 1; RequestType !== 'Delete' && attempt <= ATTEMPTS; attempt++) {
      if (failure) await sleep(pause);
      failure = await rotate().then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!failure) break;
    }
    if (failure) log({ level: 'error', message: 'The signing keys could not be made', error: failure });
    const answer = {
      Status: failure ? 'FAILED' : 'SUCCESS',
      ...(failure !== undefined && { Reason: `The signing keys could not be made. ${describe(failure)}` }),
      PhysicalResourceId: 'signing-keys',
      StackId,
      RequestId,
      LogicalResourceId,
    };
    // As bytes, which fetch sends without a Content-Type: the address is signed for a request that has none.
    const body = Buffer.from(JSON.stringify(answer));
    const { ok, status } = await fetch(ResponseURL, { method: 'PUT', body });
    if (!ok) throw new Error(`CloudFormation took the answer with status ${status}`);
  };

/** For whoever deploys: what failed, and what that was caused by. */
const describe = (error: unknown): string =>
  error instanceof Error ? [error.message, error.cause && describe(error.cause)].filter(Boolean).join(' ') : '';
