import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { metric } from '../contract/metrics.ts';
import type { Log } from '../http/log.ts';
import type { Metrics } from '../http/metrics.ts';
import { answerCloudFormation } from './custom-resource.ts';

/** A schedule's event, or CloudFormation's when the stack is deployed. */
type RotationEvent = CloudFormationCustomResourceEvent | { readonly ResponseURL?: undefined };

export interface SigningKeysOptions {
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'note'>;
  /** Between attempts, in milliseconds. */
  readonly pause?: number;
}

/**
 * Rotates the issuer's keys when they are due: once a day by a schedule, and once while the stack is deployed, so that
 * there is a key before there is a caller.
 */
export const createSigningKeysHandler =
  (rotate: () => Promise<'rotated' | 'kept'>, { log, metrics, pause }: SigningKeysOptions) =>
  async (event: RotationEvent): Promise<void> => {
    const apply = async () => {
      const done = await rotate();
      metrics.note(metric.rotationChecks);
      return done;
    };
    if (event.ResponseURL === undefined) {
      log({ level: 'info', message: `Signing keys: ${await apply()}` });
      return;
    }
    // The keys outlive the resource, as the table does.
    const resource = { name: 'signing-keys', apply, remove: async () => {} };
    await answerCloudFormation(event, resource, log, pause);
  };
