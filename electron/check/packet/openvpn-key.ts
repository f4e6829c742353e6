/**
 * OpenVPN's two kinds of pre-shared key text, to bytes. A static key (`tls-auth`, `tls-crypt`) is 256 bytes in hex; a
 * tls-crypt-v2 client key is PEM of the client's own 256 bytes (Kc) followed by the same key as only the server can open
 * it (WKc: tag 32, sealed Kc and metadata, length 2), at most 1024 bytes (OpenVPN doc/tls-crypt-v2.txt).
 */

export const staticKeySize = 256;
const smallestWrapped = 32 + staticKeySize + 2;
const largestWrapped = 1024;

/** The key text has not the shape that OpenVPN reads. Never carries the text. */
export class OpenVpnKeyError extends Error {
  override readonly name = 'OpenVpnKeyError';
  readonly code = 'malformed';
  constructor(kind: string) {
    super(
      `The ${kind} in the profile is not complete or not valid, so the server would not answer; import the file again.`,
    );
  }
}

export interface ClientKeyV2 {
  /** 256 bytes, secret. */
  key: Uint8Array;
  /** Sent in clear after the first packet. */
  wrapped: Uint8Array;
}

/** The base64 or hex between the two marker lines, white space removed. */
function body(text: string, label: string): string | undefined {
  const begin = `-----BEGIN ${label}-----`;
  const start = text.indexOf(begin);
  const end = text.indexOf(`-----END ${label}-----`, start);
  return start < 0 || end < 0 ? undefined : text.slice(start + begin.length, end).replace(/\s+/g, '');
}

/** @returns 256 bytes · @throws OpenVpnKeyError */
export function parseStaticKey(text: string): Uint8Array {
  const hex = body(text, 'OpenVPN Static key V1');
  if (hex?.length !== 2 * staticKeySize || !/^[0-9a-f]+$/i.test(hex)) throw new OpenVpnKeyError('OpenVPN static key');
  return Uint8Array.from({ length: staticKeySize }, (_, at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

/** @throws OpenVpnKeyError */
export function parseClientKeyV2(text: string): ClientKeyV2 {
  const malformed = new OpenVpnKeyError('tls-crypt-v2 client key');
  const base64 = body(text, 'OpenVPN tls-crypt-v2 client key');
  if (base64 === undefined || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw malformed;
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const wrapped = bytes.slice(staticKeySize);
  if (wrapped.length < smallestWrapped || wrapped.length > largestWrapped) throw malformed;
  if (new DataView(wrapped.buffer).getUint16(wrapped.length - 2) !== wrapped.length) throw malformed;
  return { key: bytes.slice(0, staticKeySize), wrapped };
}
