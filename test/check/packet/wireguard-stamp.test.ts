import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStamper, tai64n } from '../../../electron/check/packet/wireguard-stamp.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('tai64n', () => {
  it('writes seconds from the epoch label and nanoseconds, big-endian', () => {
    expect(hex(tai64n(0))).toBe('400000000000000a00000000');
    expect(hex(tai64n(1_700_000_000_123))).toBe('400000006553f10a0754d4c0');
    expect(hex(tai64n(1_700_000_000_123, 5))).toBe('400000006553f10a0754d4c5');
  });
});

describe('a stamper', () => {
  it('only grows, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1e12, max: 1e12 + 50 }), { minLength: 2 }), (clock) => {
        const readings = clock.values();
        const stamp = createStamper(() => readings.next().value ?? 0);
        const stamps = clock.map(() => hex(stamp()));
        expect(stamps).toEqual([...new Set(stamps)].sort());
      }),
    );
  });

  it('is never a millisecond ahead of a clock that runs forward', () => {
    const stamp = createStamper(() => 1e12);
    for (let n = 0; n < 1000; n++) expect(hex(stamp()) < hex(tai64n(1e12 + 1))).toBe(true);
  });
});
