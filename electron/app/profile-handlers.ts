import { ApiError } from '../api/errors.ts';
import type { Handlers, ImportOutcome } from '../api/schema.ts';
import { importProfiles, type ImportResult, type NewProfile } from '../profile/import.ts';
import { lostInNetworkManager } from '../profile/network-manager.ts';
import { writeQr } from '../profile/qr.ts';
import { summaryOf } from '../profile/stored.ts';
import type { Profile, StoredProfile } from '../profile/types.ts';
import { maskProfile, writeProfile } from '../profile/write.ts';
import type { Collection } from '../store/collection.ts';
import { mapBounded } from './bounded.ts';
import { cleanName } from './clean-name.ts';
import { forgetCredentials } from './credentials.ts';
import { toApiError } from './errors.ts';

export interface ProfileDependencies {
  profiles: Collection<StoredProfile>;
  /** The provider that a profile belongs to, or null. */
  recognise: (profile: Profile) => Promise<string | null>;
  /** Id of the profile that a connection uses now, or null. */
  inUse: () => Promise<string | null>;
  now: () => Date;
}

type ProfileHandlers = Pick<
  Handlers,
  | 'profiles.list'
  | 'profiles.show'
  | 'profiles.qr'
  | 'profiles.rename'
  | 'profiles.remove'
  | 'profiles.forgetCredentials'
  | 'profiles.import'
>;

export function createProfileHandlers(dependencies: ProfileDependencies): ProfileHandlers {
  const { profiles, inUse } = dependencies;
  return {
    'profiles.list': async () => {
      const stored = await profiles.list();
      return stored.sort((a, b) => a.createdAt.localeCompare(b.createdAt)).map(summaryOf);
    },
    'profiles.show': async ({ id, reveal }) => {
      const stored = await profiles.get(id);
      return {
        summary: summaryOf(stored),
        text: (reveal ? writeProfile : maskProfile)(stored.profile),
        lostInNetworkManager: lostInNetworkManager(stored.profile),
      };
    },
    'profiles.qr': async ({ id, format }) => writeQr((await profiles.get(id)).profile, format),
    'profiles.rename': async ({ id, name }) => {
      const renamed = { ...(await profiles.get(id)), name: cleanName(name) };
      await profiles.put(renamed);
      return summaryOf(renamed);
    },
    'profiles.remove': async ({ id }) => {
      if ((await inUse()) === id)
        throw new ApiError({
          code: 'profile-in-use',
          message: 'This profile carries the connection now. Disconnect first, then remove it.',
        });
      await profiles.remove(id);
      return null;
    },
    'profiles.forgetCredentials': async ({ id }) => summaryOf(await forgetCredentials(profiles, id)),
    'profiles.import': async ({ files }) => {
      const inputs = files.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }));
      const results = await importProfiles(inputs);
      return mapBounded(results, 32, (result) => keepImported(dependencies, result));
    },
  };
}

async function keepImported(dependencies: ProfileDependencies, result: ImportResult): Promise<ImportOutcome> {
  if (!result.ok) {
    const { input, error } = result;
    return {
      input,
      ok: false,
      error: toApiError(error).toRecord(),
      ...(error.needs.length > 0 && { needs: error.needs }),
    };
  }
  const provider = await dependencies.recognise(result.profile.profile);
  const stored = await keepProfile(dependencies, { ...result.profile, provider });
  return { input: result.input, ok: true, profile: summaryOf(stored) };
}

export async function keepProfile(
  { profiles, now }: Pick<ProfileDependencies, 'profiles' | 'now'>,
  profile: NewProfile,
): Promise<StoredProfile> {
  const stored = { ...profile, createdAt: now().toISOString() };
  await profiles.put(stored);
  return stored;
}
