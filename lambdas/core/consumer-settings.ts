import type { ConsumerSettings } from './consumer-ports.ts';
import type { Clock, OrganizationRecord, OrganizationStore } from './ports.ts';
import { Recent } from './recent.ts';

/** What an organization has set for its consumers, and what it is called. */
export type SettingsOf = (organizationId: string) => Promise<ConsumerSettings & Pick<OrganizationRecord, 'name'>>;

/** For how long settings are believed without asking, in milliseconds: a session costs one write and nothing else. */
const KNOWN_FOR = 60_000;
const REMEMBERED = 1_000;

export function createSettings(store: Pick<OrganizationStore, 'getOrganization'>, clock: Clock): SettingsOf {
  const known = new Recent<string, { settings: Awaited<ReturnType<SettingsOf>>; until: number }>(REMEMBERED);

  return async (organizationId) => {
    const seen = known.get(organizationId);
    if (seen && seen.until > clock.now()) return seen.settings;
    const { name = '', consumers } = (await store.getOrganization(organizationId)) ?? {};
    const settings = { ...consumers, name };
    known.set(organizationId, { settings, until: clock.now() + KNOWN_FOR });
    return settings;
  };
}
