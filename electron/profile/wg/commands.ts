import { randomBytes } from 'node:crypto';
import { x25519 } from '@noble/curves/ed25519.js';
import { ProfileError } from '../errors.ts';
import { decodeKey, encodeKey } from '../key.ts';
import { readQuickLines } from './quick.ts';

export { check, type WgProblem } from './check.ts';

/**
 * The parts of wg(8) and wg-quick(8) that need neither root nor a device. Results are without the line end that the
 * programs print after a key; `strip` is exact to the byte when bytes and characters are one to one (Latin-1).
 */

/** A new private key, clamped as Curve25519 wants it (RFC 7748 §5), as `wg genkey` does. */
export function genkey(): string {
  const key = randomBytes(32);
  key.writeUInt8(key.readUInt8(0) & 0xf8, 0);
  key.writeUInt8((key.readUInt8(31) & 0x7f) | 0x40, 31);
  return encodeKey(key);
}

/** A new pre-shared key. */
export function genpsk(): string {
  return encodeKey(randomBytes(32));
}

/** Takes white space after the key, not before it, as `wg pubkey` does. Throws ProfileError. */
export function pubkey(privateKey: string): string {
  const key = decodeKey(privateKey.replace(/[ \t\n\v\f\r]+$/, ''));
  if (!key) {
    const place = { file: 'input', line: null, directive: null };
    throw new ProfileError('profile-invalid', place, 'this is not a private key (44 characters of base64)');
  }
  return encodeKey(x25519.getPublicKey(key));
}

/** What `wg-quick strip` prints: the file without wg-quick's own settings. Throws ProfileError where it gives up. */
export function strip(text: string): string {
  const kept = [...readQuickLines(text)].flatMap((item) => (item.owner === 'wg' ? [`${item.text}\n`] : []));
  return `${kept.join('')}\n`;
}
