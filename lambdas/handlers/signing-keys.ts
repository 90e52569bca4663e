import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Log } from '../http/log.ts';

/** A schedule's event, or CloudFormation's when the stack is deployed. */
type RotationEvent = CloudFormationCustomResourceEvent | { readonly ResponseURL?: undefined };

/**
 * Rotates the issuer's keys when they are due: once a day by a schedule, and once while the stack is deployed, so that
 * there is a key before there is a caller. CloudFormation waits for an answer at the address that it names.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export const createSigningKeysHandler =
  (rotate: () => Promise<'rotated' | 'kept'>, log: Log) =>
  async (event: RotationEvent): Promise<void> => {
    if (event.ResponseURL === undefined) {
      log({ level: 'info', message: `Signing keys: ${await rotate()}` });
      return;
    }
    const { RequestType, StackId, RequestId, LogicalResourceId, ResponseURL } = event;
    let failure: unknown;
    // The keys outlive the resource, as the table does.
    if (RequestType !== 'Delete') await rotate().catch((error: unknown) => (failure = error));
    if (failure) log({ level: 'error', message: 'The signing keys could not be made', error: failure });
    const answer = {
      Status: failure ? 'FAILED' : 'SUCCESS',
      ...(failure !== undefined && { Reason: 'The signing keys could not be made; see the log of this function' }),
      PhysicalResourceId: 'signing-keys',
      StackId,
      RequestId,
      LogicalResourceId,
    };
    const { ok, status } = await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
    if (!ok) throw new Error(`CloudFormation took the answer with status ${status}`);
  };
