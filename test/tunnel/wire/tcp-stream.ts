import type { Packet } from '../../lab/capture/packet.ts';
import type { Framing } from './framing.ts';

export type TcpPacket = Extract<Packet, { protocol: 'tcp' }>;
export interface Fault {
  packet: Packet;
  reason: string;
}

const lengthBytes = 2;
const mostMessageBytes = 1600;

/**
 * Reads one side of a TCP connection as OpenVPN writes it: each packet behind its length in two bytes (openvpn(8),
 * `--proto`). Bytes that were sent twice must be the same both times. The last packet may be cut off by the capture's end.
 */
export function streamFaults(segments: readonly TcpPacket[], framing: Framing): Fault[] {
  const opening = segments.find(({ flags }) => flags.syn);
  if (!opening) return segments.map((packet) => ({ packet, reason: 'it belongs to no connection that was opened' }));
  const faults: Fault[] = [];
  const offset = ({ sequence }: TcpPacket): number => (sequence - opening.sequence - 1) >>> 0;
  const ordered = segments.filter(({ payload }) => payload.length > 0).sort((a, b) => offset(a) - offset(b));
  let stream = Buffer.alloc(0);
  let read = 0;
  for (const packet of ordered) {
    const at = offset(packet);
    const again = stream.subarray(at, at + packet.payload.length);
    if (at > stream.length) return [...faults, { packet, reason: 'bytes before it are missing' }];
    if (!again.equals(packet.payload.subarray(0, again.length))) {
      faults.push({ packet, reason: 'it says something else than what was sent before in its place' });
      continue;
    }
    stream = Buffer.concat([stream, packet.payload.subarray(again.length)]);
    while (stream.length >= read + lengthBytes) {
      const length = stream.readUInt16BE(read);
      const message = stream.subarray(read + lengthBytes, read + lengthBytes + length);
      const whole = message.length === length;
      if (!whole && length <= mostMessageBytes) break;
      const reason = whole ? framing.fault(message) : `it announces an OpenVPN packet of ${length} bytes`;
      // Behind such a message nothing can be read any more.
      if (reason !== undefined) return [...faults, { packet, reason }];
      read += lengthBytes + length;
    }
  }
  return faults;
}
