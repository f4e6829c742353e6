import { ApiError } from '../api/errors.ts';
import { storedProfileSchema } from '../profile/stored.ts';
import type { StoredProfile } from '../profile/types.ts';
import { openCollection, type Collection } from '../store/collection.ts';
import { StoreError } from '../store/errors.ts';

/** The stored profiles. An id that is not there is answered in words about profiles, with the way on. */
export function openProfiles(folder: string): Collection<StoredProfile> {
  const profiles = openCollection<StoredProfile>(folder, storedProfileSchema);
  return {
    ...profiles,
    get: (id) => profiles.get(id).catch(explain),
    remove: (id) => profiles.remove(id).catch(explain),
  };
}

function explain(error: unknown): never {
  if (!(error instanceof StoreError) || error.code !== 'not-found') throw error;
  throw new ApiError(
    {
      code: 'not-found',
      message:
        'There is no such profile here; "sawt profiles" lists those there are. Under sudo these are root\'s own, unless SAWT_HOME says where yours are.',
    },
    { cause: error },
  );
}
