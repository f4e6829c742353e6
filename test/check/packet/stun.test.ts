import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, u16 } from '../../../electron/check/packet/bytes.ts';
import { PacketError } from '../../../electron/check/packet/packet-error.ts';
import {
  decodeStun,
  encodePaddedBinding,
  encodeStun,
  magicCookie,
  messageTypes,
  stunTransaction,
} from '../../../electron/check/packet/stun.ts';

const random = Uint8Array.from({ length: 16 }, (_, index) => index + 100);
const transaction = stunTransaction('modern', random);
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));

describe('a STUN request', () => {
  it('without attributes is the 20-byte header of RFC 8489 §5', () => {
    const bytes = encodeStun(messageTypes.bindingRequest, transaction);
    expect(Buffer.from(bytes).toString('hex')).toBe(
      `0001000021 12a442${Buffer.from(random.subarray(4)).toString('hex')}`.replace(' ', ''),
    );
  });

  it('in the classic style never carries the magic cookie', () => {
    const unlucky = concat(magicCookie, random.subarray(4));
    expect(stunTransaction('classic', unlucky).subarray(0, 4)).not.toEqual(magicCookie);
    expect(stunTransaction('classic', random)).toEqual(random);
  });

  it('pads attributes to four bytes and counts the padding (RFC 8489 §14)', () => {
    const bytes = encodeStun(1, transaction, [{ type: 0x8022, value: Uint8Array.of(1, 2, 3, 4, 5) }]);
    expect(bytes.length).toBe(20 + 4 + 8);
    expect([...bytes.subarray(2, 4)]).toEqual([0, 12]);
  });
});

describe('a padded Binding', () => {
  it('is one message of the size asked for, that any server answers', () => {
    const bytes = encodePaddedBinding(transaction, 120);
    expect(bytes.length).toBe(120);
    expect(decodeStun(bytes)).toMatchObject({ type: messageTypes.bindingRequest, transaction });
  });
});

describe('a STUN response', () => {
  it('of RFC 5769 §2.2 gives the mapped IPv4 address', () => {
    const sample = hex(`0101003c 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220
      00200008 0001a147e112a643 00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96`);
    expect(decodeStun(sample)).toMatchObject({ type: 0x0101, mapped: { address: '192.0.2.1', port: 32853 } });
  });

  it('of RFC 5769 §2.3 gives the mapped IPv6 address', () => {
    const sample = hex(`01010048 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220
      00200014 0002a147 0113a9faa5d3f179bc25f4b5bed2b9d9 00080014 a382954e4be67bf11784c97c8292c275bfe3ed41
      80280004 c8fb0b4c`);
    expect(decodeStun(sample).mapped).toEqual({ address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32853 });
  });

  it('takes the plain MAPPED-ADDRESS of an RFC 3489 server when there is no other', () => {
    const bytes = encodeStun(messageTypes.bindingSuccess, random, [
      { type: 0x0001, value: Uint8Array.of(0, 1, 0x1f, 0x90, 198, 51, 100, 7) },
    ]);
    expect(decodeStun(bytes).mapped).toEqual({ address: '198.51.100.7', port: 8080 });
  });

  it('reads error code, realm and nonce of a refused Allocate', () => {
    const bytes = encodeStun(messageTypes.allocateError, transaction, [
      { type: 0x0009, value: Uint8Array.of(0, 0, 4, 1, 85) },
      { type: 0x0014, value: new TextEncoder().encode('telegram.org') },
      { type: 0x0015, value: Uint8Array.of(1) },
    ]);
    expect(decodeStun(bytes)).toMatchObject({ errorCode: 401, realm: 'telegram.org', nonce: true });
  });

  it.each([
    ['a length that does not match', concat(u16(0x0101), u16(4), transaction)],
    ['trailing bytes', concat(encodeStun(0x0101, transaction), [0])],
    ['first bits that are not zero', concat(u16(0x8101), u16(0), transaction)],
    [
      'an address of an unknown family',
      encodeStun(0x0101, transaction, [{ type: 0x20, value: Uint8Array.of(0, 3, 1, 1, 1, 1, 1, 1) }]),
    ],
    ['an error code of class 9', encodeStun(0x0111, transaction, [{ type: 9, value: Uint8Array.of(0, 0, 1, 0) }])],
    ['an attribute longer than the message', concat(u16(0x0101), u16(4), transaction, u16(0x20), u16(99))],
  ])('is refused with %s', (_, bytes) => {
    expect(() => decodeStun(bytes)).toThrow(PacketError);
  });

  it('made of hostile bytes ends in a message or a PacketError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (tail, padded) => {
        const bytes = concat(u16(0x0101), u16(tail.length), transaction, tail);
        try {
          expect(decodeStun(bytes, padded).type).toBe(0x0101);
        } catch (error) {
          expect(error).toBeInstanceOf(PacketError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('gives back whatever attributes were written, for any sizes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (realm) => {
        const value = new TextEncoder().encode(realm);
        const bytes = encodeStun(0x0113, transaction, [
          { type: 0x8022, value },
          { type: 0x0014, value },
        ]);
        expect(decodeStun(bytes).realm).toBe(new TextDecoder().decode(value).replace(/^"|"$/g, ''));
      }),
    );
  });
});
