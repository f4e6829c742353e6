import { ApiError } from '../api/errors.ts';
import type { Handlers } from '../api/schema.ts';
import { importProfiles, type NewProfile } from '../profile/import.ts';
import { summaryOf } from '../profile/stored.ts';
import type { Profile, StoredProfile, WireGuardProfile } from '../profile/types.ts';
import { writeProfile } from '../profile/write.ts';
import type { generateProfile } from '../servers/generate.ts';
import type { sortNear } from '../servers/near.ts';
import type { Provider, Server } from '../servers/types.ts';
import type { Collection } from '../store/collection.ts';
import { keepProfile } from './profile-handlers.ts';
import type { ServerListRoom } from './server-list.ts';

export interface ServerDependencies extends Pick<ServerListRoom, 'list'> {
  profiles: Collection<StoredProfile>;
  now: () => Date;
  sortNear: typeof sortNear;
  generate: typeof generateProfile;
}

type ServerHandlers = Pick<Handlers, 'servers.list' | 'servers.generate'>;

export function createServerHandlers(dependencies: ServerDependencies): ServerHandlers {
  return {
    'servers.list': async ({ near }) => {
      const { list, ...status } = await dependencies.list();
      const { listVersion, issuedAt, expiresAt, providers } = list;
      const servers = near === undefined ? list.servers : dependencies.sortNear(list.servers, near);
      return { ...status, listVersion, issuedAt, expiresAt, providers, servers };
    },
    'servers.generate': async ({ serverId, fromProfile }) => {
      const { list } = await dependencies.list();
      const server = list.servers.find(({ id }) => id === serverId);
      const provider = list.providers.find(({ id }) => id === server?.provider);
      if (!server || !provider) throw unknownServer();
      const source = await sourceProfile(dependencies.profiles, provider, fromProfile);
      const generated = dependencies.generate(server, provider, source, undefined, list);
      const profile = await storable(generated, placeName(server));
      return summaryOf(await keepProfile(dependencies, { ...profile, provider: provider.id }));
    },
  };
}

/** Written and read again, so that what is generated passes the same judgement as what is imported. */
export async function storable(generated: Profile, name: string): Promise<NewProfile> {
  const bytes = Buffer.from(writeProfile(generated));
  const [result] = await importProfiles([
    { name: `${name}.${generated.kind === 'wireguard' ? 'conf' : 'ovpn'}`, bytes },
  ]);
  if (!result?.ok) throw result?.error ?? new Error('nothing was generated');
  return result.profile;
}

export const placeName = ({ city, country }: Server): string => `${city} (${country})`;

async function sourceProfile(
  profiles: Collection<StoredProfile>,
  provider: Provider,
  id: string | undefined,
): Promise<WireGuardProfile> {
  const candidates = id === undefined ? await profiles.list() : [await profiles.get(id)];
  // A profile that was named is taken at its word; `generate` refuses it when it is of another provider.
  for (const { profile, provider: own } of candidates)
    if (profile.kind === 'wireguard' && (id !== undefined || own === provider.id)) return profile;
  throw new ApiError({
    code: 'provider-mismatch',
    message:
      id === undefined
        ? `No WireGuard profile of ${provider.name} has been imported, and its keys are needed. ${provider.credential}`
        : `This is no WireGuard profile, so it has no keys for a server of ${provider.name}.`,
    details: { provider: provider.id },
  });
}

export function unknownServer(): ApiError {
  return new ApiError({
    code: 'not-found',
    message: 'There is no such server in the list. "sawt servers list" shows the ids.',
  });
}
