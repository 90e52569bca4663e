import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { IssuerAnswer, IssuerRequest } from '../contract/issuer.ts';
import { metric } from '../contract/metrics.ts';
import type { Log } from '../http/log.ts';
import type { Metrics } from '../http/metrics.ts';
import { answerCloudFormation } from './custom-resource.ts';

/** A schedule's event, an operator's, or CloudFormation's when the stack is deployed. */
type RotationEvent =
  | CloudFormationCustomResourceEvent
  | (Partial<IssuerRequest> & { readonly ResponseURL?: undefined });

export interface SigningKeysDependencies {
  /** @param dueAfter seconds after the last rotation; 90 days without */
  readonly rotate: (dueAfter?: number) => Promise<'rotated' | 'kept'>;
  readonly replace: () => Promise<'replaced'>;
}

/** After a rotation, verifiers may not know the key that is to sign after the next one for so long, in seconds. */
const KNOWN_AFTER = 3_600;

export interface SigningKeysOptions {
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'note'>;
  /** Between attempts, in milliseconds. */
  readonly pause?: number;
}

/**
 * Rotates the issuer's keys when they are due: once a day by a schedule, and once while the stack is deployed, so that
 * there is a key before there is a caller. An operator has them rotated before, or replaced.
 */
export const createSigningKeysHandler =
  ({ rotate, replace }: SigningKeysDependencies, { log, metrics, pause }: SigningKeysOptions) =>
  async (event: RotationEvent): Promise<IssuerAnswer | undefined> => {
    const apply = async (dueAfter?: number) => {
      const done = await rotate(dueAfter);
      metrics.note(metric.rotationChecks);
      return done;
    };
    if (event.ResponseURL !== undefined) {
      // The keys outlive the resource, as the table does.
      const resource = { name: 'signing-keys', apply: () => apply(), remove: async () => {} };
      await answerCloudFormation(event, resource, log, pause);
      return undefined;
    }
    const { operator } = event;
    const outcome = operator === 'replace' ? await replace() : await apply(operator && KNOWN_AFTER);
    log({ level: 'info', message: `Signing keys: ${outcome}` });
    return { outcome };
  };
