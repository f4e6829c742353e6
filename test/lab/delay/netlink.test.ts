import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindMessages, readMessages, verdictMessage } from './netlink.ts';

/** A packet as the kernel hands it over: header, family, then the packet header attribute with its id. */
function packetMessage(id: number): Buffer {
  const message = Buffer.alloc(32);
  message.writeUInt32LE(32, 0);
  message.writeUInt16LE(0x0300, 4);
  message.writeUInt16LE(11, 20);
  message.writeUInt16LE(1, 22);
  message.writeUInt32BE(id, 24);
  return message;
}
function acknowledgement(error: number): Buffer {
  const message = Buffer.alloc(36);
  message.writeUInt32LE(36, 0);
  message.writeUInt16LE(2, 4);
  message.writeInt32LE(error, 16);
  return message;
}

describe('netlink messages', () => {
  it('are read one after the other out of one read', () => {
    const bytes = Buffer.concat([acknowledgement(0), packetMessage(7), packetMessage(8), acknowledgement(-1)]);
    expect(readMessages(bytes)).toEqual([
      { kind: 'acknowledged', error: 0 },
      { kind: 'packet', id: 7 },
      { kind: 'packet', id: 8 },
      { kind: 'acknowledged', error: -1 },
    ]);
  });

  it('carry queue, verdict and packet in network order', () => {
    const message = verdictMessage(5, 0x01020304, 1);
    expect(message.readUInt32LE(0)).toBe(message.length);
    expect(message.toString('hex', 16)).toBe('000000050c0002000000000101020304');
  });

  it('bind a queue with an acknowledgement each', () => {
    for (const message of bindMessages(5, 100)) {
      expect(message.readUInt16LE(6)).toBe(5);
      expect(message.length % 4).toBe(0);
    }
  });

  it('end the reading wherever the bytes end', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readMessages(Buffer.from(bytes))));
  });
});
