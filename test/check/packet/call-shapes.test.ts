import { describe, expect, it } from 'vitest';
import { encodeDtlsHello, encodeIceAnswer, encodeIceCheck } from '../../../electron/check/packet/call-shapes.ts';
import { isSignedWith, shortTermKey } from '../../../electron/check/packet/stun-integrity.ts';
import { decodeStun, readMessage, stunTransaction } from '../../../electron/check/packet/stun.ts';

const transaction = stunTransaction('modern', new Uint8Array(16).fill(7));
const credentials = { username: 'abcd:efgh', password: 'a'.repeat(24) };
const key = shortTermKey(credentials.password);

describe('a connectivity check', () => {
  it('is what ICE has: names, role, priority, signature, fingerprint', () => {
    const check = encodeIceCheck(transaction, credentials, new Uint8Array(8).fill(1));
    const { type, attributes } = readMessage(check);
    expect(type).toBe(0x0001);
    expect(attributes.map((each) => each.type)).toEqual([0x0006, 0x802a, 0x0025, 0x0024, 0x0008, 0x8028]);
    expect(isSignedWith(check, key)).toBe(true);
  });

  it('is answered with the address it came from', () => {
    const seen = { address: '198.51.100.4', port: 49161 };
    const answer = encodeIceAnswer(transaction, credentials, seen);
    expect(decodeStun(answer)).toMatchObject({ type: 0x0101, transaction, mapped: seen });
    expect(isSignedWith(answer, key)).toBe(true);
  });
});

describe('the first message of DTLS', () => {
  it('has lengths that fit each other, from the record to the extensions', () => {
    const hello = Buffer.from(encodeDtlsHello(new Uint8Array(32).fill(9)));
    expect(hello.subarray(0, 3).toString('hex')).toBe('16feff');
    expect(hello.readUInt16BE(11)).toBe(hello.length - 13);
    expect(hello.readUInt8(13)).toBe(1);
    expect(hello.readUIntBE(14, 3)).toBe(hello.length - 25);
    expect(hello.readUIntBE(22, 3)).toBe(hello.length - 25);
    const suitesAt = 25 + 2 + 32 + 2;
    const extensionsAt = suitesAt + 2 + hello.readUInt16BE(suitesAt) + 2;
    expect(hello.readUInt16BE(extensionsAt)).toBe(hello.length - extensionsAt - 2);
  });
});
