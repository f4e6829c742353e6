import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, u16 } from '../../../electron/check/packet/bytes.ts';
import { decodeDnsResponse, encodeDnsQuery } from '../../../electron/check/packet/dns.ts';
import { PacketError } from '../../../electron/check/packet/packet-error.ts';

const question = encodeDnsQuery(0x1234, 'Web.Example.org', 'A').subarray(12);

/** A response to that question with these answer records and flags. */
function response(records: readonly number[][], flags = 0x8180, id = 0x1234): Uint8Array {
  return concat(u16(id), u16(flags), u16(1), u16(records.length), u16(0), u16(0), question, ...records);
}
const pointer = [0xc0, 12];
const record = (type: number, data: readonly number[], name: readonly number[] = pointer): number[] => [
  ...name,
  ...u16(type),
  ...u16(1),
  ...[0, 0, 0, 60],
  ...u16(data.length),
  ...data,
];

describe('a DNS query', () => {
  it('is RFC 1035 byte for byte: id, recursion desired, one question', () => {
    const bytes = encodeDnsQuery(0xabcd, 'a.bc', 'AAAA');
    expect(Buffer.from(bytes).toString('hex')).toBe(
      'abcd01000001000000000000' + '0161' + '026263' + '00' + '001c' + '0001',
    );
  });

  it.each(['', 'a..b', `${'x'.repeat(64)}.org`, Array(130).fill('a').join('.')])('refuses the name %j', (name) => {
    expect(() => encodeDnsQuery(1, name, 'A')).toThrow(PacketError);
  });
});

describe('a DNS response', () => {
  it('gives addresses and aliases, whatever alias the addresses hang on', () => {
    const alias = record(5, [3, 0x63, 0x64, 0x6e, ...pointer]);
    const decoded = decodeDnsResponse(response([alias, record(1, [93, 184, 216, 34])]));
    expect(decoded).toEqual({
      id: 0x1234,
      rcode: 0,
      truncated: false,
      question: { name: 'web.example.org', type: 1 },
      addresses: ['93.184.216.34'],
      aliases: ['cdn.web.example.org'],
    });
  });

  it('leaves out addresses of a family that was not asked for', () => {
    const v6 = [0x20, 0x01, 0x0d, 0xb8, ...Array<number>(11).fill(0), 1];
    expect(decodeDnsResponse(response([record(28, v6)])).addresses).toEqual([]);
  });

  it.each([
    ['no such name', 0x8183, 3],
    ['server failure', 0x8182, 2],
    ['refused', 0x8185, 5],
  ])('tells %s by its code', (_, flags, rcode) => {
    expect(decodeDnsResponse(response([], flags)).rcode).toBe(rcode);
  });

  it('says when it was cut off, without reading the broken rest', () => {
    expect(decodeDnsResponse(response([[0xff]], 0x8380)).truncated).toBe(true);
  });

  it.each([
    ['a query', response([], 0x0100)],
    ['a name that points at itself', concat(response([]).subarray(0, 6), u16(1), u16(0), u16(0), question, [0xc0, 29])],
    ['a pointer forwards', response([record(1, [1, 2, 3, 4], [0xc0, 60])])],
    ['an address of three bytes', response([record(1, [1, 2, 3])])],
    ['a record longer than the packet', response([[...pointer, ...u16(1), ...u16(1), 0, 0, 0, 1, ...u16(400), 1]])],
    ['a reserved label type', response([record(1, [1, 2, 3, 4], [0x80, 1])])],
    ['more records than there are', concat(response([]).subarray(0, 6), u16(9), u16(0), u16(0), question)],
  ])('is refused when it is %s', (_, bytes) => {
    expect(() => decodeDnsResponse(bytes)).toThrow(PacketError);
  });

  it('made of hostile bytes ends quickly, in an answer or a PacketError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.boolean(), (tail, withHead) => {
        const bytes = withHead ? concat(response([]).subarray(0, 6), u16(100), u16(0), u16(0), tail) : tail;
        try {
          expect(decodeDnsResponse(bytes).addresses.length).toBeLessThanOrEqual(128);
        } catch (error) {
          expect(error).toBeInstanceOf(PacketError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
