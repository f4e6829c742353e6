import { ed25519 } from '@noble/curves/ed25519.js';

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

/**
 * The text of a .minisig file over these bytes (`Ed`, what minisign calls legacy: the whole document goes through SHA-512,
 * which every Node does fast, where the newer kind needs BLAKE2b).
 */
export function sign(bytes: Uint8Array, { keyId, seed }: SecretKey, trustedComment: string): string {
  const signature = ed25519.sign(bytes, seed);
  const commentSignature = ed25519.sign(Buffer.concat([signature, Buffer.from(trustedComment)]), seed);
  const signed = Buffer.concat([Buffer.from('Ed'), keyId, signature]);
  return [
    'untrusted comment: signature of a document of Sawt',
    signed.toString('base64'),
    `trusted comment: ${trustedComment}`,
    Buffer.from(commentSignature).toString('base64'),
    '',
  ].join('\n');
}

/** With the key whose text is in SAWT_SIGNING_KEY; `now` and the file's name stand in the comment. */
export function signFile(name: string, bytes: Uint8Array, now: Date): string {
  const key = process.env['SAWT_SIGNING_KEY'];
  if (key === undefined || key === '') {
    throw new Error(
      'Set SAWT_SIGNING_KEY to the text of a secret key of minisign. For development: SAWT_SIGNING_KEY="$(cat resources/servers/development.key)"',
    );
  }
  return sign(bytes, parseSecretKey(key), `timestamp:${Math.floor(now.getTime() / 1000)} file:${name}`);
}
