import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNetwork } from '../../lambdas/contract/cidr.ts';
import { isWithin } from '../../lambdas/core/networks.ts';

describe('a network', () => {
  it.each([
    '192.0.2.0/24',
    '192.0.2.7/32',
    '0.0.0.0/0',
    '128.0.0.0/1',
    '2001:db8::/32',
    '2001:DB8:0:0::/33',
    '::1/128',
    '::/0',
    '64:ff9b::192.0.2.0/120',
  ])('is %s', (text) => {
    expect(isNetwork(text)).toBe(true);
  });

  it.each([
    '',
    '192.0.2.0',
    '192.0.2.0/33',
    '192.0.2.0/-1',
    '192.0.2.7/24',
    '10.0.0.1/8',
    '0.0.0.1/0',
    '2001:db8::1/32',
    '2001:db8::/129',
    '::ffff:192.0.2.1/128',
    '::ffff:0:0/96',
    'fe80::1%eth0/128',
    'nonsense/8',
    '192.0.2.0/24 ',
  ])('is not %j', (text) => {
    expect(isNetwork(text)).toBe(false);
  });

  it('holds the address that it is written with, and with any other length it has no bit behind it', () => {
    const networks = fc.oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
      fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
    );
    fc.assert(
      fc.property(networks, ([address, length]) => {
        const text = `${address}/${length}`;
        if (isNetwork(text)) expect(isWithin([text], address)).toBe(true);
        const whole = `${address}/${address.includes(':') ? 128 : 32}`;
        expect(isNetwork(whole)).toBe(
          !/^::ffff:/i.test(new URL(`http://[${address.includes(':') ? address : '::'}]`).hostname.slice(1)),
        );
      }),
    );
  });
});
