import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../electron/profile/address.ts';
import { collapse, isWithin, subtract } from '../../../electron/profile/split/prefixes.ts';

const reserved = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

describe('prefixes', () => {
  it.each([
    ['two halves are the whole', ['10.0.0.0/9', '10.128.0.0/9'], ['10.0.0.0/8']],
    ['neighbours that are no halves stay two', ['10.0.1.0/24', '10.0.2.0/24'], ['10.0.1.0/24', '10.0.2.0/24']],
    ['what lies inside disappears', ['10.0.0.0/8', '10.1.2.3/32', '10.0.0.0/8'], ['10.0.0.0/8']],
    ['quarters grow together step by step', ['0.0.0.0/2', '128.0.0.0/1', '64.0.0.0/2'], ['0.0.0.0/0']],
    ['families stay apart', ['::/1', '8000::/1', '1.2.3.4'], ['1.2.3.4/32', '::/0']],
  ])('%s', (_claim, prefixes, expected) => {
    expect(collapse(prefixes)).toEqual(expected);
  });

  it('make lists as long as others have counted', () => {
    expect(subtract(['0.0.0.0/0'], reserved)).toHaveLength(31);
    expect(subtract(['0.0.0.0/0'], ['203.0.113.3/32'])).toHaveLength(32);
    expect(subtract(['0.0.0.0/0'], ['192.168.1.0/24'])).toHaveLength(24);
    expect(subtract(['::/0'], ['fc00::/7', 'fe80::/10', 'ff00::/8'])).toHaveLength(8);
  });

  it('know what lies in them', () => {
    expect(isWithin('10.1.0.0/16', reserved)).toBe(true);
    expect(isWithin('10.0.0.0/7', reserved)).toBe(false);
    expect(isWithin('8.0.0.0/6', ['8.0.0.0/7', '10.0.0.0/7'])).toBe(true);
  });
});

// A small part of the space, so that random prefixes meet each other often.
const prefix4 = fc
  .tuple(fc.nat({ max: 255 }), fc.integer({ min: 22, max: 32 }))
  .map(([last, bits]) => parseNetwork(`192.0.2.${last}/${bits}`) ?? '');
const prefix6 = fc
  .tuple(fc.nat({ max: 255 }), fc.integer({ min: 118, max: 128 }))
  .map(([last, bits]) => parseNetwork(`2001:db8::${last.toString(16)}/${bits}`) ?? '');
const prefixes = fc.array(fc.oneof(prefix4, prefix6), { maxLength: 8 });
const addresses = Array.from({ length: 256 }, (_, index) => [`192.0.2.${index}`, `2001:db8::${index.toString(16)}`]);

/** Node's own idea of what a list of prefixes holds. */
function holds(list: readonly string[]): (address: string) => boolean {
  const blocks = new BlockList();
  const family = (text: string): 'ipv4' | 'ipv6' => (text.includes(':') ? 'ipv6' : 'ipv4');
  for (const prefix of list) {
    const [address = '', bits] = prefix.split('/');
    blocks.addSubnet(address, Number(bits), family(address));
  }
  return (address) => blocks.check(address, family(address));
}

describe('for any prefixes', () => {
  it('a collapsed list holds the same addresses, and cannot be shorter', () => {
    fc.assert(
      fc.property(prefixes, (list) => {
        const short = collapse(list);
        const [before, after] = [holds(list), holds(short)];
        for (const address of addresses.flat()) expect(after(address)).toBe(before(address));
        expect(collapse(short)).toEqual(short);
        expect(short.map(parseNetwork)).toEqual(short);
        expect(short.length).toBeLessThanOrEqual(new Set(list).size);
      }),
      { numRuns: 20 },
    );
  });

  it('a difference holds what is in the one and not in the other', () => {
    fc.assert(
      fc.property(prefixes, prefixes, (from, without) => {
        const [one, other, left] = [holds(from), holds(without), holds(subtract(from, without))];
        for (const address of addresses.flat()) expect(left(address)).toBe(one(address) && !other(address));
      }),
      { numRuns: 20 },
    );
  });
});
