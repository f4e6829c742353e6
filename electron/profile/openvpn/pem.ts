/** PEM (RFC 7468) and OpenVPN's static keys, always written anew from their bytes. Undefined: not what it should be. */

export type PemLabel = 'CERTIFICATE' | 'PRIVATE KEY' | 'RSA PRIVATE KEY' | 'EC PRIVATE KEY';
export const keyLabels: readonly PemLabel[] = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY'];

interface Armour {
  label: string;
  body: string[];
}

/** Certificates one after the other, or undefined when there is none or a broken one. Text between them is left out. */
export function rewritePem(lines: readonly string[], labels: readonly PemLabel[]): string | undefined {
  const armours = readArmours(lines)?.filter(({ label }) => label !== 'EC PARAMETERS');
  if (!armours || armours.length === 0) return undefined;
  const written: string[] = [];
  for (const { label, body } of armours) {
    const bytes = decodeBase64(body.join(''));
    if (!(labels as readonly string[]).includes(label) || !bytes || !isDerSequence(bytes)) return undefined;
    written.push(writeArmour(label, wrap(bytes.toString('base64'))));
  }
  return written.join('\n');
}

/** A private key that asks for a passphrase: PKCS #8, or the older form with a header (RFC 1421). */
export function isEncryptedKey(lines: readonly string[]): boolean {
  return lines.some((line) => /^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type:.*ENCRYPTED/.test(line.trim()));
}

/** The 2048 bits of tls-auth and tls-crypt, in hexadecimal. */
export function rewriteStaticKey(lines: readonly string[]): string | undefined {
  const armour = only(readArmours(lines), 'OpenVPN Static key V1');
  const digits = armour?.body.join('').toLowerCase();
  if (digits === undefined || !/^[0-9a-f]{512}$/.test(digits)) return undefined;
  return writeArmour('OpenVPN Static key V1', digits.match(/.{32}/g) ?? []);
}

/** A tls-crypt-v2 client key: 256 bytes of keys, then the same wrapped for the server (at most 1024 bytes). */
export function rewriteTlsCryptV2(lines: readonly string[]): string | undefined {
  const label = 'OpenVPN tls-crypt-v2 client key';
  const armour = only(readArmours(lines), label);
  const bytes = armour && decodeBase64(armour.body.join(''));
  if (!bytes || bytes.length <= 256 || bytes.length > 256 + 1024) return undefined;
  return writeArmour(label, wrap(bytes.toString('base64')));
}

function only(armours: Armour[] | undefined, label: string): Armour | undefined {
  const [first, ...others] = armours ?? [];
  return first?.label === label && others.length === 0 ? first : undefined;
}

function readArmours(lines: readonly string[]): Armour[] | undefined {
  const armours: Armour[] = [];
  let open: Armour | undefined;
  for (const text of lines.map((line) => line.trim())) {
    const begin = /^-----BEGIN ([A-Za-z0-9 -]+)-----$/.exec(text)?.[1];
    if (begin !== undefined) {
      if (open) return undefined;
      open = { label: begin, body: [] };
    } else if (open && text === `-----END ${open.label}-----`) {
      armours.push(open);
      open = undefined;
    } else if (open && text !== '') open.body.push(text);
  }
  return open ? undefined : armours;
}

function writeArmour(label: string, body: readonly string[]): string {
  return [`-----BEGIN ${label}-----`, ...body, `-----END ${label}-----`].join('\n');
}

function decodeBase64(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  return Buffer.from(text, 'base64');
}

const wrap = (text: string): string[] => text.match(/.{1,64}/g) ?? [];

/** One SEQUENCE whose length is that of the bytes (X.690 §8.1.3). */
function isDerSequence(bytes: Uint8Array): boolean {
  const [tag, first = 0] = bytes;
  if (tag !== 0x30) return false;
  if (first < 0x80) return bytes.length === 2 + first;
  const count = first & 0x7f;
  const length = bytes.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  return count >= 1 && count <= 3 && bytes.length === 2 + count + length;
}
