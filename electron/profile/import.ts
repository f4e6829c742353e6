import { randomBytes } from 'node:crypto';
import { writeEndpoint } from './address.ts';
import { isAmneziaLink, readAmneziaLink } from './amnezia-link.ts';
import { isArchive, readArchive } from './archive/read.ts';
import { ProfileError } from './errors.ts';
import { recognise } from './kind.ts';
import { inputName, profileName } from './names.ts';
import { parseOpenVpn } from './openvpn/parse.ts';
import { isPicture, readQr } from './picture/read-qr.ts';
import { keepCompany } from './company.ts';
import { alone, type Beside, type Source } from './source.ts';
import { linesOf } from './text.ts';
import type { ImportInput, Profile, StoredProfile } from './types.ts';
import { parseWireGuard } from './wireguard/parse.ts';

export type NewProfile = Omit<StoredProfile, 'createdAt'>;

/** `input` is the name of the input, made fit to be shown. */
export type ImportResult =
  { input: string; ok: true; profile: NewProfile } | { input: string; ok: false; error: ProfileError };

/**
 * Each input for itself, in order: a bad one does not spoil the others. An archive, and a key of the AmneziaVPN app, gives
 * a result for each profile in it. Certificates and keys that a profile among the inputs refers to by name are taken from
 * the other inputs, and give no result of their own. Rejects only on a fault of ours.
 */
export async function importProfiles(inputs: readonly ImportInput[]): Promise<ImportResult[]> {
  const company = keepCompany(inputs);
  const results = await Promise.all(inputs.map((input) => importInput(input, company.beside(input))));
  return results.filter((_, index) => !company.wasTaken(inputs[index])).flat();
}

async function importInput({ name, bytes }: ImportInput, beside: Beside): Promise<ImportResult[]> {
  const input = inputName(name);
  try {
    return (await sourcesIn(bytes, name, input, beside)).map(importSource);
  } catch (error) {
    return [failed(input, error)];
  }
}

/** What an input carries: a text, or a picture or link with a text in it, or an archive of texts. Throws ProfileError. */
async function sourcesIn(bytes: Uint8Array, name: string, input: string, beside: Beside): Promise<Source[]> {
  if (isArchive(bytes)) return readArchive(bytes, input);
  if (isPicture(bytes)) return sourcesInText(readQr(bytes, input), name, input);
  return sourcesInText(bytes, name, input, beside);
}

function sourcesInText(text: Uint8Array, name: string, input: string, beside?: Beside): Source[] {
  return isAmneziaLink(text) ? readAmneziaLink(text, name, input) : [alone(name, input, text, beside)];
}

function importSource(source: Source): ImportResult {
  try {
    return { input: source.input, ok: true, profile: profileIn(source) };
  } catch (error) {
    return failed(source.input, error);
  }
}

function failed(input: string, error: unknown): ImportResult {
  if (error instanceof ProfileError) return { input, ok: false, error };
  throw error;
}

function profileIn({ name, input, read, beside }: Source): NewProfile {
  const { kind, lines } = recognise(read(), input);
  if (kind === 'wireguard') return newProfile(profileName(name), parseWireGuard(lines, input));
  const linesBeside = (path: string): string[] | undefined => {
    const found = beside(path);
    return found && linesOf(found.bytes, found.file);
  };
  return newProfile(profileName(name), parseOpenVpn(lines, input, linesBeside));
}

/** A profile with an id of its own, ready to be stored. */
function newProfile(
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
