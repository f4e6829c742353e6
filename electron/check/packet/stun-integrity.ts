import { crc32 } from 'node:zlib';
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { equalBytes } from '@noble/ciphers/utils.js';
import { concat, u16 } from './bytes.ts';
import { attributeTypes, encodeStun, readMessage, type StunAttribute } from './stun.ts';

/** Signed STUN messages (RFC 8489 §9, §14.5, §14.7): by the key of an account with a relay, or of ICE's short passwords. */

const tagBytes = 20;
const attributeHeaderBytes = 4;
const headerBytes = 20;
/** RFC 8489 §14.7: "STUN" in ASCII, so that the sum of another protocol is not taken for ours. */
const fingerprintMask = 0x5354554e;

/**
 * The key of long-term credentials with MD5 (RFC 8489 §9.2.2). `realm` is what the relay sent, byte by byte: what it names
 * itself may be no text at all.
 */
export function longTermKey(username: string, realm: Uint8Array, password: string): Uint8Array {
  const text = (value: string): Uint8Array => new TextEncoder().encode(value.normalize('NFC'));
  const colon = Uint8Array.of(0x3a);
  return md5(concat(text(username), colon, realm, colon, text(password)));
}

/** The key of short-term credentials (RFC 8489 §9.1.1). */
export function shortTermKey(password: string): Uint8Array {
  return new TextEncoder().encode(password.normalize('NFC'));
}

/** A message with MESSAGE-INTEGRITY (HMAC-SHA1) as its last attribute. */
export function encodeSigned(
  type: number,
  transaction: Uint8Array,
  attributes: readonly StunAttribute[],
  key: Uint8Array,
): Uint8Array {
  const unsigned = { type: attributeTypes.messageIntegrity, value: new Uint8Array(tagBytes) };
  const message = encodeStun(type, transaction, [...attributes, unsigned]);
  const signed = message.subarray(0, message.length - tagBytes - attributeHeaderBytes);
  message.set(hmac(sha1, key, signed), message.length - tagBytes);
  return message;
}

/** Whether somebody with the key has signed it. Throws PacketError where it is no message. */
export function isSignedWith(message: Uint8Array, key: Uint8Array): boolean {
  const tag = readMessage(message).attributes.find(({ type }) => type === attributeTypes.messageIntegrity);
  if (tag?.value.length !== tagBytes) return false;
  // The length that was signed ends with the tag; a fingerprint may follow it.
  const length = tag.offset - headerBytes + attributeHeaderBytes + tagBytes;
  const signed = concat(message.subarray(0, 2), u16(length), message.subarray(4, tag.offset));
  return equalBytes(hmac(sha1, key, signed), Uint8Array.from(tag.value));
}

/** The same message with FINGERPRINT behind it. */
export function withFingerprint(message: Uint8Array): Uint8Array {
  const length = message.length - headerBytes + attributeHeaderBytes + 4;
  const before = concat(message.subarray(0, 2), u16(length), message.subarray(4));
  const sum = crc32(before) ^ fingerprintMask;
  return concat(before, u16(attributeTypes.fingerprint), u16(4), u16(sum >>> 16), u16(sum));
}
