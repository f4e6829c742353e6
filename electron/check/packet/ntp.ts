import { concat } from './bytes.ts';

/** Client request of SNTP (RFC 5905 §7.3, §14): version 4, mode 3, `stamp` (8 bytes) as transmit time, to know the answer by. */
export function encodeNtpRequest(stamp: Uint8Array): Uint8Array {
  return concat([0x23], new Uint8Array(39), stamp);
}

/** Seconds from 1900, where NTP begins to count, to 1970. */
const secondsTo1970 = 2_208_988_800;
/** A count that has begun anew in 2036 has its highest bit clear (RFC 4330 §3). */
const eraSeconds = 2 ** 32;

/** The time at which an answer was sent, by the server's clock: milliseconds since 1970. */
export function readNtpTime(answer: Uint8Array): number {
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  const seconds = view.getUint32(40);
  const inEra = seconds >= eraSeconds / 2 ? seconds : seconds + eraSeconds;
  return (inEra - secondsTo1970) * 1000 + (view.getUint32(44) / eraSeconds) * 1000;
}

/** Whether the bytes are a server's answer (mode 4) to the request with that stamp, which it must repeat as origin time. */
export function isNtpAnswer(bytes: Uint8Array, stamp: Uint8Array): boolean {
  if (bytes.length < 48 || ((bytes[0] ?? 0) & 0x07) !== 4) return false;
  return stamp.every((byte, index) => bytes[24 + index] === byte);
}
