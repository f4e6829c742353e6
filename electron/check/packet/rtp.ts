import { ByteReader, concat, u16 } from './bytes.ts';

/** Packets as calls send them: RTP (RFC 3550 §5.1) with Opus at 50 a second, and none that anybody would take for it. */

export const rtpHeaderBytes = 12;
/** Version 2, no padding, no extension, no sources. */
const version2 = 0x80;
/** Dynamic payload type that browsers give Opus. */
const opus = 111;
/** Opus counts at 48 kHz (RFC 7587 §4.1), and a packet holds 20 ms. */
const ticksPerPacket = 960;

/** One sound packet. `source`: the stream's SSRC, 4 bytes; `sound`: what a listener would decrypt and decode. */
export function encodeRtp(sequence: number, source: Uint8Array, sound: Uint8Array): Uint8Array {
  const ticks = sequence * ticksPerPacket;
  return concat([version2, opus], u16(sequence), u16(ticks >>> 16), u16(ticks), source, sound);
}

/** Number and source of a sound packet of ours; undefined for what is none. */
export function readRtp(bytes: Uint8Array): { sequence: number; source: Uint8Array } | undefined {
  if (bytes.length < rtpHeaderBytes || bytes[0] !== version2 || bytes[1] !== opus) return undefined;
  const reader = new ByteReader(bytes.subarray(2));
  const sequence = reader.u16('sequence');
  reader.u32('timestamp');
  return { sequence, source: reader.take(4, 'source') };
}

/** Bytes whose first two bits belong to no protocol of calls (RFC 7983 §7 sorts by the first byte; 192 and up are free). */
export function encodeNoise(random: Uint8Array): Uint8Array {
  const noise = Uint8Array.from(random);
  noise[0] = (noise[0] ?? 0) | 0xc0;
  return noise;
}
