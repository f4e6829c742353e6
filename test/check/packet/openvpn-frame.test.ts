import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUnframer, frame } from '../../../electron/check/packet/openvpn-frame.ts';

const packets = fc.array(fc.uint8Array({ minLength: 1, maxLength: 2048 }), { maxLength: 5 });

describe('the frames of a stream', () => {
  it('come out as they went in, wherever the stream is cut', () => {
    fc.assert(
      fc.property(packets, fc.integer({ min: 1, max: 700 }), (sent, chunkSize) => {
        const stream = Buffer.concat(sent.map(frame));
        const unframer = createUnframer();
        const received: Uint8Array[] = [];
        for (let at = 0; at < stream.length; at += chunkSize)
          received.push(...(unframer.push(stream.subarray(at, at + chunkSize)) ?? []));
        expect(received.map((packet) => Buffer.from(packet))).toEqual(sent.map((packet) => Buffer.from(packet)));
      }),
    );
  });

  it('end for good where the length is zero or longer than any packet', () => {
    for (const start of [Uint8Array.of(0, 0), Buffer.from('HTTP/1.1 400 Bad Request'), Uint8Array.of(8, 1)]) {
      const unframer = createUnframer();
      expect(unframer.push(start)).toBeUndefined();
      expect(unframer.push(frame(Uint8Array.of(1)))).toBeUndefined();
    }
  });
});
