import { ByteReader, concat } from './bytes.ts';
import { PacketError } from './packet-error.ts';

/** STUN and TURN over TCP and TLS: messages follow each other without a frame (RFC 8489 §6.2.2, RFC 8656 §12.5). */

/** Above any message that answers ours; a longer one means that the other side speaks something else. */
const largestMessage = 2048;
const stunHeaderBytes = 20;
const channelHeaderBytes = 4;

/**
 * Cuts a stream into messages; ChannelData comes without its padding. Throws PacketError, then and ever after, when the
 * stream cannot be TURN.
 */
export function createTurnUnframer(): { push(chunk: Uint8Array): Uint8Array[] } {
  let pending: Uint8Array = new Uint8Array(0);
  let broken: PacketError | undefined;
  const cut = (): Uint8Array | undefined => {
    if (pending.length < channelHeaderBytes) return undefined;
    const { size, padding } = sizeOf(pending);
    if (size > largestMessage) throw new PacketError('stream: a message far too long for a relay');
    if (pending.length < size + padding) return undefined;
    const message = pending.slice(0, size);
    pending = pending.slice(size + padding);
    return message;
  };
  return {
    push(chunk) {
      if (broken) throw broken;
      pending = concat(pending, chunk);
      const messages: Uint8Array[] = [];
      try {
        for (let message = cut(); message; message = cut()) messages.push(message);
      } catch (error) {
        if (error instanceof PacketError) broken = error;
        throw error;
      }
      return messages;
    },
  };
}

/** By the first two bits (RFC 7983 §7): a STUN message, or ChannelData with its padding. */
function sizeOf(header: Uint8Array): { size: number; padding: number } {
  const reader = new ByteReader(header);
  const first = reader.u16('first two bytes');
  const length = reader.u16('length');
  const bits = first >> 14;
  if (bits === 0 && length % 4 === 0) return { size: stunHeaderBytes + length, padding: 0 };
  if (bits === 1) return { size: channelHeaderBytes + length, padding: (4 - (length % 4)) % 4 };
  throw new PacketError('stream: neither STUN nor ChannelData');
}
