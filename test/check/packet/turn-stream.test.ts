import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../../../electron/check/packet/bytes.ts';
import { PacketError } from '../../../electron/check/packet/packet-error.ts';
import { encodePaddedBinding, stunTransaction } from '../../../electron/check/packet/stun.ts';
import { encodeChannelData } from '../../../electron/check/packet/turn-session.ts';
import { createTurnUnframer } from '../../../electron/check/packet/turn-stream.ts';

const transaction = stunTransaction('modern', new Uint8Array(16).fill(7));
const message = fc.oneof(
  fc.integer({ min: 6, max: 60 }).map((words) => {
    const bytes = encodePaddedBinding(transaction, words * 4);
    return { sent: bytes, read: bytes };
  }),
  fc.uint8Array({ maxLength: 150 }).map((data) => ({
    sent: encodeChannelData(0x4001, data, true),
    read: encodeChannelData(0x4001, data, false),
  })),
);

describe('a stream from a relay', () => {
  it('is cut into its messages, wherever the network has cut it', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), fc.integer({ min: 1, max: 80 }), (messages, step) => {
        const stream = concat(...messages.map(({ sent }) => sent));
        const unframer = createTurnUnframer();
        const read: Uint8Array[] = [];
        for (let at = 0; at < stream.length; at += step) read.push(...unframer.push(stream.subarray(at, at + step)));
        expect(read).toEqual(messages.map((each) => each.read));
      }),
    );
  });

  it.each([
    ['an HTTP answer', Buffer.from('HTTP/1.1 400 Bad Request\r\n')],
    ['a STUN length that no message has', Uint8Array.of(1, 1, 0, 3, 0x21, 0x12, 0xa4, 0x42)],
    ['a message longer than any', Uint8Array.of(0x40, 1, 0xff, 0xff)],
    ['TLS', Uint8Array.of(0x80, 3, 1, 0, 5)],
  ])('is given up at %s, for good', (_what, bytes) => {
    const unframer = createTurnUnframer();
    expect(() => unframer.push(bytes)).toThrow(PacketError);
    expect(() => unframer.push(encodeChannelData(0x4001, Uint8Array.of(1), true))).toThrow(PacketError);
  });
});
