import { ApiError } from '../api/errors.ts';
import type { Handlers } from '../api/schema.ts';
import type { StoredProfile } from '../profile/types.ts';
import type { sortNear } from '../servers/near.ts';
import { ProbeError } from '../servers/probe/errors.ts';
import { requireCandidate } from '../servers/probe/measure.ts';
import type { probeServers } from '../servers/probe/run.ts';
import { namesToLookUp, probeTargets, rankTargets, type ProbeTarget } from '../servers/probe/targets.ts';
import type { ServerListStatus } from '../servers/types.ts';
import type { Collection } from '../store/collection.ts';
import type { TunnelState } from '../tunnel/types.ts';
import type { Emit } from './events.ts';
import type { ProbeMemory } from './probe-memory.ts';

export interface ProbeDependencies {
  profiles: Pick<Collection<StoredProfile>, 'list' | 'get'>;
  list: () => Promise<ServerListStatus>;
  sortNear: typeof sortNear;
  tunnel: () => Promise<TunnelState>;
  /** The first address of a name; rejects when the system knows none. */
  lookUp: (name: string) => Promise<string>;
  probe: typeof probeServers;
  memory: ProbeMemory;
  emit: Emit;
  now: () => Date;
}

export function createProbeHandlers(dependencies: ProbeDependencies): Pick<Handlers, 'servers.probe'> {
  return {
    'servers.probe': async ({ near, profile, remembered }, { signal }) => {
      await refuseInTunnel(dependencies);
      const { memory, now } = dependencies;
      const profiles =
        profile === undefined ? await dependencies.profiles.list() : [await dependencies.profiles.get(profile)];
      const question = { near: near ?? null, profiles: profiles.map(({ id }) => id).sort() };
      const known = remembered ? await memory.recall(question) : undefined;
      if (known) return { ...known, skipped: 0, remembered: true };
      const targets = (await targetsFor(dependencies, profiles, near)).filter(isProbeable);
      if (targets.length === 0) throw nothingToProbe(profiles.length);
      let done = 0;
      const onResult = (): void => dependencies.emit('probing', { done: (done += 1), planned: targets.length });
      const { results, skipped } = await dependencies.probe(
        targets.map(({ candidate }) => candidate),
        { liveKeys: noKeys, signal, onResult },
      );
      const ranked = rankTargets(targets, results);
      // The person waits for the answer, not for the memory.
      await memory.keep(question, ranked).catch(() => undefined);
      return { results: ranked, skipped: skipped.length, probedAt: now().toISOString(), remembered: false };
    },
  };
}

/** No tunnel is up when we probe, so no key is live. */
const noKeys: ReadonlySet<string> = new Set();

/**
 * Through a tunnel the way to a server is another one, and an initiation with the key of the tunnel itself would move it:
 * servers answer to where they last heard a key from.
 */
export async function refuseInTunnel({ tunnel }: Pick<ProbeDependencies, 'tunnel'>): Promise<void> {
  const { state } = await tunnel();
  if (state === 'disconnected' || state === 'failed') return;
  throw new ApiError({
    code: 'busy',
    message: 'A tunnel is up or holds the traffic back, and probes would disturb it. Disconnect first, then probe.',
  });
}

async function targetsFor(
  { list, sortNear, lookUp }: ProbeDependencies,
  profiles: readonly StoredProfile[],
  near: string | undefined,
): Promise<ProbeTarget[]> {
  const names = namesToLookUp(profiles);
  const found = await Promise.allSettled(names.map(async (name) => [name, await lookUp(name)] as const));
  const addresses = new Map(found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
  // Without a usable list there are still the profiles' own servers.
  const status = await list().catch(() => undefined);
  const { servers = [], providers = [] } = status?.list ?? {};
  return probeTargets({
    profiles,
    addresses,
    providers,
    servers: near === undefined ? servers : sortNear(servers, near),
  });
}

function isProbeable({ candidate }: ProbeTarget): boolean {
  try {
    requireCandidate(candidate, noKeys);
    return true;
  } catch (error) {
    if (error instanceof ProbeError) return false;
    throw error;
  }
}

function nothingToProbe(profiles: number): ApiError {
  return new ApiError({
    code: 'not-found',
    message:
      profiles === 0
        ? 'There is no profile yet, and probes need its keys. Bring one in with "sawt import FILE".'
        : 'None of the servers can be probed: their names were not found, or they need a connection to be tried.',
  });
}
