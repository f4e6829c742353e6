import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Programs } from '../run.ts';

/** A session carries nothing any more after this time (REJECT_AFTER_TIME, WireGuard whitepaper §6.1); 180 s. */
const sessionLimitMs = 180_000;
const initiationBytes = 148;

/** What the device says of its other side; several peers count together. */
const readingSchema = z.strictObject({
  /** Milliseconds since 1970, as `Date.now`. */
  handshakeMs: z.number(),
  receivedBytes: z.number(),
  sentBytes: z.number(),
  /** Between two packets that are sent in any case; 0: none are. */
  keepaliveMs: z.number(),
});
export type Reading = z.infer<typeof readingSchema>;

/**
 * Whether the server does not answer any more, from the device's own counters; nothing is sent. A device that has nothing
 * to say makes no handshake either, so an old one alone proves nothing. `earlier`: what was read when the session had run
 * out already. Nothing but initiations leaves a device without a session, so two more of them mean that the first got no
 * answer.
 */
export function isSilent(nowMs: number, reading: Reading, earlier: Reading | undefined): boolean {
  const { handshakeMs, sentBytes, keepaliveMs } = reading;
  const ageMs = nowMs - handshakeMs;
  if (ageMs <= sessionLimitMs) return false;
  if (keepaliveMs > 0 && ageMs > sessionLimitMs + keepaliveMs) return true;
  return earlier !== undefined && isSame(reading, earlier) && sentBytes - earlier.sentBytes >= 2 * initiationBytes;
}

/** Nothing came from the server between the two. */
function isSame(one: Reading, other: Reading): boolean {
  return one.handshakeMs === other.handshakeMs && one.receivedBytes === other.receivedBytes;
}

/** Keeps in `path` what the next call compares with. */
export async function isWireGuardSilent(
  programs: Programs,
  { device, path, nowMs }: { device: string; path: string; nowMs: number },
): Promise<boolean> {
  const reading = await readDevice(programs, device);
  if (!reading || nowMs - reading.handshakeMs <= sessionLimitMs) return false;
  const earlier = await readEarlier(path);
  // The first reading since the server was last heard is the one to count from.
  if (!earlier || !isSame(reading, earlier)) await writeFile(path, JSON.stringify(reading), { mode: 0o600 });
  return isSilent(nowMs, reading, earlier);
}

/** Three questions instead of one "dump", which would bring the private key along. */
async function readDevice(programs: Programs, device: string): Promise<Reading | undefined> {
  const [handshakes, transfer, keepalives] = await Promise.all(
    ['latest-handshakes', 'transfer', 'persistent-keepalive'].map(async (what) => {
      const { code, stdout } = await programs.ask('wg', ['show', device, what]);
      return code === 0 ? parseColumns(stdout) : [];
    }),
  );
  const column = (rows: number[][] | undefined, index: number): number[] => (rows ?? []).map((row) => row[index] ?? 0);
  const handshakeMs = 1000 * Math.max(0, ...column(handshakes, 0));
  if (handshakeMs === 0) return undefined;
  const total = (numbers: number[]): number => numbers.reduce((sum, number) => sum + number, 0);
  return {
    handshakeMs,
    receivedBytes: total(column(transfer, 0)),
    sentBytes: total(column(transfer, 1)),
    keepaliveMs: 1000 * Math.max(0, ...column(keepalives, 0)),
  };
}

/** Lines of a key and numbers; `off` is 0 (wg(8), `show`). */
export function parseColumns(text: string): number[][] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      line
        .split('\t')
        .slice(1)
        .map((word) => Number(word) || 0),
    );
}

async function readEarlier(path: string): Promise<Reading | undefined> {
  try {
    return readingSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined; // there is none, or half of one: it only delays the judgement
  }
}
