import { concat, u16 } from './bytes.ts';
import { encodeSigned, shortTermKey, withFingerprint } from './stun-integrity.ts';
import { attributeTypes, encodeXorAddress, messageTypes, type StunEndpoint } from './stun.ts';

/** What browsers send before a call's sound: ICE's connectivity check and the first message of DTLS. */

/** Names and password of both sides, as their signalling would have told them (RFC 8445 §5.3). */
export interface IceCredentials {
  /** `RECEIVER:SENDER`. */
  username: string;
  password: string;
}

/** Of a relayed candidate (RFC 8445 §5.1.2.2: type preference 0), first component. */
const relayedPriority = 0x00_ff_ff_ff;

/** A connectivity check by the controlling side (RFC 8445 §7.2.2). `tieBreaker`: 8 bytes. */
export function encodeIceCheck(
  transaction: Uint8Array,
  { username, password }: IceCredentials,
  tieBreaker: Uint8Array,
): Uint8Array {
  const attributes = [
    { type: attributeTypes.username, value: new TextEncoder().encode(username) },
    { type: attributeTypes.iceControlling, value: tieBreaker },
    { type: attributeTypes.useCandidate, value: new Uint8Array(0) },
    { type: attributeTypes.priority, value: concat(u16(relayedPriority >>> 16), u16(relayedPriority)) },
  ];
  return withFingerprint(encodeSigned(messageTypes.bindingRequest, transaction, attributes, shortTermKey(password)));
}

/** The answer to it; `seen`: where it came from. */
export function encodeIceAnswer(transaction: Uint8Array, { password }: IceCredentials, seen: StunEndpoint): Uint8Array {
  const attributes = [{ type: attributeTypes.xorMappedAddress, value: encodeXorAddress(seen, transaction) }];
  return withFingerprint(encodeSigned(messageTypes.bindingSuccess, transaction, attributes, shortTermKey(password)));
}

const vector = (lengthBytes: 1 | 2 | 3, bytes: Uint8Array): Uint8Array =>
  concat([0, ...u16(bytes.length)].slice(3 - lengthBytes), bytes);
const numbers = (values: readonly number[]): Uint8Array => concat(...values.map(u16));
const extension = (type: number, body: Uint8Array): Uint8Array => concat(u16(type), vector(2, body));

const dtls12 = [0xfe, 0xfd];
/** The version that a first record names (RFC 6347 §4.2.1). */
const dtls10 = [0xfe, 0xff];

/** What browsers offer, as far as it shows: AEAD with ECDHE, curves, signatures, and keys for SRTP (RFC 5764). */
const cipherSuites = [0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc009, 0xc013, 0xc00a, 0xc014];
const extensions = concat(
  extension(0x0017, new Uint8Array(0)), // extended_master_secret
  extension(0xff01, Uint8Array.of(0)), // renegotiation_info
  extension(0x000a, vector(2, numbers([0x001d, 0x0017, 0x0018]))), // supported_groups
  extension(0x000b, Uint8Array.of(1, 0)), // ec_point_formats
  extension(0x000d, vector(2, numbers([0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501]))), // signature_algorithms
  extension(0x000e, concat(vector(2, numbers([0x0001, 0x0007, 0x0008])), [0])), // use_srtp
);

/** A ClientHello in its record (RFC 6347 §4.1, §4.2.2), as a call's key exchange begins. `random`: 32 bytes. */
export function encodeDtlsHello(random: Uint8Array): Uint8Array {
  const noSession = [0];
  const noCookie = [0];
  const noCompression = [1, 0];
  const hello = concat(
    dtls12,
    random,
    noSession,
    noCookie,
    vector(2, numbers(cipherSuites)),
    noCompression,
    vector(2, extensions),
  );
  const length = vector(3, hello).subarray(0, 3);
  // Message 0 in one fragment: type, length, number, offset, length again.
  const handshake = concat([1], length, u16(0), [0, 0, 0], length, hello);
  const epochAndNumber = new Uint8Array(8);
  return concat([22], dtls10, epochAndNumber, vector(2, handshake));
}
