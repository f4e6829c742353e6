import { ctr } from '@noble/ciphers/aes.js';
import { equalBytes } from '@noble/ciphers/utils.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import type { ClientKeyV2 } from './openvpn-key.ts';

/**
 * The wrappings of OpenVPN's control channel, on the client's side (openvpn-rfc, "Control channel"; doc/tls-crypt-v2.txt).
 * A packet is a header (opcode and key id 1, session id 8) and a rest (acknowledgements, packet id, payload); a wrapping
 * puts a replay id and an authentication tag between them and, for tls-crypt, encrypts the rest.
 */

const digests = { SHA1: sha1, SHA224: sha224, SHA256: sha256, SHA384: sha384, SHA512: sha512 };
/** The profile's `auth`, as far as tls-auth may use it; OpenVPN's default is SHA1. */
export type TlsAuthDigest = keyof typeof digests;
export const tlsAuthDigests = Object.keys(digests) as TlsAuthDigest[];

/** Static keys are 256 raw bytes. `direction` 1 is a client's usual one; absent means both ways with the same key. */
export type Wrapping =
  | { kind: 'none' }
  | { kind: 'tls-auth'; key: Uint8Array; direction?: 0 | 1; digest: TlsAuthDigest }
  | { kind: 'tls-crypt'; key: Uint8Array }
  | ({ kind: 'tls-crypt-v2' } & ClientKeyV2);

const headerSize = 9;
const replaySize = 8;
const tagSize = 32;

/** A static key is two times {cipher 64, hmac 64}. */
const cipherKey = (key: Uint8Array, half: 0 | 1): Uint8Array => key.subarray(128 * half, 128 * half + 32);
const hmacKey = (key: Uint8Array, half: 0 | 1, size: number): Uint8Array =>
  key.subarray(128 * half + 64, 128 * half + 64 + size);

/** Which half of a tls-auth key signs what we send, and which one checks what comes back. */
function authHalves(direction: 0 | 1 | undefined): { send: 0 | 1; receive: 0 | 1 } {
  if (direction === undefined) return { send: 0, receive: 0 };
  return { send: direction, receive: direction === 0 ? 1 : 0 };
}

/** Replay id: a counter and the time, both 32 bits. */
export interface Replay {
  id: number;
  /** Unix seconds. */
  timeS: number;
}

function replayBytes({ id, timeS }: Replay): Uint8Array {
  const bytes = new Uint8Array(replaySize);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, id);
  view.setUint32(4, timeS);
  return bytes;
}

/** The packet as it goes on the wire. `header` is 9 bytes. */
export function wrap(wrapping: Wrapping, header: Uint8Array, rest: Uint8Array, replay: Replay): Uint8Array {
  switch (wrapping.kind) {
    case 'none':
      return concatBytes(header, rest);
    case 'tls-auth': {
      const tag = authTag(wrapping, authHalves(wrapping.direction).send, header, replayBytes(replay), rest);
      return concatBytes(header, tag, replayBytes(replay), rest);
    }
    case 'tls-crypt':
      return wrapCrypt(wrapping.key, header, rest, replay);
    case 'tls-crypt-v2':
      return concatBytes(wrapCrypt(wrapping.key, header, rest, replay), wrapping.wrapped);
  }
}

function authTag(
  { key, digest }: { key: Uint8Array; digest: TlsAuthDigest },
  half: 0 | 1,
  header: Uint8Array,
  replay: Uint8Array,
  rest: Uint8Array,
): Uint8Array {
  const hash = digests[digest];
  return hmac(hash, hmacKey(key, half, hash.outputLen), concatBytes(replay, header, rest));
}

/** A client sends with the second half of a tls-crypt key and receives with the first. The tag is the IV too (SIV). */
function wrapCrypt(key: Uint8Array, header: Uint8Array, rest: Uint8Array, replay: Replay): Uint8Array {
  const clear = concatBytes(header, replayBytes(replay));
  const tag = cryptTag(key, 1, clear, rest);
  return concatBytes(clear, tag, ctr(cipherKey(key, 1), tag.subarray(0, 16)).encrypt(rest));
}

const cryptTag = (key: Uint8Array, half: 0 | 1, clear: Uint8Array, rest: Uint8Array): Uint8Array =>
  hmac(sha256, hmacKey(key, half, tagSize), concatBytes(clear, rest));

export interface Unwrapped {
  /** 9 bytes. */
  header: Uint8Array;
  rest: Uint8Array;
}

/** Undefined when the packet is too short or was not made by somebody with the key. */
export function unwrap(wrapping: Wrapping, packet: Uint8Array): Unwrapped | undefined {
  switch (wrapping.kind) {
    case 'none':
      return packet.length < headerSize ? undefined : split(packet);
    case 'tls-auth':
      return unwrapAuth(wrapping, packet);
    default:
      return unwrapCrypt(wrapping.key, packet);
  }
}

const split = (packet: Uint8Array): Unwrapped => ({
  header: packet.subarray(0, headerSize),
  rest: packet.subarray(headerSize),
});

function unwrapAuth(wrapping: Wrapping & { kind: 'tls-auth' }, packet: Uint8Array): Unwrapped | undefined {
  const replayAt = headerSize + digests[wrapping.digest].outputLen;
  if (packet.length < replayAt + replaySize) return undefined;
  const header = packet.subarray(0, headerSize);
  const replay = packet.subarray(replayAt, replayAt + replaySize);
  const rest = packet.subarray(replayAt + replaySize);
  const tag = authTag(wrapping, authHalves(wrapping.direction).receive, header, replay, rest);
  return equalBytes(tag, packet.subarray(headerSize, replayAt)) ? { header, rest } : undefined;
}

function unwrapCrypt(key: Uint8Array, packet: Uint8Array): Unwrapped | undefined {
  const tagAt = headerSize + replaySize;
  const sealedAt = tagAt + tagSize;
  if (packet.length < sealedAt) return undefined;
  const tag = packet.subarray(tagAt, sealedAt);
  const rest = ctr(cipherKey(key, 0), tag.subarray(0, 16)).decrypt(packet.subarray(sealedAt));
  if (!equalBytes(cryptTag(key, 0, packet.subarray(0, tagAt), rest), tag)) return undefined;
  return { header: packet.subarray(0, headerSize), rest };
}
