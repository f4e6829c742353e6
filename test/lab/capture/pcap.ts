import { LabError } from '../system/lab-error.ts';

/** A pcap file (classic format, microsecond or nanosecond stamps): its link type and its frames. */
export interface PcapFile {
  /** 1: Ethernet. 101 and 12: raw IP. */
  linkType: number;
  frames: { /** Milliseconds since 1970. */ timeMs: number; bytes: Buffer }[];
}

const globalHeaderBytes = 24;
const recordHeaderBytes = 16;
const nanosecondMagic = 0xa1b23c4d;
const microsecondMagic = 0xa1b2c3d4;

/** Throws LabError `capture-broken` when the file is not whole: half a capture must not count as one. */
export function readPcap(bytes: Buffer): PcapFile {
  if (bytes.length < globalHeaderBytes) throw broken('it has no header');
  const magic = bytes.readUInt32LE(0);
  if (magic !== microsecondMagic && magic !== nanosecondMagic) throw broken('it is not a pcap file of this machine');
  const ticksPerMs = magic === nanosecondMagic ? 1e6 : 1e3;
  const frames: PcapFile['frames'] = [];
  let at = globalHeaderBytes;
  while (at < bytes.length) {
    const start = at + recordHeaderBytes;
    if (start > bytes.length) throw broken('it ends inside a record');
    const captured = bytes.readUInt32LE(at + 8);
    if (start + captured > bytes.length) throw broken('it ends inside a packet');
    const timeMs = bytes.readUInt32LE(at) * 1000 + bytes.readUInt32LE(at + 4) / ticksPerMs;
    frames.push({ timeMs, bytes: bytes.subarray(start, start + captured) });
    at = start + captured;
  }
  return { linkType: bytes.readUInt32LE(20) & 0xffff, frames };
}

const broken = (why: string): LabError => new LabError('capture-broken', `A capture file is broken: ${why}.`);
