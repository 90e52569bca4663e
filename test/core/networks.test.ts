import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areWithin, isWithin, networkOf } from '../../lambdas/core/networks.ts';

describe('an address', () => {
  it.each([
    [['192.0.2.0/24'], '192.0.2.0'],
    [['192.0.2.0/24'], '192.0.2.255'],
    [['192.0.2.77/24'], '192.0.2.1'],
    [['10.0.0.0/8', '2001:db8::/32'], '2001:db8:ffff::1'],
    [['0.0.0.0/0'], '203.0.113.9'],
    [['192.0.2.1/32'], '192.0.2.1'],
    [['192.0.2.0/24'], '::ffff:192.0.2.9'],
  ])('is in %j: %s', (cidrs, address) => {
    expect(isWithin(cidrs, address)).toBe(true);
  });

  it.each([
    [['::/0'], '192.0.2.1'],
    [['::ffff:10.0.0.0/96'], '8.8.8.8'],
    [['::ffff:a00:0/8'], '8.8.8.8'],
    [['192.0.2.0/24'], '192.0.1.255'],
    [['192.0.2.0/24'], '192.0.3.0'],
    [['192.0.2.1/32'], '192.0.2.2'],
    [['0.0.0.0/0'], '2001:db8::1'],
    [['::/0'], 'nonsense'],
    [['192.0.2.0/24'], undefined],
    [['192.0.2.0/24'], ''],
    [['192.0.2.0/24'], '192.0.2.1, 10.0.0.1'],
    [[], '192.0.2.1'],
    [['nonsense'], '192.0.2.1'],
    [['192.0.2.0/33'], '192.0.2.1'],
    [['192.0.2.0'], '192.0.2.0'],
  ])('is not in %j: %s', (cidrs, address) => {
    expect(isWithin(cidrs as string[], address)).toBe(false);
  });

  it('is in no network at all, whatever either text is, without failing', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (cidrs, address) => {
        expect(isWithin(cidrs, address)).toBe(false);
      }),
    );
  });
});

describe('a network', () => {
  it('lies in another when every address of it does', () => {
    expect(areWithin(['10.0.0.0/8'], ['10.1.0.0/16', '10.0.0.0/8'])).toBe(true);
    expect(areWithin(['10.0.0.0/8'], ['10.1.0.0/16', '11.0.0.0/16'])).toBe(false);
    expect(areWithin(['10.0.0.0/8'], ['10.0.0.0/7'])).toBe(false);
    expect(areWithin(['10.0.0.0/8'], ['0.0.0.0/0'])).toBe(false);
    expect(areWithin(['2001:db8::/32'], ['2001:db8:1::/48'])).toBe(true);
    expect(areWithin(['0.0.0.0/0'], ['2001:db8::/32'])).toBe(false);
    for (const mapped of ['::ffff:10.0.0.0/96', '::ffff:a00:0/32', '0:0:0:0:0:ffff:a00:0/96', '::/0']) {
      expect(areWithin(['10.0.0.0/8'], [mapped])).toBe(false);
    }
  });

  it('of which some address is outside lies in none', () => {
    const lengths = fc.integer({ min: 0, max: 32 });
    fc.assert(
      fc.property(fc.ipV4(), lengths, fc.ipV4(), lengths, (outer, outerLength, inner, innerLength) => {
        if (!areWithin([`${outer}/${outerLength}`], [`${inner}/${innerLength}`])) return;
        expect(innerLength).toBeGreaterThanOrEqual(outerLength);
        expect(isWithin([`${outer}/${outerLength}`], inner)).toBe(true);
      }),
    );
  });
});

describe('the network that an address is counted under', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0042::', '2001:db8:0:42::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.33', '64:ff9b:0:0::/64'],
    ['', undefined],
    ['192.0.2.1, 10.0.0.1', undefined],
    ['nonsense', undefined],
  ])('%s: %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is the same for every way to write an address, and holds it', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV6(), (one, other) => {
        const [network = '', second] = [networkOf(one), networkOf(other)];
        fc.pre(network.includes(':'));
        expect(networkOf(new URL(`http://[${one}]`).hostname.slice(1, -1))).toBe(network);
        expect(isWithin([network], one)).toBe(true);
        if (second !== network) expect(isWithin([network], other)).toBe(false);
      }),
    );
  });
});
