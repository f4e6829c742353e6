import { randomBytes } from 'node:crypto';
import { writeEndpoint } from './address.ts';
import { ProfileError } from './errors.ts';
import { recognise } from './kind.ts';
import { inputName, profileName } from './names.ts';
import { parseOpenVpn } from './openvpn/parse.ts';
import type { ImportInput, Profile, StoredProfile } from './types.ts';
import { parseWireGuard } from './wireguard/parse.ts';

export type NewProfile = Omit<StoredProfile, 'createdAt'>;

/** `input` is the name of the input, made fit to be shown. */
export type ImportResult =
  { input: string; ok: true; profile: NewProfile } | { input: string; ok: false; error: ProfileError };

/** Each input for itself, in order: a bad one does not spoil the others. Rejects only on a fault of ours. */
export function importProfiles(inputs: readonly ImportInput[]): Promise<ImportResult[]> {
  return Promise.resolve().then(() => inputs.map(importOne));
}

function importOne({ name, bytes }: ImportInput): ImportResult {
  const input = inputName(name);
  try {
    const { kind, lines } = recognise(bytes, input);
    const parsed = kind === 'wireguard' ? parseWireGuard(lines, input) : parseOpenVpn(lines, input);
    return { input, ok: true, profile: newProfile(profileName(name), parsed) };
  } catch (error) {
    if (error instanceof ProfileError) return { input, ok: false, error };
    throw error;
  }
}

/** A profile with an id of its own, ready to be stored. */
export function newProfile(
  name: string,
  { profile, dropped, warnings }: Pick<NewProfile, 'dropped' | 'warnings'> & { profile: Profile },
): NewProfile {
  return {
    id: `p-${randomBytes(8).toString('hex')}`,
    name,
    kind: profile.kind,
    endpoint: endpointOf(profile),
    provider: null,
    dropped,
    warnings,
    profile,
  };
}

function endpointOf(profile: Profile): string | null {
  const endpoint =
    profile.kind === 'wireguard' ? profile.peers.find((peer) => peer.endpoint)?.endpoint : profile.remotes[0];
  return endpoint ? writeEndpoint(endpoint) : null;
}
