import { join } from 'node:path';
import { z } from 'zod';
import type { ProbedServer } from '../servers/probe/targets.ts';
import { openCollection } from '../store/collection.ts';

/** A server that answered ten minutes ago will do to begin with; connecting tries it anyway. */
const freshMs = 10 * 60_000;
const forgottenMs = 24 * 60 * 60_000;
const maxNetworks = 20;

/** What was asked: other profiles or another place give other results. */
export interface ProbeQuestion {
  near: string | null;
  /** Ids, in order. */
  profiles: string[];
}

const text = z.string().max(300);
const memorySchema = z.strictObject({
  id: z.string(),
  /** ISO 8601, UTC. */
  probedAt: z.iso.datetime(),
  near: text.nullable(),
  profiles: z.array(text).max(1000),
  /** Addresses and times only; nothing secret is in a result. */
  results: z
    .array(
      z.strictObject({
        rank: z.int(),
        standing: z.enum(['usable', 'busy', 'path', 'psk-mismatch', 'unreached']),
        reason: z.enum(['best', 'reachable', 'loss', 'rtt', 'jitter', 'transport', 'equal']),
        profile: text,
        server: text.nullable(),
        name: text,
        endpoint: text,
        method: z.enum(['wireguard', 'openvpn-udp', 'openvpn-tcp', 'tcp']),
        rttMs: z.number().nullable(),
        jitterMs: z.number().nullable(),
        lossPct: z.number(),
      }),
    )
    .max(100),
});

export interface ProbeMemory {
  /** What the servers answered on this network a short while ago; undefined when nobody asked the same. */
  recall(question: ProbeQuestion): Promise<{ results: ProbedServer[]; probedAt: string } | undefined>;
  keep(question: ProbeQuestion, results: readonly ProbedServer[]): Promise<void>;
}

export interface ProbeMemoryOptions {
  /** The app's data folder. */
  folder: string;
  /** The network that this computer is in, by its salted name. */
  network: () => Promise<string>;
  now: () => Date;
}

export function openProbeMemory({ folder, network, now }: ProbeMemoryOptions): ProbeMemory {
  const collection = openCollection(join(folder, 'probes'), memorySchema);
  const ageMs = (probedAt: string): number => now().getTime() - Date.parse(probedAt);
  return {
    async recall({ near, profiles }) {
      const id = await network();
      const memory = (await collection.list()).find((one) => one.id === id);
      const isSame = memory?.near === near && memory.profiles.join() === profiles.join();
      // A clock that was set back makes an age of less than nothing.
      if (!memory || !isSame || ageMs(memory.probedAt) > freshMs || ageMs(memory.probedAt) < 0) return undefined;
      return { results: memory.results, probedAt: memory.probedAt };
    },
    async keep({ near, profiles }, results) {
      const id = await network();
      await collection.put({ id, probedAt: now().toISOString(), near, profiles, results: results.slice(0, 100) });
      const newestFirst = (await collection.list()).sort((a, b) => b.probedAt.localeCompare(a.probedAt));
      const old = newestFirst.filter(({ probedAt }, at) => at >= maxNetworks || ageMs(probedAt) > forgottenMs);
      for (const memory of old) await collection.remove(memory.id);
    },
  };
}
