import { ByteReader, concat, u16 } from './bytes.ts';
import { PacketError } from './packet-error.ts';
import { encodeSigned, longTermKey } from './stun-integrity.ts';
import {
  attributeTypes,
  encodeStun,
  encodeXorAddress,
  readAddress,
  readErrorCode,
  readMessage,
  type StunAttribute,
  type StunEndpoint,
} from './stun.ts';

/** What goes between an account's holder and a relay once the relay has named its realm (RFC 8656). */

/** Methods of requests; an answer's type is the request's with a bit more: 0x0100 for success, 0x0110 for an error. */
export const turnMethods = {
  allocate: 0x0003,
  refresh: 0x0004,
  createPermission: 0x0008,
  channelBind: 0x0009,
} as const;
export type TurnMethod = (typeof turnMethods)[keyof typeof turnMethods];

const sendIndication = 0x0016;
const dataIndication = 0x0017;
/** RFC 8656 §12: the numbers that channels may have. */
const channelMin = 0x4000;
const channelMax = 0x4fff;

/** Long-term credentials as the relay's last word wants them (RFC 8489 §9.2.4). */
export interface TurnAccount {
  username: string;
  realm: Uint8Array;
  nonce: Uint8Array;
  key: Uint8Array;
}

export function turnAccount(username: string, password: string, realm: Uint8Array, nonce: Uint8Array): TurnAccount {
  return { username, realm, nonce, key: longTermKey(username, realm, password) };
}

/** A request that the relay obeys only to the account's holder. */
export function encodeRequest(
  method: TurnMethod,
  transaction: Uint8Array,
  attributes: readonly StunAttribute[],
  { username, realm, nonce, key }: TurnAccount,
): Uint8Array {
  const credentials = [
    { type: attributeTypes.username, value: new TextEncoder().encode(username.normalize('NFC')) },
    { type: attributeTypes.realm, value: realm },
    { type: attributeTypes.nonce, value: nonce },
  ];
  return encodeSigned(method, transaction, [...attributes, ...credentials], key);
}

/** For Allocate: packets are to be relayed over UDP. */
export const overUdp: StunAttribute = { type: attributeTypes.requestedTransport, value: Uint8Array.of(17, 0, 0, 0) };

/** For Refresh; 0 gives the allocation back. */
export const lifetime = (seconds: number): StunAttribute => ({
  type: attributeTypes.lifetime,
  value: concat(u16(seconds >>> 16), u16(seconds)),
});

export const channelNumber = (channel: number): StunAttribute => ({
  type: attributeTypes.channelNumber,
  value: concat(u16(channel), u16(0)),
});

export const peerAddress = (peer: StunEndpoint, transaction: Uint8Array): StunAttribute => ({
  type: attributeTypes.xorPeerAddress,
  value: encodeXorAddress(peer, transaction),
});

/** Data for a peer before there is a channel; never answered. */
export function encodeSend(transaction: Uint8Array, peer: StunEndpoint, data: Uint8Array): Uint8Array {
  return encodeStun(sendIndication, transaction, [
    peerAddress(peer, transaction),
    { type: attributeTypes.data, value: data },
  ]);
}

/** Data in a channel; `padded` to four bytes, as streams need it (RFC 8656 §12.5). */
export function encodeChannelData(channel: number, data: Uint8Array, padded: boolean): Uint8Array {
  const padding = padded ? (4 - (data.length % 4)) % 4 : 0;
  return concat(u16(channel), u16(data.length), data, new Uint8Array(padding));
}

export interface TurnAnswer {
  kind: 'answer';
  /** Of the request. */
  method: number;
  succeeded: boolean;
  transaction: Uint8Array;
  /** Of an error; null where it names none. */
  errorCode: number | null;
  realm: Uint8Array | null;
  nonce: Uint8Array | null;
  /** Where the relay listens for this account's holder. */
  relayed: StunEndpoint | null;
}

export type FromRelay =
  | TurnAnswer
  /** From a peer; `channel` null: in a Data indication. */
  | { kind: 'data'; channel: number | null; data: Uint8Array };

/** Undefined for messages of other kinds. Throws PacketError where the bytes are neither a STUN message nor ChannelData. */
export function readFromRelay(bytes: Uint8Array): FromRelay | undefined {
  if ((bytes[0] ?? 0) >> 6 === 1) return readChannelData(bytes);
  const { type, transaction, attributes } = readMessage(bytes);
  const find = (wanted: number): Uint8Array | null => attributes.find((one) => one.type === wanted)?.value ?? null;
  if (type === dataIndication) {
    const data = find(attributeTypes.data);
    return data ? { kind: 'data', channel: null, data } : undefined;
  }
  const answer = type & 0x0110;
  if (answer !== 0x0100 && answer !== 0x0110) return undefined;
  const [error, relayed] = [find(attributeTypes.errorCode), find(attributeTypes.xorRelayedAddress)];
  return {
    kind: 'answer',
    method: type & ~0x0110,
    succeeded: answer === 0x0100,
    transaction,
    errorCode: error && readErrorCode(error),
    realm: find(attributeTypes.realm),
    nonce: find(attributeTypes.nonce),
    relayed: relayed && readAddress(relayed, transaction),
  };
}

/** Over UDP padding is allowed, and no part of the data (RFC 8656 §12.5). */
function readChannelData(bytes: Uint8Array): FromRelay {
  const reader = new ByteReader(bytes);
  const channel = reader.u16('channel');
  if (channel < channelMin || channel > channelMax) throw new PacketError('channel: out of range');
  const data = reader.take(reader.u16('channel data length'), 'channel data');
  if (reader.left > 3) throw new PacketError('channel data: more than its padding behind it');
  return { kind: 'data', channel, data };
}
