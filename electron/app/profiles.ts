import { storedProfileSchema } from '../profile/stored.ts';
import type { StoredProfile } from '../profile/types.ts';
import { openCollection, type Collection } from '../store/collection.ts';
import { tellMissing } from './tell-missing.ts';

const missing =
  'There is no such profile here; "sawt profiles" lists those there are. Under sudo these are root\'s own, unless SAWT_HOME says where yours are.';

/** The stored profiles. */
export const openProfiles = (folder: string): Collection<StoredProfile> =>
  tellMissing(openCollection<StoredProfile>(folder, storedProfileSchema), missing);
