import { concatBytes } from '@noble/hashes/utils.js';

/** OpenVPN over TCP: every packet behind its length, 2 bytes big-endian (openvpn-rfc, "TCP"). */

/** Above any control packet; a longer one means that the other side does not speak OpenVPN. */
const largestPacket = 2048;

export function frame(packet: Uint8Array): Uint8Array {
  const length = new Uint8Array(2);
  new DataView(length.buffer).setUint16(0, packet.length);
  return concatBytes(length, packet);
}

/**
 * Cuts a stream into packets. `push` gives the packets that are complete now, or undefined, then and ever after, when the
 * stream cannot be OpenVPN: an HTTP server answers something else, and its letters would be read as a huge length.
 */
export function createUnframer(): { push(chunk: Uint8Array): Uint8Array[] | undefined } {
  let pending: Uint8Array = new Uint8Array(0);
  let broken = false;
  return {
    push(chunk) {
      if (broken) return undefined;
      pending = concatBytes(pending, chunk);
      const packets: Uint8Array[] = [];
      while (pending.length >= 2) {
        const length = new DataView(pending.buffer, pending.byteOffset).getUint16(0);
        broken = length === 0 || length > largestPacket;
        if (broken) return undefined;
        if (pending.length < 2 + length) break;
        packets.push(pending.slice(2, 2 + length));
        pending = pending.slice(2 + length);
      }
      return packets;
    },
  };
}
