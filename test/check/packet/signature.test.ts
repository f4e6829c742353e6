import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketError } from '../../../electron/check/packet/packet-error.ts';
import { encodeShape, readShapeAnswer, type Shape } from '../../../electron/check/packet/signature.ts';
import { decodeStun, encodeStun, messageTypes } from '../../../electron/check/packet/stun.ts';
import { shapes } from '../signature/shipped.ts';

const server = { address: '198.51.100.7', port: 3478 };
/** Bytes of 5, so that a packet can be compared as a whole. */
const fives = { server, random: (size: number): Uint8Array => new Uint8Array(size).fill(5) };
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const cookieAndFives = `2112a442${'05'.repeat(12)}`;
const find = (id: string): Shape => {
  const found = shapes.flatMap(({ exact, variant }) => [exact, ...(variant ? [variant] : [])]).find((s) => s.id === id);
  if (!found) throw new Error(`There is no shape ${id}.`);
  return found;
};
const encode = (id: string): string => hexOf(encodeShape(find(id), fives));

describe('the shapes, byte for byte as in the captures', () => {
  it("WhatsApp's Allocate: token, the relay's own address, integrity; 212 bytes", () => {
    // 198.51.100.7:3478 under the cookie (RFC 8489 §14.2)
    const relay = '0016000800012c84e721c045';
    const packet = encode('wa-allocate');
    expect(packet).toBe(`000300c0${cookieAndFives}40000096${'05'.repeat(150)}0000${relay}00080014${'05'.repeat(20)}`);
    expect(packet.length / 2).toBe(212);
  });

  it("Microsoft's Allocate; 68 bytes", () => {
    expect(encode('ms-allocate')).toBe(
      `00030030${cookieAndFives}000f000472c64bc6803700040000000280080004000000068006000400000001001000` +
        '0400002ee08055000400020002',
    );
  });

  it("Microsoft's Binding has optional attributes only; 44 bytes", () => {
    expect(encode('ms-binding')).toBe(`00010018${cookieAndFives}807000040000000780550004000200028008000400000006`);
  });

  it('an Allocate with credentials has its fields in the order of the capture', () => {
    const packet = encodeShape(find('telegram-allocate'), fives);
    const user = Buffer.from('1555555555:ffff').toString('hex');
    const nonce = Buffer.from('5555555555555555').toString('hex');
    const realm = Buffer.from('telegram.org').toString('hex');
    expect(hexOf(packet).slice(40)).toBe(
      `0019000411000000` + `0006000f${user}00` + `0014000c${realm}` + `00150010${nonce}` + `00080014${'05'.repeat(20)}`,
    );
  });

  it('a Binding with a realm carries nothing else', () => {
    const realm = Buffer.from('viber.com').toString('hex');
    expect(encode('viber-binding')).toBe(`00010010${cookieAndFives}00140009${realm}000000`);
  });

  it("Google's Binding; 28 bytes", () => {
    expect(encode('google-binding')).toBe(`00010008${cookieAndFives}ff03000400000001`);
  });
});

const anyShape = fc.constantFrom(...shapes.flatMap(({ exact, variant }) => [exact, ...(variant ? [variant] : [])]));
const anyContext = fc
  .record({ address: fc.ipV4(), port: fc.integer({ min: 1, max: 65535 }), seed: fc.uint8Array({ minLength: 1 }) })
  .map(({ address, port, seed }) => ({
    server: { address, port },
    random: (size: number) => Uint8Array.from({ length: size }, (_, index) => seed[index % seed.length] ?? 0),
  }));

describe('every shape, whatever chance gives', () => {
  it('is one well-formed request, padded to four bytes, which no neutral server may drop (RFC 8489 §6.3, §14)', () => {
    fc.assert(
      fc.property(anyShape, anyContext, (shape, context) => {
        const packet = encodeShape(shape, context);
        const { type } = decodeStun(packet);
        expect(packet.length % 4).toBe(0);
        expect(type).toBe(shape.message === 'binding' ? messageTypes.bindingRequest : messageTypes.allocateRequest);
        expect(packet.length).toBeLessThanOrEqual(500);
      }),
    );
  });

  it('an IPv6 server is refused: the shapes are known over IPv4 only', () => {
    expect(() => encodeShape(find('wa-allocate'), { ...fives, server: { address: '2001:db8::1', port: 1 } })).toThrow(
      PacketError,
    );
  });
});

describe('an answer', () => {
  const request = encodeShape(find('wa-allocate'), fives);
  const transaction = request.subarray(4, 20);
  const error = (code: number): Uint8Array =>
    encodeStun(messageTypes.allocateError, transaction, [
      { type: 0x0009, value: Uint8Array.of(0, 0, Math.floor(code / 100), code % 100) },
    ]);

  it.each([400, 401, 420, 437, 438])('with error %i means that the request has arrived', (code) => {
    expect(readShapeAnswer(error(code), request)).toEqual({ code });
  });

  it('with success does as well', () => {
    expect(readShapeAnswer(encodeStun(messageTypes.allocateSuccess, transaction), request)).toEqual({ code: null });
  });

  it('to another request, of another method, or the request itself, is none', () => {
    const other = Uint8Array.from(transaction, (byte, index) => (index === 15 ? byte ^ 1 : byte));
    expect(readShapeAnswer(encodeStun(messageTypes.allocateError, other), request)).toBeUndefined();
    expect(readShapeAnswer(encodeStun(messageTypes.bindingSuccess, transaction), request)).toBeUndefined();
    expect(readShapeAnswer(request, request)).toBeUndefined();
  });

  it('is never read from what a stranger makes up', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readShapeAnswer(bytes, request)).toBeUndefined();
      }),
    );
  });
});
