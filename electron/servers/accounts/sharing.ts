import type { Profile, ProfileWarning } from '../../profile/types.ts';
import { pubkey } from '../../profile/wg/commands.ts';
import type { RegisteredDevice } from './device.ts';
import type { AccountProvider } from './provider.ts';

/** What happens when a profile is taken to a second device. */
export interface Sharing {
  /** `shared-key`, unless the key was made for that device. */
  warnings: ProfileWarning[];
  /** Id of the provider that would register a key of its own for the device; null: none would. */
  ownKeyFrom: string | null;
}

/**
 * A WireGuard server answers a key where it heard from it last, so two devices with one key take the tunnel from each
 * other again and again.
 */
export function sharingOf(
  { profile, provider: providerId }: { profile: Profile; provider: string | null },
  devices: readonly RegisteredDevice[],
  providers: readonly AccountProvider[],
): Sharing {
  if (profile.kind !== 'wireguard') return { warnings: [], ownKeyFrom: null };
  const publicKey = pubkey(profile.privateKey);
  if (devices.some((device) => device.publicKey === publicKey && device.purpose === 'phone'))
    return { warnings: [], ownKeyFrom: null };
  const provider = providers.find(({ id }) => id === providerId);
  const ownKeyFrom = provider?.secondKey ? provider.id : null;
  const remedy =
    ownKeyFrom === null
      ? 'use it on one at a time'
      : 'make the other one a key of its own with "sawt generate --server ID --account - --for phone"';
  const text = `Two devices with one key keep cutting each other off: ${remedy}.`;
  return { warnings: [{ code: 'shared-key', text }], ownKeyFrom };
}
