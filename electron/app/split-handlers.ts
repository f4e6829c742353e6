import { isIP } from 'node:net';
import { ApiError } from '../api/errors.ts';
import type { Handlers, SplitResult } from '../api/schema.ts';
import { splitForCalls } from '../profile/split/calls.ts';
import { chooseRanges, type CallRanges, type ServiceRanges } from '../profile/split/choose.ts';
import { importProfiles, type NewProfile } from '../profile/import.ts';
import { summaryOf } from '../profile/stored.ts';
import type { Profile, StoredProfile } from '../profile/types.ts';
import { writeProfile } from '../profile/write.ts';
import type { Collection } from '../store/collection.ts';
import { keepProfile } from './profile-handlers.ts';

export interface SplitDependencies {
  profiles: Collection<StoredProfile>;
  /** Throws the check room's error when the catalogue cannot be used. */
  services: () => readonly ServiceRanges[];
  /** For a profile that names none. */
  resolvers: readonly string[];
  /** Neutral STUN servers, by address. */
  stun: readonly string[];
  /** The first address of a name; rejects when the system knows none. */
  lookUp: (name: string) => Promise<string>;
  now: () => Date;
}

export function createSplitHandlers(dependencies: SplitDependencies): Pick<Handlers, 'profiles.split'> {
  const { profiles } = dependencies;
  return {
    'profiles.split': async ({ id, services, replace }) => {
      const whole = await profiles.get(id);
      if (whole.profile.split) throw alreadySplit(whole.name);
      const { profile, ranges } = await makeSplit(dependencies, whole.profile, services);
      const judged = await judge(profile, whole.name);
      const kept = { provider: whole.provider, dropped: whole.dropped };
      const stored = replace
        ? { ...whole, ...judged, ...kept, id, name: whole.name }
        : await keepProfile(dependencies, { ...judged, ...kept });
      if (replace) await profiles.put(stored);
      const { services: inside, without, asOf } = ranges;
      return { profile: summaryOf(stored), inside, without, asOf } satisfies SplitResult;
    },
  };
}

/** Throws `bad-request` for services that the catalogue does not have, or none of which publishes its addresses. */
export async function makeSplit(
  { services, resolvers, stun, lookUp }: Pick<SplitDependencies, 'services' | 'resolvers' | 'stun' | 'lookUp'>,
  profile: Profile,
  named?: readonly string[],
): Promise<{ profile: Profile; ranges: CallRanges }> {
  const known = services();
  const unknown = named?.find((id) => !known.some((service) => service.id === id));
  if (unknown !== undefined) throw badServices(`The catalogue has no service "${unknown}".`);
  const ranges = chooseRanges(known, named);
  if (ranges.prefixes.length === 0) throw badServices('None of these services publishes the addresses that it uses.');
  const names = hostsOf(profile).filter((host) => isIP(host) === 0);
  const found = await Promise.allSettled(names.map(lookUp));
  const serverAddresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  return { ranges, profile: splitForCalls(profile, { prefixes: ranges.prefixes, stun, resolvers, serverAddresses }) };
}

function hostsOf(profile: Profile): string[] {
  const endpoints =
    profile.kind === 'wireguard' ? profile.peers.flatMap(({ endpoint }) => endpoint ?? []) : profile.remotes;
  return endpoints.map(({ host }) => host);
}

/** Written and read again, so that it passes the judgement of every profile; a file does not carry the mark of a split. */
async function judge(profile: Profile, name: string): Promise<NewProfile> {
  const ending = profile.kind === 'wireguard' ? 'conf' : 'ovpn';
  const bytes = Buffer.from(writeProfile(profile));
  const [result] = await importProfiles([{ name: `${name} (calls only).${ending}`, bytes }]);
  if (!result?.ok) throw result?.error ?? new Error('nothing was made');
  const read = result.profile;
  return { ...read, profile: { ...read.profile, split: 'calls' } };
}

function alreadySplit(name: string): ApiError {
  return new ApiError({
    code: 'bad-request',
    message: `${name} carries calls only already. Make it from the profile that carries everything.`,
  });
}

function badServices(problem: string): ApiError {
  return new ApiError({
    code: 'bad-request',
    message: `${problem} "sawt check --json" lists the ids. Nothing was made.`,
    details: { field: 'services' },
  });
}
