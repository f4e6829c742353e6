import ipaddr from 'ipaddr.js';
import { ByteReader, concat, equalBytes, u16 } from './bytes.ts';
import { ipText } from './ip-text.ts';
import { PacketError } from './packet-error.ts';

/** STUN messages: RFC 8489, and RFC 3489 without the magic cookie for servers and filters that tell them apart. */

/** The port that STUN and TURN are registered for (RFC 8489 §18.6). */
export const stunPort = 3478;

export const magicCookie = Uint8Array.of(0x21, 0x12, 0xa4, 0x42);

export const messageTypes = {
  bindingRequest: 0x0001,
  bindingSuccess: 0x0101,
  bindingError: 0x0111,
  allocateRequest: 0x0003,
  allocateSuccess: 0x0103,
  allocateError: 0x0113,
} as const;

export const attributeTypes = {
  mappedAddress: 0x0001,
  errorCode: 0x0009,
  realm: 0x0014,
  nonce: 0x0015,
  requestedTransport: 0x0019,
  xorMappedAddress: 0x0020,
  software: 0x8022,
  // TURN (RFC 8656 §18) and what its messages are signed with (RFC 8489 §14)
  username: 0x0006,
  messageIntegrity: 0x0008,
  channelNumber: 0x000c,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  xorRelayedAddress: 0x0016,
  fingerprint: 0x8028,
  // ICE (RFC 8445 §16.1)
  priority: 0x0024,
  useCandidate: 0x0025,
  iceControlling: 0x802a,
} as const;

const headerBytes = 20;
const attributeHeaderBytes = 4;
/** RFC 8489 §14.9 and §14.10 allow at most 763 bytes for REALM and NONCE. */
const textMax = 763;
const attributesMax = 64;

export interface StunEndpoint {
  address: string;
  port: number;
}

export interface StunAttribute {
  type: number;
  value: Uint8Array;
}

export interface StunMessage {
  type: number;
  /** Bytes 4 to 19: cookie and 12 random bytes, or 16 random bytes in RFC 3489. What an answer must repeat. */
  transaction: Uint8Array;
  /** Own address as the server saw it, from XOR-MAPPED-ADDRESS, else MAPPED-ADDRESS. */
  mapped: StunEndpoint | null;
  /** ERROR-CODE, 300 to 699. */
  errorCode: number | null;
  realm: string | null;
  /** Whether a NONCE came, as long-term credentials need (RFC 8489 §9.2). */
  nonce: boolean;
}

/**
 * Transaction of a request: 16 bytes. `modern` puts the magic cookie first (RFC 8489 §5); `classic` is all random
 * (RFC 3489 §11.1), and its first bytes must differ from the cookie by chance or be changed.
 */
export function stunTransaction(style: 'modern' | 'classic', random: Uint8Array): Uint8Array {
  if (random.length !== 16) throw new PacketError('transaction: 16 random bytes needed');
  if (style === 'modern') return concat(magicCookie, random.subarray(4));
  const classic = Uint8Array.from(random);
  if (equalBytes(classic.subarray(0, 4), magicCookie)) classic[0] = 0;
  return classic;
}

/** Header of 20 bytes, then attributes padded to four (RFC 8489 §5, §14). */
export function encodeStun(
  type: number,
  transaction: Uint8Array,
  attributes: readonly StunAttribute[] = [],
): Uint8Array {
  const body = concat(
    ...attributes.map(({ type: kind, value }) =>
      concat(u16(kind), u16(value.length), value, new Uint8Array((4 - (value.length % 4)) % 4)),
    ),
  );
  return concat(u16(type), u16(body.length), transaction, body);
}

/** A Binding request of exactly that many bytes (a multiple of 4, 24 to 783): SOFTWARE, which servers pass over, fills it up. */
export function encodePaddedBinding(transaction: Uint8Array, sizeBytes: number): Uint8Array {
  const filler = new TextEncoder().encode('-'.repeat(sizeBytes - headerBytes - attributeHeaderBytes));
  return encodeStun(messageTypes.bindingRequest, transaction, [{ type: attributeTypes.software, value: filler }]);
}

/**
 * Throws PacketError unless the bytes are exactly one message. Attributes that are not known are skipped; known ones
 * must have their proper length. `padded` false: attributes follow each other without padding, as [MS-TURN] has them.
 */
export function decodeStun(bytes: Uint8Array, padded = true): StunMessage {
  const { type, transaction, attributes } = readMessage(bytes, padded);
  const message: StunMessage = { type, transaction, mapped: null, errorCode: null, realm: null, nonce: false };
  let plain: StunEndpoint | null = null;
  for (const attribute of attributes) {
    if (attribute.type === attributeTypes.mappedAddress) plain ??= readAddress(attribute.value, null);
    else applyAttribute(message, attribute);
  }
  message.mapped ??= plain;
  return message;
}

/** A message and its attributes as they stand in it; `offset`: where an attribute begins, in bytes of the message. */
export interface RawStun {
  type: number;
  transaction: Uint8Array;
  attributes: (StunAttribute & { offset: number })[];
}

/** Throws PacketError unless the bytes are exactly one message; its attributes are not looked into. */
export function readMessage(bytes: Uint8Array, padded = true): RawStun {
  const reader = new ByteReader(bytes);
  const type = reader.u16('message type');
  if ((type & 0xc000) !== 0) throw new PacketError('message type: the first two bits are not zero');
  const length = reader.u16('message length');
  const transaction = reader.take(16, 'transaction');
  if (length !== reader.left) throw new PacketError('message length: does not match');
  const attributes: RawStun['attributes'] = [];
  while (reader.left > 0) {
    if (attributes.length >= attributesMax) throw new PacketError(`attributes: more than ${attributesMax}`);
    const { offset } = reader;
    attributes.push({ ...readAttribute(reader, padded), offset });
  }
  return { type, transaction, attributes };
}

function readAttribute(reader: ByteReader, padded: boolean): StunAttribute {
  const type = reader.u16('attribute type');
  const size = reader.u16('attribute length');
  const value = reader.take(size, 'attribute value');
  // Some servers leave out the padding of the last attribute; the length of the message says so.
  if (padded) reader.take(Math.min((4 - (size % 4)) % 4, reader.left), 'attribute padding');
  return { type, value };
}

function applyAttribute(message: StunMessage, { type, value }: StunAttribute): void {
  switch (type) {
    case attributeTypes.xorMappedAddress:
      message.mapped ??= readAddress(value, message.transaction);
      break;
    case attributeTypes.errorCode:
      message.errorCode ??= readErrorCode(value);
      break;
    case attributeTypes.realm:
      message.realm ??= readText(value, 'REALM');
      break;
    case attributeTypes.nonce:
      if (value.length === 0 || value.length > textMax) throw new PacketError('NONCE: wrong length');
      message.nonce = true;
      break;
  }
}

/** MAPPED-ADDRESS (RFC 8489 §14.1) and, with the transaction, XOR-MAPPED-ADDRESS (§14.2) and TURN's that are like it. */
export function readAddress(value: Uint8Array, mask: Uint8Array | null): StunEndpoint {
  const reader = new ByteReader(value);
  reader.u8('address attribute');
  const family = reader.u8('address family');
  const port = reader.u16('address port') ^ (mask ? 0x2112 : 0);
  const size = family === 1 ? 4 : family === 2 ? 16 : 0;
  if (size === 0 || reader.left !== size) throw new PacketError('address attribute: wrong family or length');
  const bytes = reader.take(size, 'address').map((byte, index) => byte ^ (mask?.[index] ?? 0));
  return { address: ipText(bytes), port };
}

/** The value of XOR-MAPPED-ADDRESS and those like it. Throws where `address` is none. */
export function encodeXorAddress({ address, port }: StunEndpoint, transaction: Uint8Array): Uint8Array {
  const bytes = ipaddr.parse(address).toByteArray();
  const masked = bytes.map((byte, index) => byte ^ (transaction[index] ?? 0));
  return concat([0, bytes.length === 4 ? 1 : 2], u16(port ^ 0x2112), masked);
}

/** RFC 8489 §14.8: class 3 to 6 in three bits, number 0 to 99. */
export function readErrorCode(value: Uint8Array): number {
  const reader = new ByteReader(value);
  reader.u16('ERROR-CODE');
  const hundreds = reader.u8('ERROR-CODE class') & 0x07;
  const rest = reader.u8('ERROR-CODE number');
  if (hundreds < 3 || hundreds > 6 || rest > 99) throw new PacketError('ERROR-CODE: out of range');
  return hundreds * 100 + rest;
}

function readText(value: Uint8Array, field: string): string {
  if (value.length > textMax) throw new PacketError(`${field}: more than ${textMax} bytes`);
  // Old Microsoft relays send binary realms; what cannot be read becomes the replacement character.
  return new TextDecoder('utf-8').decode(value).replace(/^"|"$/g, '');
}
