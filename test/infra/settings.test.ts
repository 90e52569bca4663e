import { describe, expect, it } from 'vitest';
import { readSettings } from '../../bin/settings.ts';
import { fabraix, fractalpack } from '../../lib/profiles/index.ts';

const read = (context: Record<string, unknown>) => readSettings((name) => context[name]);

describe('the settings of a deployment', () => {
  it('are none without any', async () => {
    expect(await read({})).toEqual({ profile: fractalpack });
  });

  it.each<[Record<string, unknown>, object]>([
    [{ stage: 'dev' }, { stage: 'dev' }],
    [{ profile: 'fabraix' }, { profile: fabraix }],
    [
      { callbackUrls: 'https://a.example/x,https://b.example' },
      { callbackUrls: ['https://a.example/x', 'https://b.example'] },
    ],
    [{ mailFrom: 'keys@acme.example' }, { mail: { from: 'keys@acme.example' } }],
    [
      { mailFrom: 'keys@acme.example', mailIdentity: 'acme.example' },
      { mail: { from: 'keys@acme.example', identity: 'acme.example' } },
    ],
    [{ googleClientId: 'id', googleClientSecret: 'name' }, { google: { clientId: 'id', clientSecret: 'name' } }],
    [
      { apiDomain: 'api.acme.example', apiCertificate: 'arn' },
      { apiDomain: { name: 'api.acme.example', certificateArn: 'arn' } },
    ],
    [
      { dashboardDomain: 'acme.example', dashboardCertificate: 'arn' },
      { dashboardDomain: { name: 'acme.example', certificateArn: 'arn' } },
    ],
    [{ dashboard: 'false' }, { dashboard: false }],
    [{ waf: 'true' }, { firewall: {} }],
    [{ waf: 'false' }, {}],
    [{ waf: '3000' }, { firewall: { requestsPerMinute: 3_000 } }],
    [{ capacity: 'on-demand' }, {}],
    [{ capacity: 'provisioned' }, { capacity: { reads: { min: 5, max: 1_000 }, writes: { min: 25, max: 4_000 } } }],
    [
      { capacity: 'provisioned', reads: '10-20', writes: '100-40000' },
      { capacity: { reads: { min: 10, max: 20 }, writes: { min: 100, max: 40_000 } } },
    ],
    [{ logRetentionDays: '30' }, { logRetentionDays: 30 }],
    [
      { accessLog: 'true', tracing: 'false' },
      { accessLog: true, tracing: false },
    ],
    [{ tags: 'team=payments,cost-center=42' }, { tags: { team: 'payments', 'cost-center': '42' } }],
    // As cdk.json may have them.
    [
      { accessLog: true, logRetentionDays: 14, dashboard: false },
      { accessLog: true, logRetentionDays: 14, dashboard: false },
    ],
    [{ stage: '', mailFrom: null }, {}],
  ])('%j', async (context, settings) => {
    expect(await read(context)).toEqual({ profile: fractalpack, ...settings });
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ stage: 'staging' }, /-c stage is prod or dev, not staging/],
    [{ profile: 'acme' }, /no profile acme; there are fractalpack/],
    [{ loginPages: 'own' }, /-c loginPages is managed or classic/],
    [{ dashboard: 'no' }, /-c dashboard is true or false, not no/],
    [{ googleClientId: 'id' }, /both -c googleClientId and -c googleClientSecret/],
    [{ apiDomain: 'api.acme.example' }, /both -c apiDomain and -c apiCertificate/],
    [{ dashboardCertificate: 'arn' }, /both -c dashboardDomain and -c dashboardCertificate/],
    [{ mailIdentity: 'acme.example' }, /takes -c mailFrom/],
    [{ waf: 'yes' }, /-c waf is a number, not yes/],
    [{ capacity: 'huge' }, /-c capacity is on-demand or provisioned/],
    [{ writes: '25-100' }, /take -c capacity=provisioned/],
    [{ capacity: 'provisioned', writes: '25' }, /-c writes is a range such as 25-4000, not 25/],
    [{ logRetentionDays: '1.5' }, /-c logRetentionDays is a number/],
    [{ tags: 'team' }, /-c tags are pairs/],
    [{ tags: { team: 'payments' } }, /-c tags is one value/],
  ])('%j is refused', async (context, reason) => {
    await expect(read(context)).rejects.toThrow(reason);
  });
});
