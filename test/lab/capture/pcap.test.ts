import { describe, expect, it } from 'vitest';
import { readPcap } from './pcap.ts';

function pcap(magic: number, frames: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(magic, 0);
  head.writeUInt32LE(1, 20);
  const records = frames.map((frame, index) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(1000 + index, 0);
    record.writeUInt32LE(500_000, 4);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    return Buffer.concat([record, frame]);
  });
  return Buffer.concat([head, ...records]);
}

describe('readPcap', () => {
  it('reads frames and their times in microseconds and in nanoseconds', () => {
    const frames = [Buffer.from('aa', 'hex'), Buffer.from('bbcc', 'hex')];
    const micro = readPcap(pcap(0xa1b2c3d4, frames));
    expect(micro.linkType).toBe(1);
    expect(micro.frames.map(({ bytes }) => bytes.toString('hex'))).toEqual(['aa', 'bbcc']);
    expect(micro.frames.map(({ timeMs }) => timeMs)).toEqual([1_000_500, 1_001_500]);
    expect(readPcap(pcap(0xa1b23c4d, frames)).frames[0]?.timeMs).toBe(1_000_000.5);
  });

  it('refuses a file that is cut anywhere but between two packets', () => {
    const whole = pcap(0xa1b2c3d4, [Buffer.alloc(10), Buffer.alloc(10)]);
    const between = [24, 50, 76];
    for (let length = 0; length < whole.length; length++) {
      const read = (): unknown => readPcap(whole.subarray(0, length));
      if (between.includes(length)) expect(read).not.toThrow();
      else expect(read, `cut at ${length}`).toThrow(/capture file is broken/);
    }
  });

  it('refuses what is no pcap file', () => {
    expect(() => readPcap(Buffer.alloc(100))).toThrow(expect.objectContaining({ code: 'capture-broken' }));
  });
});
