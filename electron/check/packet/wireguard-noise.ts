import { chacha20poly1305, xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { blake2s } from '@noble/hashes/blake2.js';
import { hmac } from '@noble/hashes/hmac.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * The primitives of Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s as WireGuard uses them (whitepaper §5.4, 2020-06-01).
 * All from @noble: the BoringSSL inside Electron has no BLAKE2s, and Node has no keyed BLAKE2s at all.
 */

export const keySize = 32;
export const macSize = 16;

const construction = utf8ToBytes('Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s');
const identifier = utf8ToBytes('WireGuard v1 zx2c4 Jason@zx2c4.com');
const mac1Label = utf8ToBytes('mac1----');
const cookieLabel = utf8ToBytes('cookie--');
const zeroNonce = new Uint8Array(12);

/** BLAKE2s-256 of the parts, one after the other. */
export function hash(...parts: Uint8Array[]): Uint8Array {
  return blake2s(concatBytes(...parts));
}

/** BLAKE2s in its own keyed mode with 16 bytes of output: the MAC of MAC1 and MAC2 (not an HMAC). */
export function mac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return blake2s(message, { key, dkLen: macSize });
}

export const initialChainKey = hash(construction);
export const initialHash = hash(initialChainKey, identifier);

/** Key of the MAC1 of messages *to* the owner of this public key. */
export const mac1Key = (publicKey: Uint8Array): Uint8Array => hash(mac1Label, publicKey);

/** Key that seals the cookie replies *of* the owner of this public key. */
export const cookieKey = (publicKey: Uint8Array): Uint8Array => hash(cookieLabel, publicKey);

const hmacHash = (key: Uint8Array, message: Uint8Array): Uint8Array => hmac(blake2s, key, message);

/** KDF1 of the whitepaper: the new chaining key. */
export function kdf1(chainKey: Uint8Array, input: Uint8Array): Uint8Array {
  return hmacHash(hmacHash(chainKey, input), Uint8Array.of(1));
}

/** KDF2: the new chaining key and one key. */
export function kdf2(chainKey: Uint8Array, input: Uint8Array): [Uint8Array, Uint8Array] {
  const secret = hmacHash(chainKey, input);
  const first = hmacHash(secret, Uint8Array.of(1));
  return [first, hmacHash(secret, concatBytes(first, Uint8Array.of(2)))];
}

/** KDF3: the new chaining key, what goes into the hash, and one key. */
export function kdf3(chainKey: Uint8Array, input: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
  const secret = hmacHash(chainKey, input);
  const first = hmacHash(secret, Uint8Array.of(1));
  const second = hmacHash(secret, concatBytes(first, Uint8Array.of(2)));
  return [first, second, hmacHash(secret, concatBytes(second, Uint8Array.of(3)))];
}

export const publicKeyOf = (privateKey: Uint8Array): Uint8Array => x25519.getPublicKey(privateKey);

/** Undefined when the other side's point is of low order: the shared secret would be all zero and known to everybody. */
export function sharedSecret(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined {
  try {
    return x25519.getSharedSecret(privateKey, publicKey);
  } catch {
    return undefined;
  }
}

/** ChaCha20-Poly1305 with counter 0: every key of a handshake seals exactly one text. */
export function seal(key: Uint8Array, plain: Uint8Array, associated: Uint8Array): Uint8Array {
  return chacha20poly1305(key, zeroNonce, associated).encrypt(plain);
}

/** The plain text, or undefined when it was not sealed with this key and this associated data. */
export function open(key: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Uint8Array | undefined {
  try {
    return chacha20poly1305(key, zeroNonce, associated).decrypt(sealed);
  } catch {
    return undefined;
  }
}

/** As `open`, for cookie replies: XChaCha20-Poly1305 with its 24-byte nonce. */
export function openCookie(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  associated: Uint8Array,
): Uint8Array | undefined {
  try {
    return xchacha20poly1305(key, nonce, associated).decrypt(sealed);
  } catch {
    return undefined;
  }
}
