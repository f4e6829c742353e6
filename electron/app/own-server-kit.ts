import { ProfileError } from '../profile/errors.ts';
import type { NewPerson } from '../profile/own-server/create.ts';
import { personName, type OwnServer } from '../profile/own-server/record.ts';
import { relayOf } from '../profile/own-server/relay.ts';
import { writeServerScript } from '../profile/own-server/script.ts';
import { writeQr } from '../profile/qr.ts';
import type { Profile } from '../profile/types.ts';
import { writeProfile } from '../profile/write.ts';
import type { NewFile } from '../store/new-files.ts';

export interface Kit {
  /** The script, then the relay. */
  common: NewFile[];
  personal: NewFile[];
}

/** What a person hands on: the script for the server, the relay for rehearsals, and each new person's own files. */
export async function kitFiles(
  server: OwnServer,
  people: readonly NewPerson[],
  { template, resolvers }: { template: string; resolvers: readonly string[] },
): Promise<Kit> {
  return {
    common: [
      { name: 'server.sh', content: writeServerScript(server, template, resolvers) },
      { name: 'relay.json', content: `${JSON.stringify(relayOf(server), undefined, 2)}\n` },
    ],
    personal: (await Promise.all(people.map(personalFiles))).flat(),
  };
}

async function personalFiles(person: NewPerson): Promise<NewFile[]> {
  const { wireguard, openvpn } = person;
  const name = personName(person);
  const files: NewFile[] = [];
  if (wireguard) {
    const picture = await pictureOf(wireguard);
    files.push({ name: `${name}.conf`, content: writeProfile(wireguard) });
    if (picture) files.push({ name: `${name}.png`, content: picture });
  }
  if (openvpn) files.push({ name: `${name}.ovpn`, content: writeProfile(openvpn) });
  return files;
}

/** None of a profile that is too long for a code, as one for calls only may be: its file is there. */
async function pictureOf(profile: Profile): Promise<Buffer | undefined> {
  try {
    return Buffer.from((await writeQr(profile, 'png')).content, 'base64');
  } catch (error) {
    if (error instanceof ProfileError && error.code === 'profile-too-large') return undefined;
    throw error;
  }
}

/** As a file name, from which an import takes the profile's name. */
export function profileName({ endpoint }: OwnServer, { kind }: Profile): string {
  const host = endpoint.replaceAll(':', '-');
  return kind === 'wireguard' ? `Own server ${host}.conf` : `Own server ${host} (TCP).ovpn`;
}
