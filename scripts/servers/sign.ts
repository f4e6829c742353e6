import { ed25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';

/** A secret key of minisign without a password (`minisign -G -W`). */
export interface SecretKey {
  keyId: Uint8Array;
  seed: Uint8Array;
}

/** The text of a .key file: algorithm, no key derivation, checksum kind, 48 bytes for derivation, key id, seed, public key. */
export function parseSecretKey(file: string): SecretKey {
  const bytes = Buffer.from(file.split(/\r?\n/)[1] ?? '', 'base64');
  if (bytes.length !== 158 || bytes.toString('latin1', 0, 2) !== 'Ed') {
    throw new Error('The signing key is not a secret key of minisign; give the text of its whole file.');
  }
  if (bytes.readUInt16BE(2) !== 0) {
    throw new Error(
      'The signing key has a password; sign with minisign itself: minisign -S -m resources/servers/servers.json',
    );
  }
  return { keyId: bytes.subarray(54, 62), seed: bytes.subarray(62, 94) };
}

/** The text of a .minisig file over these bytes (`ED`: prehashed, as minisign does by default). */
export function sign(bytes: Uint8Array, { keyId, seed }: SecretKey, trustedComment: string): string {
  const signature = ed25519.sign(blake2b(bytes, { dkLen: 64 }), seed);
  const commentSignature = ed25519.sign(Buffer.concat([signature, Buffer.from(trustedComment)]), seed);
  const signed = Buffer.concat([Buffer.from('ED'), keyId, signature]);
  return [
    'untrusted comment: signature of the Sawt server list',
    signed.toString('base64'),
    `trusted comment: ${trustedComment}`,
    Buffer.from(commentSignature).toString('base64'),
    '',
  ].join('\n');
}
