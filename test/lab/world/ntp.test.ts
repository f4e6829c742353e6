import { describe, expect, it } from 'vitest';
import { answerNtp } from './ntp.ts';

describe('answerNtp', () => {
  const request = Buffer.alloc(48);
  request[0] = 0x23; // version 4, client
  request.writeUInt32BE(0xdeadbeef, 40);

  it("answers with the time and the asker's own stamp", () => {
    const answer = answerNtp(request, new Date('2026-11-24T12:00:00.500Z'));
    expect(answer?.[0]).toBe(0x24);
    expect(answer?.readUInt32BE(24)).toBe(0xdeadbeef);
    // RFC 5905 §6: seconds since 1900, and a binary fraction.
    expect(answer?.readUInt32BE(40)).toBe(Date.UTC(2026, 10, 24, 12) / 1000 + 2_208_988_800);
    expect(answer?.readUInt32BE(44)).toBe(2 ** 31);
  });

  it('is silent to anything else', () => {
    expect(answerNtp(Buffer.alloc(48), new Date())).toBeUndefined();
    expect(answerNtp(request.subarray(0, 47), new Date())).toBeUndefined();
  });
});
