import { createOrganizationStore } from '../adapters/dynamodb/organization-store.ts';
import { createOrganizations } from '../core/organizations.ts';
import { createOrganizationHandler } from '../handlers/organization.ts';
import { openTable } from './open-table.ts';
import { clock, handlerOptions, profile, random } from './settings.ts';

const organizations = createOrganizations({ profile, clock, random, store: createOrganizationStore(openTable()) });

export const handler = createOrganizationHandler(organizations, handlerOptions);
