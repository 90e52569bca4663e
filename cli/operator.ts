import { randomBytes } from 'node:crypto';
import { createAudit } from '../lambdas/core/audit.ts';
import { createOperator, type Operator } from '../lambdas/core/operator.ts';
import type { Call } from './command.ts';

/** What the log says that an operator works with. */
const DEVICE = 'npx latchkey';

/** Whoever runs a command, as the core knows them. */
export function operatorOf({ target, terminal, now }: Call, settle?: number): Operator {
  const clock = { now };
  return createOperator({
    profile: target.profile,
    store: target.store,
    audit: createAudit({ store: target.store, clock, random: randomBytes }),
    clock,
    operator: target.operator,
    device: DEVICE,
    ...(settle !== undefined && { settle }),
    rotate: () => target.keepSigningKeys('rotate'),
    async replace() {
      const outcome = await target.keepSigningKeys('replace');
      await target.forgetSigningKeys(terminal.tell);
      return outcome;
    },
  });
}
