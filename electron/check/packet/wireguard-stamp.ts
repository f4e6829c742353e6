/**
 * Timestamps of WireGuard initiations: TAI64N, 12 bytes big-endian, 8 of seconds and 4 of nanoseconds.
 * A server drops an initiation whose stamp is not greater than the last one it accepted from that key.
 */

/** TAI64 label of 1970-01-01 as WireGuard writes it: 2^62 and the ten seconds between TAI and UTC of that day. */
const epochLabel = 0x400000000000000an;

/** @param unixMs milliseconds since 1970, not negative · @param extraNs nanoseconds to add, below a millisecond */
export function tai64n(unixMs: number, extraNs = 0): Uint8Array {
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  const wholeMs = Math.floor(unixMs);
  view.setBigUint64(0, epochLabel + BigInt(Math.floor(wholeMs / 1000)));
  view.setUint32(8, (wholeMs % 1000) * 1_000_000 + extraNs);
  return bytes;
}

/**
 * Stamps that only grow, also within one millisecond and when the clock is set back while we run. They are never more
 * than a millisecond ahead of the latest time read: a server that accepted a stamp from the future would not hear the
 * real tunnel until that time comes.
 */
export function createStamper(unixMs: () => number): () => Uint8Array {
  let lastMs = 0;
  let extraNs = 0;
  return () => {
    const now = Math.floor(unixMs());
    extraNs = now > lastMs ? 0 : extraNs + 1;
    lastMs = Math.max(now, lastMs);
    return tai64n(lastMs, extraNs);
  };
}
