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

/** What a stack does over HTTP, on one machine and deployed. */
export function describeAcceptance(open: () => Promise<Target>): void {
  describeFractalPack(open);
  describeBrowsers(open);
  describeAuthorizer(open);
  describeKeys(open);
  describeKeyTypes(open);
  describeJwtKeys(open);
  describeUserPools(open);
  describeAuth(open);
  describeMembers(open);
  describeLogin(open);
  describeService(open);
  describeUsage(open);
  describeAudit(open);
  describeAttacks(open);
}
