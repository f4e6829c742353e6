import { ProfileError } from './errors.ts';
import { writeOpenVpn } from './openvpn/write.ts';
import { profileSchema } from './schema.ts';
import type { Profile } from './types.ts';
import { writeWireGuard } from './wireguard/write.ts';

/** The profile as a .conf or .ovpn file, secrets included. Throws ProfileError when a field is not what it should be. */
export function writeProfile(profile: Profile): string {
  return write(profile, (value) => value);
}

/** The same with every key and password shown as `****`. */
export function maskProfile(profile: Profile): string {
  return write(profile, () => '****');
}

function write(profile: Profile, secret: (value: string) => string): string {
  const checked = profileSchema.safeParse(profile);
  if (!checked.success) {
    const field = checked.error.issues[0]?.path.filter((part) => typeof part === 'string').join('.') ?? null;
    throw new ProfileError(
      'profile-invalid',
      { file: 'profile', line: null, directive: field },
      'the field is damaged, so nothing was written; import the profile again',
    );
  }
  const known = checked.data;
  return known.kind === 'wireguard' ? writeWireGuard(known, secret) : writeOpenVpn(known, secret);
}
