import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeNoise, encodeRtp } from '../../../electron/check/packet/rtp.ts';

describe('encodeRtp', () => {
  it('is the header of RFC 3550 §5.1 and the sound behind it', () => {
    const packet = encodeRtp(70, Uint8Array.of(1, 2, 3, 4), Uint8Array.of(0xab, 0xcd));
    // Version 2, payload type 111, sequence 70, 70 times 960 ticks.
    expect(Buffer.from(packet).toString('hex')).toBe('806f0046000106800' + '1020304abcd');
  });
});

describe('encodeNoise', () => {
  it('begins as no packet of a call does (RFC 7983 §7)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (random) => {
        const noise = encodeNoise(random);
        expect(noise[0]).toBeGreaterThanOrEqual(192);
        expect(noise.subarray(1)).toEqual(random.subarray(1));
      }),
    );
  });
});
