import type { Framing } from './framing.ts';

/** Sizes of the messages (WireGuard whitepaper §5.4.2, §5.4.3, §5.4.7): type, three zero bytes, then fixed fields. */
const initiationBytes = 148;
const responseBytes = 92;
const cookieBytes = 64;
/** Type 4 (§5.4.6): header and tag around content that is padded to 16 bytes, but never beyond the MTU. */
const leastDataBytes = 32;

/** `mtu` of the client's device, the largest content. */
export function wireGuardFraming(mtu: number): Framing {
  /** Numbers that the server gave its sessions: data has to name one of them. */
  const sessions = new Set<number>();
  const named = (payload: Buffer, at: number): string | undefined =>
    sessions.has(payload.readUInt32LE(at)) ? undefined : 'it names a session that the server never opened';
  return {
    hear(payload) {
      const type = messageType(payload);
      if ((type === 1 && payload.length === initiationBytes) || (type === 2 && payload.length === responseBytes)) {
        sessions.add(payload.readUInt32LE(4));
      }
    },
    fault(payload) {
      const { length } = payload;
      switch (messageType(payload)) {
        case 1:
          return length === initiationBytes ? undefined : `a WireGuard initiation of ${length} bytes`;
        case 2:
          return length === responseBytes ? named(payload, 8) : `a WireGuard response of ${length} bytes`;
        case 3:
          return length === cookieBytes ? named(payload, 4) : `a WireGuard cookie of ${length} bytes`;
        case 4:
          return isDataSize(length, mtu) ? named(payload, 4) : `WireGuard data of ${length} bytes`;
        default:
          return 'it is no WireGuard message';
      }
    },
  };
}

/** Undefined for what begins like no message. */
function messageType(payload: Buffer): number | undefined {
  if (payload.length < leastDataBytes) return undefined;
  const type = payload.readUInt32LE(0);
  return type >= 1 && type <= 4 ? type : undefined;
}

function isDataSize(length: number, mtu: number): boolean {
  const most = mtu + leastDataBytes;
  return length === most || (length < most && length % 16 === 0);
}
