import { concatBytes } from '@noble/hashes/utils.js';
import { equalBytes } from '@noble/ciphers/utils.js';
import { unwrap, wrap, type Wrapping } from './openvpn-wrap.ts';

/**
 * The first packet of an OpenVPN session and the server's answer to it: enough to know that the server is there and has
 * our tls-auth or tls-crypt key, without certificate, password or session (openvpn-rfc, "Hard reset"). Big-endian.
 */

export const sessionIdSize = 8;

const hardResetClientV2 = 7;
const hardResetServerV2 = 8;
const hardResetClientV3 = 10;
const maxAcks = 8;
/** The first replay id of a tls-crypt-v2 client; the high byte tells the server that we can resend WKc. */
const replayIdV2 = 0x0f000001;

export interface ResetInput {
  wrapping: Wrapping;
  /** 8 fresh random bytes; come back in the answer. */
  sessionId: Uint8Array;
  /** For the replay protection of tls-auth and tls-crypt. */
  unixMs: number;
}

export interface Reset {
  /** A datagram; over TCP it goes into a frame first. */
  bytes: Uint8Array;
  /** True when this packet is the server's answer to this reset. */
  answeredBy: (packet: Uint8Array) => boolean;
}

export function createReset({ wrapping, sessionId, unixMs }: ResetInput): Reset {
  const opcode = wrapping.kind === 'tls-crypt-v2' ? hardResetClientV3 : hardResetClientV2;
  const header = concatBytes(Uint8Array.of(opcode << 3), sessionId);
  const nothingAcknowledgedPacket0 = new Uint8Array(5);
  const replay = { id: wrapping.kind === 'tls-crypt-v2' ? replayIdV2 : 1, timeS: Math.floor(unixMs / 1000) };
  return {
    bytes: wrap(wrapping, header, nothingAcknowledgedPacket0, replay),
    answeredBy: (packet) => isAnswer(wrapping, sessionId, packet),
  };
}

/**
 * The rest of an answer: count of acknowledgements 1, the packet ids 4 each, our session id 8, own packet id 4. It has to
 * acknowledge our packet 0. What follows (2.6 asks for WKc again there) is not looked at.
 */
function isAnswer(wrapping: Wrapping, sessionId: Uint8Array, packet: Uint8Array): boolean {
  if (packet[0] !== hardResetServerV2 << 3) return false;
  const rest = unwrap(wrapping, packet)?.rest;
  const acks = rest?.[0];
  if (rest === undefined || acks === undefined || acks < 1 || acks > maxAcks) return false;
  const sessionAt = 1 + 4 * acks;
  if (rest.length < sessionAt + sessionIdSize + 4) return false;
  const view = new DataView(rest.buffer, rest.byteOffset, rest.byteLength);
  const acknowledged = Array.from({ length: acks }, (_, at) => view.getUint32(1 + 4 * at));
  return acknowledged.includes(0) && equalBytes(rest.subarray(sessionAt, sessionAt + sessionIdSize), sessionId);
}
