import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A place that holds the signed documents. It needs no trust: whatever it gives is verified. */
const mirrorSchema = z.strictObject({
  /** A folder, over TLS; nothing in it can tell one user from another. */
  url: z.url({ protocol: /^https$/ }).regex(/^https:\/\/[a-z0-9.-]+(:\d+)?\/([a-z0-9._-]+\/)*$/),
  /** Used when the name is not found. */
  addresses: z.array(z.union([z.ipv4(), z.ipv6()])).max(8),
});
const fileSchema = z.strictObject({ schema: z.literal(1), note: z.string(), mirrors: z.array(mirrorSchema).max(16) });
export type Mirror = z.infer<typeof mirrorSchema>;

/** `mirrors.json` in `folder`; ours, so that a bad one is a fault of the program. */
export async function readMirrors(folder: string): Promise<Mirror[]> {
  return fileSchema.parse(JSON.parse(await readFile(join(folder, 'mirrors.json'), 'utf8'))).mirrors;
}

/** For people: the name alone. */
export const nameOf = ({ url }: Mirror): string => new URL(url).hostname;

export interface Race<T> {
  winner: { mirror: Mirror; value: T } | undefined;
  failures: { mirror: Mirror; error: unknown }[];
}

export interface RaceOptions {
  /** From 0 to below 1. */
  random: () => number;
  /** So long each mirror has for itself before the next is asked too. */
  headStartMs: number;
  signal: AbortSignal;
}

/**
 * Asks one mirror after the other, in random order so that none sees everybody: the next one when the last has failed or
 * had its head start. Ends with the first good answer; what is still under way is given up then. Throws the signal's reason.
 */
export async function raceMirrors<T>(
  mirrors: readonly Mirror[],
  ask: (mirror: Mirror, signal: AbortSignal) => Promise<T>,
  { random, headStartMs, signal }: RaceOptions,
): Promise<Race<T>> {
  const race: Race<T> = { winner: undefined, failures: [] };
  const over = new AbortController();
  const stopped = AbortSignal.any([signal, over.signal]);
  const askOne = async (mirror: Mirror): Promise<void> => {
    try {
      const value = await ask(mirror, stopped);
      race.winner ??= { mirror, value };
      over.abort();
    } catch (error) {
      if (!stopped.aborted) race.failures.push({ mirror, error });
    }
  };
  const asked: Promise<void>[] = [];
  for (const mirror of shuffled(mirrors, random)) {
    if (stopped.aborted) break;
    const one = askOne(mirror);
    asked.push(one);
    await Promise.race([one, pause(headStartMs, stopped)]);
  }
  await Promise.all(asked);
  signal.throwIfAborted();
  return race;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Ends early, without an error, when the signal does. */
function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
