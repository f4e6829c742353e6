import { describe, expect, it } from 'vitest';
import { encodeNtpRequest, isNtpAnswer, readNtpTime } from '../../../electron/check/packet/ntp.ts';

const stamp = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const answer = (mode: number, origin: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(48);
  bytes[0] = 0x20 | mode;
  bytes.set(origin, 24);
  return bytes;
};

describe('an NTP exchange', () => {
  it('asks with 48 bytes: version 4, client, its own stamp as transmit time', () => {
    const request = encodeNtpRequest(stamp);
    expect([request.length, request[0], ...request.subarray(40)]).toEqual([48, 0x23, ...stamp]);
  });

  it('knows the answer to its own request', () => {
    expect(isNtpAnswer(answer(4, stamp), stamp)).toBe(true);
  });

  it.each([
    ['a client’s packet', answer(3, stamp)],
    ['an answer to somebody else', answer(4, new Uint8Array(8))],
    ['half a packet', answer(4, stamp).subarray(0, 40)],
  ])('passes over %s', (_, bytes) => {
    expect(isNtpAnswer(bytes, stamp)).toBe(false);
  });

  it.each([
    ['before the count began anew in 2036', 3_973_000_000, '2025-11-24T19:06:40.500Z'],
    ['after it', 100, '2036-02-07T06:29:56.500Z'],
  ])('tells the time %s', (_case, seconds, iso) => {
    const bytes = new Uint8Array(48);
    const view = new DataView(bytes.buffer);
    view.setUint32(40, seconds);
    view.setUint32(44, 2 ** 31);
    expect(new Date(readNtpTime(bytes)).toISOString()).toBe(iso);
  });
});
