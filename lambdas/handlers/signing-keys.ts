import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Log } from '../http/log.ts';
import { answerCloudFormation } from './custom-resource.ts';

/** A schedule's event, or CloudFormation's when the stack is deployed. */
type RotationEvent = CloudFormationCustomResourceEvent | { readonly ResponseURL?: undefined };

/**
 * Rotates the issuer's keys when they are due: once a day by a schedule, and once while the stack is deployed, so that
 * there is a key before there is a caller.
 */
export const createSigningKeysHandler =
  (rotate: () => Promise<'rotated' | 'kept'>, log: Log, pause?: number) =>
  async (event: RotationEvent): Promise<void> => {
    if (event.ResponseURL === undefined) {
      log({ level: 'info', message: `Signing keys: ${await rotate()}` });
      return;
    }
    // The keys outlive the resource, as the table does.
    const resource = { name: 'signing-keys', apply: rotate, remove: async () => {} };
    await answerCloudFormation(event, resource, log, pause);
  };
