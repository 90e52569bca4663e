import { simulateLeases } from './lease-simulation.ts';
import { type Table, thousands } from './table.ts';

const LIMITS = { perMinute: 120_000, perHour: 10_000_000 };
const RATE = 2_000;

/** A key of 2,000 requests a second, asked for just that: what its leases save, and what they cost. */
export async function benchLeases(): Promise<readonly Table[]> {
  const rows = [];
  for (const containers of [10, 20, 50, 100, 200]) {
    const common = { containers, requestsPerSecond: RATE, limits: LIMITS, skew: 2_000, seed: containers };
    const { requests, writes, granted, byWindow } = await simulateLeases({ ...common, seconds: 120 });
    const over = [...byWindow].filter(([name, count]) => name.startsWith('m') && count > LIMITS.perMinute).length;
    const { lastGrantAfterRevocation } = await simulateLeases({ ...common, seconds: 6, revokedAt: 3_000 });
    rows.push([
      containers,
      (writes / requests).toFixed(3),
      `${((granted / requests) * 100).toFixed(1)} %`,
      over,
      thousands(lastGrantAfterRevocation),
    ]);
  }
  return [
    {
      title: `Leases: simulated containers, clocks wrong by up to 2 s, ${thousands(RATE)} requests/s on a limit of as many, 2 minutes`,
      columns: [
        'containers',
        'writes per request',
        'granted',
        'minutes over the limit',
        'last grant after a revocation, ms',
      ],
      rows,
    },
  ];
}
