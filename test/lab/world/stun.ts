import ipaddr from 'ipaddr.js';
import type { UdpRole } from './plan.ts';

/** The servers' side of STUN (RFC 8489, RFC 3489), TURN (RFC 8656) and [MS-TURN], written apart from the checker's. */

const cookie = 0x2112a442;
const headerBytes = 20;
const bindingRequest = 0x0001;
const allocateRequest = 0x0003;
/** [MS-TURN] §2.2.2.1: first attribute of every request in that dialect. */
const msMagic = Buffer.from('000f000472c64bc6', 'hex');
const unauthorized = Buffer.concat([Buffer.from([0, 0, 4, 1]), Buffer.from('Unauthorized')]);
/** [MS-TURN] numbers NONCE and REALM the other way round than RFC 8489. */
const attributes = {
  mapped: 0x0001,
  errorCode: 0x0009,
  xorMapped: 0x0020,
  rfc8656: { realm: 0x0014, nonce: 0x0015 },
  ms: { realm: 0x0015, nonce: 0x0014 },
} as const;

export interface Asker {
  address: string;
  port: number;
}

/** Answer of a socket that plays these roles; undefined where the real server would be silent. */
export function answerStun(roles: readonly UdpRole[], request: Buffer, asker: Asker): Buffer | undefined {
  if (!isStun(request)) return undefined;
  const type = request.readUInt16BE(0);
  const stun = roles.find((role) => role.kind === 'stun');
  if (type === bindingRequest && stun?.kind === 'stun') return answerBinding(stun, request, asker);
  const turn = roles.find((role) => role.kind === 'turn');
  if (type === allocateRequest && turn?.kind === 'turn') return answerAllocate(turn.realm, turn.dialect, request);
  return undefined;
}

/** Length field right, and room for a header. */
function isStun(message: Buffer): boolean {
  return message.length >= headerBytes && message.readUInt16BE(2) === message.length - headerBytes;
}

function answerBinding(
  role: { mapped: 'xor' | 'classic'; cookieless: boolean },
  request: Buffer,
  asker: Asker,
): Buffer | undefined {
  const modern = request.readUInt32BE(4) === cookie;
  if (!modern && !role.cookieless) return undefined;
  const xor = modern && role.mapped === 'xor';
  const value = addressValue(asker, xor ? request.subarray(4, headerBytes) : Buffer.alloc(16));
  return message(0x0101, request, [attribute(xor ? attributes.xorMapped : attributes.mapped, value)]);
}

/** A relay wants credentials from everybody: 401 with its realm and a nonce. */
export function answerAllocate(realm: string, dialect: 'rfc8656' | 'ms', request: Buffer): Buffer | undefined {
  const speaksMs = request.subarray(headerBytes, headerBytes + msMagic.length).equals(msMagic);
  if (dialect === 'ms' && !speaksMs) return undefined;
  const types = attributes[dialect];
  const parts = [
    ...(dialect === 'ms' ? [msMagic] : []),
    attribute(attributes.errorCode, unauthorized),
    attribute(types.nonce, Buffer.from('5f0c9a1d3b7e2846')),
    attribute(types.realm, Buffer.from(realm)),
  ];
  return message(0x0113, request, parts);
}

/** (XOR-)MAPPED-ADDRESS, RFC 8489 §14.1 and §14.2; the mask is the request's bytes 4 to 19, or zeroes. */
function addressValue({ address, port }: Asker, mask: Buffer): Buffer {
  const parsed = ipaddr.process(address);
  const bytes = Buffer.from(parsed.toByteArray());
  const value = Buffer.alloc(4 + bytes.length);
  value[1] = parsed.kind() === 'ipv4' ? 1 : 2;
  value.writeUInt16BE(port ^ mask.readUInt16BE(0), 2);
  bytes.forEach((byte, index) => (value[4 + index] = byte ^ (mask[index] ?? 0)));
  return value;
}

function attribute(type: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(value.length, 2);
  return Buffer.concat([header, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function message(type: number, request: Buffer, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.from(request.subarray(0, headerBytes));
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(body.length, 2);
  return Buffer.concat([header, body]);
}
