import { fractalpack, type LatchkeyStackProps } from '../lib/index.ts';
import { findProfile } from '../lib/profiles/index.ts';

/** `-c name=value`, or what `cdk.json` has under `context`; undefined where neither has it. */
export type ReadContext = (name: string) => unknown;

/**
 * What is said at `cdk deploy`, as the stack's properties.
 * @throws Error that names the setting and what it may be
 */
export async function readSettings(read: ReadContext): Promise<LatchkeyStackProps> {
  const context = (name: string): string | undefined => {
    const value = read(name);
    if (value !== undefined && value !== null && typeof value === 'object')
      throw new Error(`-c ${name} is one value, not ${JSON.stringify(value)}`);
    return value === undefined || value === null || value === '' ? undefined : String(value);
  };
  const flag = (name: string, value: string | undefined): boolean | undefined => {
    if (value !== undefined && value !== 'true' && value !== 'false')
      throw new Error(`-c ${name} is true or false, not ${value}`);
    return value === undefined ? undefined : value === 'true';
  };
  const profile = context('profile');
  const stage = choice('stage', context('stage'), ['prod', 'dev']);
  const google = both('Sign-in with Google', {
    googleClientId: context('googleClientId'),
    googleClientSecret: context('googleClientSecret'),
  });
  const dashboardDomain = both('A name for the dashboard', {
    dashboardDomain: context('dashboardDomain'),
    dashboardCertificate: context('dashboardCertificate'),
  });
  const apiDomain = both('A name for the API', {
    apiDomain: context('apiDomain'),
    apiCertificate: context('apiCertificate'),
  });
  const [mailFrom, mailIdentity] = [context('mailFrom'), context('mailIdentity')];
  if (mailIdentity !== undefined && mailFrom === undefined) throw new Error('-c mailIdentity takes -c mailFrom too');
  return present({
    stage,
    profile: profile === undefined ? fractalpack : await findProfile(profile),
    callbackUrls: context('callbackUrls')?.split(','),
    domainPrefix: context('domainPrefix'),
    loginPages: choice('loginPages', context('loginPages'), ['managed', 'classic']),
    issuer: context('issuer'),
    mail: mailFrom === undefined ? undefined : present({ from: mailFrom, identity: mailIdentity }),
    smsFrom: context('smsFrom'),
    google: google && { clientId: google.googleClientId, clientSecret: google.googleClientSecret },
    dashboard: flag('dashboard', context('dashboard')),
    dashboardDomain: dashboardDomain && {
      name: dashboardDomain.dashboardDomain,
      certificateArn: dashboardDomain.dashboardCertificate,
    },
    apiDomain: apiDomain && { name: apiDomain.apiDomain, certificateArn: apiDomain.apiCertificate },
    firewall: firewallOf(context('waf')),
    capacity: capacityOf(context('capacity'), context('reads'), context('writes')),
    logRetentionDays: numberOf('logRetentionDays', context('logRetentionDays')),
    accessLog: flag('accessLog', context('accessLog')),
    tracing: flag('tracing', context('tracing')),
    monitoring: flag('monitoring', context('monitoring')),
    alarmEmail: context('alarmEmail'),
    tags: tagsOf(context('tags')),
  });
}

/** `true`, or the limit of one address. */
function firewallOf(value: string | undefined): LatchkeyStackProps['firewall'] {
  if (value === undefined || value === 'false') return undefined;
  return value === 'true' ? {} : present({ requestsPerMinute: numberOf('waf', value) });
}

function capacityOf(
  kind: string | undefined,
  reads: string | undefined,
  writes: string | undefined,
): LatchkeyStackProps['capacity'] {
  const provisioned = choice('capacity', kind, ['on-demand', 'provisioned']) === 'provisioned';
  if (!provisioned && (reads ?? writes) !== undefined)
    throw new Error('-c reads and -c writes take -c capacity=provisioned');
  return provisioned
    ? { reads: rangeOf('reads', reads ?? '5-1000'), writes: rangeOf('writes', writes ?? '25-4000') }
    : undefined;
}

function rangeOf(name: string, text: string): { readonly min: number; readonly max: number } {
  const [, min, max] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  if (min === undefined || max === undefined) throw new Error(`-c ${name} is a range such as 25-4000, not ${text}`);
  return { min: Number(min), max: Number(max) };
}

function tagsOf(text: string | undefined): Record<string, string> | undefined {
  if (text === undefined) return undefined;
  const pairs = text.split(',').map((pair) => pair.split('='));
  if (pairs.some((pair) => pair.length !== 2 || !pair[0]))
    throw new Error(`-c tags are pairs such as team=payments,cost-center=42, not ${text}`);
  return Object.fromEntries(pairs);
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d+$/.test(text)) throw new Error(`-c ${name} is a number, not ${text}`);
  return text === undefined ? undefined : Number(text);
}

function choice<T extends string>(name: string, text: string | undefined, values: readonly T[]): T | undefined {
  const chosen = values.find((value) => value === text);
  if (text !== undefined && chosen === undefined) throw new Error(`-c ${name} is ${values.join(' or ')}, not ${text}`);
  return chosen;
}

/** Two settings that mean nothing without each other. */
function both<N extends string>(what: string, pair: Record<N, string | undefined>): Record<N, string> | undefined {
  const values = Object.values(pair);
  if (values.every((value) => value === undefined)) return undefined;
  if (values.every((value) => value !== undefined)) return pair as Record<N, string>;
  throw new Error(`${what} takes both -c ${Object.keys(pair).join(' and -c ')}`);
}

/** Without what was not said: an absent property is not an undefined one. */
function present<T extends object>(properties: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as never;
}
