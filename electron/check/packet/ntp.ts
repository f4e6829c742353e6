import { concat } from './bytes.ts';

/** Client request of SNTP (RFC 5905 §7.3, §14): version 4, mode 3, `stamp` (8 bytes) as transmit time, to know the answer by. */
export function encodeNtpRequest(stamp: Uint8Array): Uint8Array {
  return concat([0x23], new Uint8Array(39), stamp);
}

/** Whether the bytes are a server's answer (mode 4) to the request with that stamp, which it must repeat as origin time. */
export function isNtpAnswer(bytes: Uint8Array, stamp: Uint8Array): boolean {
  if (bytes.length < 48 || ((bytes[0] ?? 0) & 0x07) !== 4) return false;
  return stamp.every((byte, index) => bytes[24 + index] === byte);
}
