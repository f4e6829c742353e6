import { decodeStun, encodeStun, messageTypes } from '../../electron/check/packet/stun.ts';

/** What a STUN server says to a datagram; undefined to what is no Binding. */
export function answerBinding(bytes: Uint8Array): Uint8Array | undefined {
  try {
    const { type, transaction } = decodeStun(bytes);
    return type === messageTypes.bindingRequest ? encodeStun(messageTypes.bindingSuccess, transaction) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the first two bits say RTP (RFC 3550 §5.1), as a filter would look. */
export const isSound = (bytes: Uint8Array): boolean => (bytes[0] ?? 0) >> 6 === 2;
