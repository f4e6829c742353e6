import { ApiError } from '../api/errors.ts';
import type { CheckedArgs } from '../api/schema.ts';
import { userPassOf } from '../profile/openvpn/user-pass.ts';
import type { Profile, StoredProfile } from '../profile/types.ts';
import type { Collection } from '../store/collection.ts';

export type Credentials = NonNullable<CheckedArgs<'tunnel.connect'>['credentials']>;

/** The profile as it connects with what a person typed. Throws ApiError when it asks for nothing, or they cannot be right. */
export function withCredentials(profile: Profile, { username, password }: Credentials): Profile {
  if (profile.kind !== 'openvpn' || !profile.userPass)
    throw new ApiError({
      code: 'bad-request',
      message: 'This profile asks for no user name and password. Connect without them.',
    });
  const userPass = userPassOf(username, password);
  if (!userPass)
    throw new ApiError({
      code: 'password-wrong',
      message: 'The user name and the password must be one line each, of at most 200 bytes. Nothing was sent.',
    });
  return { ...profile, userPass };
}

/** With the profile, which only its owner may read. */
export async function keepCredentials(
  profiles: Collection<StoredProfile>,
  id: string,
  credentials: Credentials,
): Promise<void> {
  const stored = await profiles.get(id);
  await profiles.put({ ...stored, profile: withCredentials(stored.profile, credentials) });
}

/** Throws the store's `not-found`. */
export async function forgetCredentials(profiles: Collection<StoredProfile>, id: string): Promise<StoredProfile> {
  const stored = await profiles.get(id);
  const { profile } = stored;
  if (profile.kind !== 'openvpn' || !profile.userPass) return stored;
  const forgotten: StoredProfile = { ...stored, profile: { ...profile, userPass: { required: true } } };
  await profiles.put(forgotten);
  return forgotten;
}
