import { join } from 'node:path';
import { ApiError } from '../api/errors.ts';
import type { Handlers, OwnServerKit } from '../api/schema.ts';
import { parseHost } from '../profile/address.ts';
import { importProfiles } from '../profile/import.ts';
import { addPeople, createOwnServer, revokePeople, type NewPerson } from '../profile/own-server/create.ts';
import { ownServerSummary, type OwnServer } from '../profile/own-server/record.ts';
import { summaryOf } from '../profile/stored.ts';
import type { Profile, ProfileSummary, StoredProfile } from '../profile/types.ts';
import { writeProfile } from '../profile/write.ts';
import type { Collection } from '../store/collection.ts';
import type { writeNewFiles } from '../store/new-files.ts';
import { kitFiles, profileName, type Kit } from './own-server-kit.ts';
import { keepProfile } from './profile-handlers.ts';

export interface OwnServerDependencies {
  servers: Collection<OwnServer>;
  profiles: Collection<StoredProfile>;
  /** The script's template. */
  template: () => Promise<string>;
  /** For the people of the server. */
  resolvers: readonly string[];
  /** The same profile, for calls only. */
  splitProfile: (profile: Profile) => Promise<Profile>;
  /** Where a kit goes when nobody says where: a folder of that name in here. */
  home: string;
  write: typeof writeNewFiles;
  now: () => Date;
}

type OwnServerHandlers = Pick<
  Handlers,
  'ownServer.list' | 'ownServer.create' | 'ownServer.add' | 'ownServer.revoke' | 'ownServer.remove'
>;

export function createOwnServerHandlers(dependencies: OwnServerDependencies): OwnServerHandlers {
  const { servers, resolvers, now } = dependencies;
  return {
    'ownServer.list': async () => (await servers.list()).map(ownServerSummary),
    'ownServer.create': async ({ endpoint, protocol, port, openvpnPort, people: count, ...where }) => {
      const host = parseHost(endpoint);
      if (host === undefined) throw badEndpoint();
      const tcpPort = openvpnPort ?? (protocol === 'openvpn' ? port : undefined);
      const { server, people } = await createOwnServer({
        endpoint: host,
        protocols: { wireguard: protocol !== 'openvpn', openvpn: protocol !== 'wireguard' },
        ...(port !== undefined && { wireguardPort: port }),
        ...(tcpPort !== undefined && { openvpnPort: tcpPort }),
        ...{ people: count, resolvers, now: now() },
      });
      return await keepKit(dependencies, server, { ...where, people, scriptIsNew: true });
    },
    'ownServer.add': async ({ id, people: count, ...where }) => {
      const order = { people: count, resolvers, now: now() };
      const { server, people } = await addPeople(await servers.get(id), order);
      return await keepKit(dependencies, server, { ...where, people, scriptIsNew: false });
    },
    'ownServer.revoke': async ({ id, people: numbers, ...where }) => {
      const server = revokePeople(await servers.get(id), numbers);
      return await keepKit(dependencies, server, { ...where, people: [], scriptIsNew: false });
    },
    'ownServer.remove': async ({ id }) => {
      await servers.remove(id);
      return null;
    },
  };
}

interface KitOrder {
  split?: 'full' | 'calls';
  folder?: string | undefined;
  force: boolean;
  people: readonly NewPerson[];
  /** Else it takes the place of the one before: an old script would let in who was revoked. */
  scriptIsNew: boolean;
}

/** The files first: a server that nobody has the script of is of no use. */
async function keepKit(
  dependencies: OwnServerDependencies,
  server: OwnServer,
  { folder, force, people: whole, split, scriptIsNew }: KitOrder,
): Promise<OwnServerKit> {
  const { servers, template, resolvers, home } = dependencies;
  const people = split === 'calls' ? await Promise.all(whole.map((one) => splitPerson(dependencies, one))) : whole;
  const where = folder ?? join(home, `sawt-server-${server.endpoint.replaceAll(':', '-')}`);
  const files = await kitFiles(server, people, { template: await template(), resolvers });
  const { script, relay, paths } = await writeKit(dependencies, where, { ...files, force, scriptIsNew });
  await servers.put(server);
  const own = people.find(({ number }) => number === 1);
  const profiles = own ? await keepOwn(dependencies, server, own) : [];
  return { server: ownServerSummary(server), folder: where, script, relay, files: paths, profiles };
}

/** A new kit is written whole or not at all; else people's files must not stand in the way, and the script is replaced last. */
async function writeKit(
  { write }: OwnServerDependencies,
  folder: string,
  { common, personal, force, scriptIsNew }: Kit & Pick<KitOrder, 'force' | 'scriptIsNew'>,
): Promise<{ script: string; relay: string; paths: string[] }> {
  const before = scriptIsNew ? [] : await write(folder, personal, force);
  const [script = '', relay = '', ...paths] = await write(
    folder,
    scriptIsNew ? [...common, ...personal] : common,
    force || !scriptIsNew,
  );
  return { script, relay, paths: [...before, ...paths] };
}

async function splitPerson({ splitProfile }: OwnServerDependencies, person: NewPerson): Promise<NewPerson> {
  const { wireguard, openvpn } = person;
  const split = async <One extends Profile>(profile: One | null): Promise<One | null> =>
    profile && ((await splitProfile(profile)) as One);
  return { ...person, wireguard: await split(wireguard), openvpn: await split(openvpn) };
}

/** Whoever makes the server is its first person, and can connect at once. */
async function keepOwn(
  dependencies: OwnServerDependencies,
  server: OwnServer,
  { wireguard, openvpn }: NewPerson,
): Promise<ProfileSummary[]> {
  const kept: ProfileSummary[] = [];
  for (const profile of [wireguard, openvpn]) {
    if (profile === null) continue;
    kept.push(summaryOf(await keepProfile(dependencies, await storable(server, profile))));
  }
  return kept;
}

/** Written and read again, so that what is made here passes the same judgement as what is imported. */
async function storable(server: OwnServer, profile: Profile): Promise<Omit<StoredProfile, 'createdAt'>> {
  const bytes = Buffer.from(writeProfile(profile));
  const [result] = await importProfiles([{ name: profileName(server, profile), bytes }]);
  if (!result?.ok) throw result?.error ?? new Error('nothing was made');
  // The mark of a split is not in a file.
  return { ...result.profile, profile: { ...result.profile.profile, ...(profile.split && { split: profile.split }) } };
}

function badEndpoint(): ApiError {
  return new ApiError({
    code: 'bad-request',
    message: 'The server is neither an IP address nor a host name. Write it without a port. Nothing was made.',
    details: { field: 'endpoint' },
  });
}
