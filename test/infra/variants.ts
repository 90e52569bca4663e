import type { LatchkeyStackProps } from '../../lib/index.ts';

/** The deployments that settings lead to, of which everything has to hold that is said of the stack. */
export const variants = {
  'as it is without settings': {},
  dev: { stage: 'dev' },
  'without a dashboard': { dashboard: false },
  'dev, monitored': { stage: 'dev', monitoring: true },
  'without monitoring': { monitoring: false },
  'with everything': {
    apiDomain: { name: 'api.example.com', certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/api' },
    dashboardDomain: {
      name: 'console.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/console',
    },
    firewall: {},
    capacity: { reads: { min: 5, max: 1_000 }, writes: { min: 25, max: 4_000 } },
    accessLog: true,
    tracing: true,
    alarmEmail: 'oncall@acme.example',
    tags: { team: 'payments' },
    mail: { from: 'keys@acme.example', identity: 'acme.example' },
    smsFrom: 'arn:aws:sms-voice:us-east-1:123456789012:pool/pool-1',
    google: { clientId: 'an-id.apps.googleusercontent.com', clientSecret: 'google-sign-in' },
  },
} as const satisfies Record<string, LatchkeyStackProps>;
