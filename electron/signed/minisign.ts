import { createPublicKey, verify } from 'node:crypto';
import { blake2b } from '@noble/hashes/blake2.js';
import { SignedError, type DocumentKind } from './errors.ts';

/**
 * Signatures of minisign (https://jedisct1.github.io/minisign/, "Signature format"): Ed25519 over the bytes (`Ed`) or
 * over their BLAKE2b-512 (`ED`). The hash is from @noble, because the crypto of Electron's Node has no BLAKE2b; a large
 * document is better signed in the first way, which is done by Node alone and ten times faster.
 */

export interface PublicKey {
  /** Eight bytes, in hexadecimal, in the order of the file. */
  keyId: string;
  key: Uint8Array;
}

export interface Signature {
  algorithm: 'Ed' | 'ED';
  keyId: string;
  signature: Uint8Array;
  trustedComment: string;
  commentSignature: Uint8Array;
}

/** The second line of a .pub file. Throws TypeError: keys are ours, a wrong one is a fault of the program. */
export function parsePublicKey(line: string): PublicKey {
  const bytes = decode(line, 42);
  if (!bytes || text(bytes.subarray(0, 2)) !== 'Ed') throw new TypeError('This is not a public key of minisign.');
  return { keyId: hex(bytes.subarray(2, 10)), key: bytes.subarray(10) };
}

/** A whole .minisig file. Throws SignedError `signature-format`. */
export function parseSignature(file: string, kind: DocumentKind): Signature {
  const [untrusted, signed, trusted, global, ...rest] = file.split(/\r?\n/);
  const comment = /^trusted comment: (.*)$/.exec(trusted ?? '')?.[1];
  const bytes = decode(signed ?? '', 74);
  const commentSignature = decode(global ?? '', 64);
  const algorithm = bytes && text(bytes.subarray(0, 2));
  if (
    untrusted?.startsWith('untrusted comment: ') !== true ||
    comment === undefined ||
    !commentSignature ||
    !bytes ||
    (algorithm !== 'Ed' && algorithm !== 'ED') ||
    rest.some((line) => line !== '')
  ) {
    throw new SignedError(kind, 'signature-format');
  }
  const keyId = hex(bytes.subarray(2, 10));
  return { algorithm, keyId, signature: bytes.subarray(10), trustedComment: comment, commentSignature };
}

/** The key that signed these very bytes and the signature's own comment. Throws SignedError. */
export function verifySignature(
  bytes: Uint8Array,
  file: string,
  keys: readonly PublicKey[],
  kind: DocumentKind,
): PublicKey {
  const { algorithm, keyId, signature, trustedComment, commentSignature } = parseSignature(file, kind);
  const key = keys.find((candidate) => candidate.keyId === keyId);
  if (!key) throw new SignedError(kind, 'signature-key');
  const message = algorithm === 'ED' ? blake2b(bytes, { dkLen: 64 }) : bytes;
  if (!verifies(signature, message, key)) throw new SignedError(kind, 'signature-list');
  const comment = Buffer.concat([signature, Buffer.from(trustedComment)]);
  if (!verifies(commentSignature, comment, key)) throw new SignedError(kind, 'signature-comment');
  return key;
}

/** Strict as RFC 8032 has it (5.1.7): one signature has one spelling. */
function verifies(signature: Uint8Array, message: Uint8Array, { key }: PublicKey): boolean {
  const x = Buffer.from(key).toString('base64url');
  return verify(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature);
}

function decode(base64: string, length: number): Uint8Array | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === length && bytes.toString('base64') === base64 ? Uint8Array.from(bytes) : undefined;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
