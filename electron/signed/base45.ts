/** Base45 (RFC 9285): bytes as the characters that a QR code packs tightest. */
const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [high, low] = [bytes[at] ?? 0, bytes[at + 1]];
    const value = low === undefined ? high : high * 256 + low;
    text += character(value % 45) + character(Math.floor(value / 45) % 45);
    if (low !== undefined) text += character(Math.floor(value / 2025));
  }
  return text;
}

/** Undefined for what no bytes are written as. */
export function decodeBase45(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = Array.from(text.slice(at, at + 3), (one) => characters.indexOf(one));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    const isWhole = digits.length === 3;
    if (digits.length === 1 || digits.includes(-1) || value > (isWhole ? 0xffff : 0xff)) return undefined;
    if (isWhole) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}

const character = (digit: number): string => characters.charAt(digit);
