import { describeAttacks } from './attacks.ts';
import { describeAudit } from './audit.ts';
import { describeAuth } from './auth.ts';
import { describeAuthorizer } from './authorizer.ts';
import { describeBrowsers } from './browsers.ts';
import { describeFractalPack } from './fractalpack.ts';
import { describeJwtKeys } from './jwt-keys.ts';
import { describeKeyTypes } from './key-types.ts';
import { describeKeys } from './keys.ts';
import { describeLogin } from './login.ts';
import { describeMembers } from './members.ts';
import { describeService } from './service.ts';
import type { Target } from './target.ts';
import { describeUsage } from './usage.ts';
import { describeUserPools } from './user-pools.ts';

/** What a stack does over HTTP, on one machine and deployed: each apart from the others. */
export const ACCEPTANCE: readonly ((open: () => Promise<Target>) => void)[] = [
  describeFractalPack,
  describeBrowsers,
  describeAuthorizer,
  describeKeys,
  describeKeyTypes,
  describeJwtKeys,
  describeUserPools,
  describeAuth,
  describeMembers,
  describeLogin,
  describeService,
  describeUsage,
  describeAudit,
  describeAttacks,
];

export function describeAcceptance(open: () => Promise<Target>): void {
  for (const describePart of ACCEPTANCE) describePart(open);
}
