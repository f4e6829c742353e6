import { describe, expect, it } from 'vitest';
import { ipText } from '../../../electron/check/packet/ip-text.ts';
import { PacketError } from '../../../electron/check/packet/packet-error.ts';

const v6 = (text: string): string => ipText(Uint8Array.from(Buffer.from(text, 'hex')));

describe('the text of an address', () => {
  it.each([
    ['20010db8000000000000000000000001', '2001:db8::1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['00000000000000000000000000000000', '::'],
    ['00010000000000000000000000000000', '1::'],
    ['20010000000000010000000000000001', '2001:0:0:1::1'],
  ])('of %s is %s (RFC 5952)', (bytes, text) => {
    expect(v6(bytes)).toBe(text);
  });

  it('of other sizes does not exist', () => {
    expect(() => ipText(new Uint8Array(5))).toThrow(PacketError);
  });
});
