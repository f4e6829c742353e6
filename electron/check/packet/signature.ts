import { concat, equalBytes, u16 } from './bytes.ts';
import { PacketError } from './packet-error.ts';
import { decodeStun, encodeStun, magicCookie, messageTypes, stunTransaction, type StunMessage } from './stun.ts';

/**
 * Requests that look like the first packets of one service's calls, and yet are STUN or TURN by the book (RFC 8489, RFC
 * 8656), so that any server of the kind answers them. What they look like is data: resources/signatures/shapes.json.
 */
export interface Shape {
  id: string;
  message: 'allocate' | 'binding';
  /** In the order in which they are sent: a filter may look at fixed places. */
  attributes: readonly ShapeAttribute[];
}

/** `type`: four hex digits. The rest says what the value is made of. */
export type ShapeAttribute = { type: string } & (
  | { hex: string }
  | { text: string }
  /** So many bytes by chance: tokens and MESSAGE-INTEGRITY, which no stranger could make right. */
  | { random: number }
  /** `server`: the server's own address, as relays are named (XOR-RELAYED-ADDRESS). `username`, `nonce`: invented. */
  | { fill: 'server' | 'username' | 'nonce' }
);

export interface ShapeContext {
  /** IPv4. */
  server: { address: string; port: number };
  random: (size: number) => Uint8Array;
}

const requestTypes = { allocate: messageTypes.allocateRequest, binding: messageTypes.bindingRequest } as const;
/** RFC 8489 §5: class bits of a success and of an error response. */
const responseBits = [0x0100, 0x0110];

/** The request, with a transaction of its own. */
export function encodeShape({ message, attributes }: Shape, context: ShapeContext): Uint8Array {
  const transaction = stunTransaction('modern', context.random(16));
  return encodeStun(
    requestTypes[message],
    transaction,
    attributes.map((attribute) => ({ type: parseInt(attribute.type, 16), value: valueOf(attribute, context) })),
  );
}

function valueOf(attribute: ShapeAttribute, context: ShapeContext): Uint8Array {
  if ('hex' in attribute) return Uint8Array.from(Buffer.from(attribute.hex, 'hex'));
  if ('text' in attribute) return new TextEncoder().encode(attribute.text);
  if ('random' in attribute) return context.random(attribute.random);
  switch (attribute.fill) {
    case 'server':
      return xorAddress(context.server);
    case 'username':
      return new TextEncoder().encode(
        `1${pick(context.random(9), '0123456789')}:${pick(context.random(4), 'abcdefghijklmnopqrstuvwxyz')}`,
      );
    case 'nonce':
      return new TextEncoder().encode(pick(context.random(16), '0123456789abcdef'));
  }
}

function pick(bytes: Uint8Array, letters: string): string {
  return [...bytes].map((byte) => letters[byte % letters.length]).join('');
}

/** RFC 8489 §14.2, IPv4: the same bytes whatever the transaction. */
function xorAddress({ address, port }: ShapeContext['server']): Uint8Array {
  const bytes = address.split('.').map(Number);
  if (bytes.length !== 4 || bytes.some((byte) => !(byte >= 0 && byte <= 255))) {
    throw new PacketError('server address: IPv4 needed');
  }
  return concat(
    [0, 1],
    u16(port ^ 0x2112),
    Uint8Array.from(bytes, (byte, index) => byte ^ (magicCookie[index] ?? 0)),
  );
}

/** Somebody has answered: with success (`code` null) or with an error, whose code is null when it cannot be read. */
export interface ShapeAnswer {
  code: number | null;
}

/**
 * Undefined unless the bytes are a response to this very request. A refusal is an answer: the request has arrived. What
 * stands in its attributes is not judged, for dialects differ.
 */
export function readShapeAnswer(bytes: Uint8Array, request: Uint8Array): ShapeAnswer | undefined {
  if (bytes.length < 20 || request.length < 20) return undefined;
  const type = ((request[0] ?? 0) << 8) | (request[1] ?? 0);
  const isResponse = responseBits.some((bits) => equalBytes(bytes.subarray(0, 2), Uint8Array.from(u16(type | bits))));
  if (!isResponse || !equalBytes(bytes.subarray(4, 20), request.subarray(4, 20))) return undefined;
  // [MS-TURN] relays of different age pad their attributes or do not.
  const message = decoded(bytes, true) ?? decoded(bytes, false);
  return { code: message?.errorCode ?? null };
}

function decoded(bytes: Uint8Array, padded: boolean): StunMessage | undefined {
  try {
    return decodeStun(bytes, padded);
  } catch (error) {
    if (error instanceof PacketError) return undefined;
    throw error;
  }
}
