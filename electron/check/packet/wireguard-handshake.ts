import { concatBytes } from '@noble/hashes/utils.js';
import { equalBytes } from '@noble/ciphers/utils.js';
import {
  cookieKey,
  hash,
  initialChainKey,
  initialHash,
  kdf1,
  kdf2,
  kdf3,
  keySize,
  mac,
  mac1Key,
  macSize,
  open,
  openCookie,
  publicKeyOf,
  seal,
  sharedSecret,
} from './wireguard-noise.ts';

/**
 * The initiator's half of a WireGuard handshake, bytes only (whitepaper §5.4.2 to §5.4.7): make an initiation, read what
 * comes back. Integers are little-endian. No session keys are derived: a probe has no use for them.
 */

export const initiationSize = 148;
export const responseSize = 92;
export const cookieReplySize = 64;

const mac1At = initiationSize - 2 * macSize;
const mac2At = initiationSize - macSize;
const noPresharedKey = new Uint8Array(keySize);

/** The keys cannot make a handshake. `low-order`: a public key that gives no secret; `size`: not of the right length. */
export class WireGuardKeyError extends Error {
  override readonly name = 'WireGuardKeyError';
  readonly code: 'low-order' | 'size';
  constructor(code: 'low-order' | 'size') {
    super(
      code === 'size'
        ? 'A WireGuard key is not 32 bytes long, so no handshake can be made with it; check the profile.'
        : 'The server key is not a usable WireGuard public key, so nothing sent to it would be secret; check the profile.',
    );
    this.code = code;
  }
}

/** Raw bytes, 32 each. */
export interface InitiatorKeys {
  privateKey: Uint8Array;
  serverPublicKey: Uint8Array;
  presharedKey?: Uint8Array;
}

export interface InitiationInput {
  /** 32 fresh random bytes: the ephemeral private key. */
  ephemeral: Uint8Array;
  /** Unsigned 32 bits; comes back in the answer. */
  index: number;
  /** TAI64N, 12 bytes, greater than every earlier one of this key. */
  stamp: Uint8Array;
  /** From a cookie reply not older than 120 s; fills MAC2. */
  cookie?: Uint8Array;
}

/**
 * What a datagram from the server says about one initiation.
 * `accepted`: the server knows our key and has the same preshared key. `pskMismatch`: it knows our key (the answer carries
 * a MAC1 made with it), but the preshared keys differ. `cookie`: it is under load and wants MAC2; 16 bytes.
 * `foreign`: not an answer to this initiation.
 */
export type InitiationReply =
  { kind: 'accepted' } | { kind: 'pskMismatch' } | { kind: 'cookie'; cookie: Uint8Array } | { kind: 'foreign' };

export interface Initiation {
  /** 148 bytes to send. */
  bytes: Uint8Array;
  read(datagram: Uint8Array): InitiationReply;
}

export interface Initiator {
  /** 32 bytes. */
  publicKey: Uint8Array;
  initiate(input: InitiationInput): Initiation;
}

/** Does what is the same for all initiations of one pair of keys once. @throws WireGuardKeyError */
export function createInitiator(keys: InitiatorKeys): Initiator {
  const { privateKey, serverPublicKey, presharedKey = noPresharedKey } = keys;
  if ([privateKey, serverPublicKey, presharedKey].some(({ length }) => length !== keySize))
    throw new WireGuardKeyError('size');
  const staticSecret = sharedSecret(privateKey, serverPublicKey);
  if (staticSecret === undefined) throw new WireGuardKeyError('low-order');
  const publicKey = publicKeyOf(privateKey);
  const context = { privateKey, publicKey, serverPublicKey, presharedKey, staticSecret };
  return { publicKey, initiate: (input) => initiate(context, input) };
}

interface Context extends Required<InitiatorKeys> {
  publicKey: Uint8Array;
  staticSecret: Uint8Array;
}

/** The state that the response continues from, and what identifies the answer as ours. */
interface Sent {
  index: number;
  ephemeral: Uint8Array;
  chainKey: Uint8Array;
  hash: Uint8Array;
  mac1: Uint8Array;
}

function initiate(context: Context, { ephemeral, index, stamp, cookie }: InitiationInput): Initiation {
  const ephemeralPublic = publicKeyOf(ephemeral);
  const ephemeralSecret = sharedSecret(ephemeral, context.serverPublicKey);
  if (ephemeralSecret === undefined) throw new WireGuardKeyError('low-order');

  let chainKey = kdf1(initialChainKey, ephemeralPublic);
  let transcript = hash(hash(initialHash, context.serverPublicKey), ephemeralPublic);
  let key: Uint8Array;
  [chainKey, key] = kdf2(chainKey, ephemeralSecret);
  const sealedStatic = seal(key, context.publicKey, transcript);
  transcript = hash(transcript, sealedStatic);
  [chainKey, key] = kdf2(chainKey, context.staticSecret);
  const sealedStamp = seal(key, stamp, transcript);
  transcript = hash(transcript, sealedStamp);

  const head = concatBytes(header(1, index), ephemeralPublic, sealedStatic, sealedStamp);
  const mac1 = mac(mac1Key(context.serverPublicKey), head);
  const bytes = new Uint8Array(initiationSize);
  bytes.set(head);
  bytes.set(mac1, mac1At);
  if (cookie !== undefined) bytes.set(mac(cookie, bytes.subarray(0, mac2At)), mac2At);
  const sent: Sent = { index, ephemeral, chainKey, hash: transcript, mac1 };
  return { bytes, read: (datagram) => readReply(context, sent, datagram) };
}

/** Type, three reserved zero bytes and the index of the sender. */
function header(type: number, index: number): Uint8Array {
  const bytes = new Uint8Array(8);
  bytes[0] = type;
  new DataView(bytes.buffer).setUint32(4, index, true);
  return bytes;
}

function readReply(context: Context, sent: Sent, datagram: Uint8Array): InitiationReply {
  const [type, ...reserved] = datagram.subarray(0, 4);
  if (reserved.some((byte) => byte !== 0)) return { kind: 'foreign' };
  if (type === 2 && datagram.length === responseSize) return readResponse(context, sent, datagram);
  if (type === 3 && datagram.length === cookieReplySize) return readCookieReply(context, sent, datagram);
  return { kind: 'foreign' };
}

const uint32At = (bytes: Uint8Array, offset: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset, true);

/** Response: sender index at 4, our index at 8, ephemeral at 12, sealed nothing at 44, MAC1 at 60, MAC2 at 76. */
function readResponse(context: Context, sent: Sent, datagram: Uint8Array): InitiationReply {
  if (uint32At(datagram, 8) !== sent.index) return { kind: 'foreign' };
  const mac1 = mac(mac1Key(context.publicKey), datagram.subarray(0, 60));
  if (!equalBytes(mac1, datagram.subarray(60, 76))) return { kind: 'foreign' };

  const ephemeral = datagram.subarray(12, 44);
  const ephemeralSecret = sharedSecret(sent.ephemeral, ephemeral);
  const staticSecret = sharedSecret(context.privateKey, ephemeral);
  if (ephemeralSecret === undefined || staticSecret === undefined) return { kind: 'foreign' };
  const chainKey = kdf1(kdf1(kdf1(sent.chainKey, ephemeral), ephemeralSecret), staticSecret);
  const [, mixed, key] = kdf3(chainKey, context.presharedKey);
  const transcript = hash(hash(sent.hash, ephemeral), mixed);
  const opened = open(key, datagram.subarray(44, 60), transcript);
  // Everything but the preshared key was right to get here: MAC1 shows that the sender knows our static key.
  return { kind: opened === undefined ? 'pskMismatch' : 'accepted' };
}

/** Cookie reply: our index at 4, nonce at 8, sealed cookie at 32, bound to the MAC1 that it answers. */
function readCookieReply(context: Context, sent: Sent, datagram: Uint8Array): InitiationReply {
  if (uint32At(datagram, 4) !== sent.index) return { kind: 'foreign' };
  const key = cookieKey(context.serverPublicKey);
  const cookie = openCookie(key, datagram.subarray(8, 32), datagram.subarray(32), sent.mac1);
  return cookie === undefined ? { kind: 'foreign' } : { kind: 'cookie', cookie };
}
