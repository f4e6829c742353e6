import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeSigned,
  isSignedWith,
  longTermKey,
  shortTermKey,
  withFingerprint,
} from '../../../electron/check/packet/stun-integrity.ts';
import { attributeTypes, messageTypes } from '../../../electron/check/packet/stun.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** RFC 5769 §2.1: a connectivity check, padded with blanks. */
const request = hex(`
  00010058 2112a442 b7e7a701 bc34d686 fa87dfae
  80220010 5354554e 20746573 7420636c 69656e74
  00240004 6e0001ff 80290008 932ff9b1 51263b36
  00060009 6576746a 3a683676 59202020
  00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2
  80280004 e57a3bcf`);
/** RFC 5769 §2.4: long-term credentials. */
const longTerm = hex(`
  00010060 2112a442 78ad3433 c6ad72c0 29da412e
  00060012 e3839ee3 8388e383 aae38383 e382afe3 82b90000
  0015001c 662f2f34 39396b39 35346436 4f4c3334 6f4c3946 53547679 36347341
  0014000b 6578616d 706c652e 6f726700
  00080014 f6702465 6dd64a3e 02b8e071 2e85c9a2 8ca89666`);

const key = longTermKey('マトリックス', utf8('example.org'), 'TheMatrIX');

describe('a signed message', () => {
  it('is the one of RFC 5769 for an account', () => {
    const attributes = [
      { type: attributeTypes.username, value: utf8('マトリックス') },
      { type: attributeTypes.nonce, value: utf8('f//499k954d6OL34oL9FSTvy64sA') },
      { type: attributeTypes.realm, value: utf8('example.org') },
    ];
    expect(encodeSigned(messageTypes.bindingRequest, longTerm.subarray(4, 20), attributes, key)).toEqual(longTerm);
    expect(isSignedWith(longTerm, key)).toBe(true);
  });

  it('is known by its password, also with a fingerprint behind it', () => {
    expect(isSignedWith(request, shortTermKey('VOkJxbRl1RmTxUk/WvJxBt'))).toBe(true);
    expect(isSignedWith(request, shortTermKey('another'))).toBe(false);
  });

  it('whose bytes were changed is not', () => {
    fc.assert(
      fc.property(fc.nat({ max: 99 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        // Behind byte 3: a wrong length is no message at all.
        const index = 4 + (at % 88);
        const changed = Uint8Array.from(longTerm);
        changed[index] = (changed[index] ?? 0) ^ change;
        try {
          expect(isSignedWith(changed, key)).toBe(false);
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'PacketError') throw error;
        }
      }),
    );
  });

  it('without a signature is signed by nobody', () => {
    expect(isSignedWith(hex('0001000021 12a442 000102030405060708090a0b'), key)).toBe(false);
  });
});

it('a fingerprint is the one of RFC 5769', () => {
  const before = Uint8Array.from(request.subarray(0, request.length - 8));
  before.set([0, 0x50], 2);
  expect(withFingerprint(before)).toEqual(request);
});
