/** A WireGuard key: 32 bytes as base64 in its one canonical spelling, as wg(8) demands. */
export function decodeKey(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

export const encodeKey = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Thirty-two zero bytes: wg takes them for "no key". */
export const noKey = encodeKey(new Uint8Array(32));
