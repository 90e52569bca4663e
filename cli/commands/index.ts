import type { Command } from '../command.ts';
import { exportAudit } from './audit.ts';
import { replaceIssuer, rotateIssuer } from './issuer.ts';
import { findKey, listKeys, revokeKey, showKey } from './keys.ts';
import { listOrganizations, revokeOrganization, unlockOrganization } from './organizations.ts';
import { status } from './status.ts';

export const commands: readonly Command[] = [
  status,
  listOrganizations,
  revokeOrganization,
  unlockOrganization,
  listKeys,
  showKey,
  findKey,
  revokeKey,
  exportAudit,
  rotateIssuer,
  replaceIssuer,
];
