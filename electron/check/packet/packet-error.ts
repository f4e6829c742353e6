/** Bytes from a stranger that are not what they claim to be. The message names the place, never the bytes. */
export class PacketError extends Error {
  override readonly name = 'PacketError';
}
