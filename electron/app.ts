import { homedir, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { AppInfo, Handlers } from './api/schema.ts';
import type { Events } from './api/server.ts';
import { createAccountHandlers } from './app/account-handlers.ts';
import { createBestHandlers } from './app/best-handlers.ts';
import { callsInside, type CallsInside } from './app/calls-inside.ts';
import { openCatalogue } from './app/catalogue.ts';
import { createCheckHandlers, type RunCheck } from './app/check-handlers.ts';
import { keepCredentials } from './app/credentials.ts';
import { withApiErrors } from './app/errors.ts';
import { createEvents } from './app/events.ts';
import { openHistory } from './app/history.ts';
import { createHistoryHandlers } from './app/history-handlers.ts';
import { createHandOnHandlers } from './app/hand-on-handlers.ts';
import { createListHandlers } from './app/list-handlers.ts';
import { openDevices } from './app/devices.ts';
import { lookUp } from './app/look-up.ts';
import { createOwnServerCheck } from './app/own-server-check.ts';
import { createOwnServerHandlers } from './app/own-server-handlers.ts';
import { openOwnServers, scriptTemplate } from './app/own-servers.ts';
import { createProbeHandlers } from './app/probe-handlers.ts';
import { openProbeMemory } from './app/probe-memory.ts';
import { createOpenVpnHandlers } from './app/openvpn-handlers.ts';
import { openContacts } from './app/provider-contacts.ts';
import { createProfileHandlers } from './app/profile-handlers.ts';
import { createServerHandlers } from './app/server-handlers.ts';
import { openServerList } from './app/server-list.ts';
import { openProfiles } from './app/profiles.ts';
import { createRelayHandlers, openRelay } from './app/relay-handlers.ts';
import { createSettingsHandlers } from './app/settings-handlers.ts';
import { createSignatureReader } from './app/signatures.ts';
import { createSplitHandlers, makeSplit } from './app/split-handlers.ts';
import { createTunnelHandlers } from './app/tunnel-handlers.ts';
import { compareReports } from './check/compare.ts';
import { networkId } from './check/network-id.ts';
import type { Report } from './check/report.ts';
import { runCheck } from './check/run.ts';
import type { Profile } from './profile/types.ts';
import { openApi } from './servers/accounts/api.ts';
import { generateProfile } from './servers/generate.ts';
import { sortNear } from './servers/near.ts';
import { nodeNet } from './servers/probe/node-net.ts';
import { knock } from './servers/probe/own-server.ts';
import { probeServers } from './servers/probe/run.ts';
import { openKeeper } from './signed/keeper.ts';
import { openKeyRing } from './signed/key-ring.ts';
import { readReleaseKeys } from './signed/keys.ts';
import { readMirrors } from './signed/mirrors.ts';
import type { SawtHome } from './store/home.ts';
import { writeNewFiles } from './store/new-files.ts';
import { toConnection } from './tunnel/connection.ts';
import { createTunnel } from './tunnel/tunnel.ts';

export { wgTools } from './app/wg-tools.ts';
export { sawtHome } from './store/home.ts';

export interface AppOptions {
  /** Folder of the shipped data: catalogue, server list. */
  resources: string;
  home: SawtHome;
  version: string;
  front: AppInfo['front'];
  /** In the practice network: the window says so. */
  practice: boolean;
  /** File of NODE_EXTRA_CA_CERTS. */
  extraRootsFile?: string;
}

export interface App {
  handlers: Handlers;
  events: Events;
  /** Cancels what is under way; a connection that stands stays. */
  close(): Promise<void>;
}

/** Puts the rooms together. A damaged catalogue fails the calls that need it, not those that put the network back. */
export async function createApp(options: AppOptions): Promise<App> {
  const { resources, home } = options;
  const { events, emit } = createEvents();
  const now = (): Date => new Date();
  const signing = join(resources, 'signing');
  const keeper = openKeeper(join(home.data, 'signed'));
  const sources = { keeper, keyRing: await openKeyRing(await readReleaseKeys(signing), keeper), now };
  const catalogue = await openCatalogue(resources, sources);
  const servers = openServerList(resources, sources);
  const profiles = openProfiles(join(home.data, 'profiles'));
  // Two, in case one is away.
  const resolvers = catalogue.tunnelTargets().fallbackResolvers.slice(0, 2);
  // Calls ask them for the own address, and a re-check needs some inside.
  const stun = catalogue.tunnelTargets().trafficTargets.stun.map(({ host }) => host);
  const splitting = { services: () => catalogue.forCheck().catalogue.services, resolvers, stun, lookUp };
  const ownServers = openOwnServers(join(home.data, 'own-servers'));
  const history = openHistory({ folder: home.data, networkId, ownAddresses });
  const relay = openRelay(home.data);
  const devices = openDevices(join(home.data, 'devices'));
  const tunnel = createTunnel({ runtimeFolder: home.runtime, ...catalogue.tunnelTargets() });

  const run: RunCheck = (request) => runCheck({ ...catalogue.forCheck(), ...extraRoots(options), ...request });
  const serviceIds = (): string[] => catalogue.forCheck().catalogue.services.map(({ id }) => id);
  // A check is possible also where the state of a tunnel cannot be read.
  const tunnelUp = (): Promise<boolean> =>
    tunnel.status().then(
      ({ state }) => state !== 'disconnected',
      () => false,
    );
  const lastDirect = async (): Promise<Report | undefined> =>
    (await tunnelUp()) ? history.newest() : history.ofThisNetwork();
  const keep = (report: Report, ownTunnel: boolean): Promise<void> => history.keep(report, ownTunnel);
  const insideOf = (profile: Profile): CallsInside | undefined =>
    callsInside(profile, catalogue.forCheck().catalogue.services);
  const insideNow = async (): Promise<CallsInside | undefined> => {
    const state = await tunnel.status();
    return state.state === 'connected' && state.split
      ? insideOf((await profiles.get(state.profile)).profile)
      : undefined;
  };
  const readSignatures = createSignatureReader({
    file: join(resources, 'signatures', 'shapes.json'),
    catalogue: () => catalogue.forCheck().catalogue,
    lookUp: (name) => lookUp(name, 4),
  });
  const looking = { run, compare: compareReports, serviceIds, lastDirect, keep, emit };
  const contacts = openContacts({
    folder: join(resources, 'servers', 'accounts'),
    ...extraRoots(options),
    openApi,
    now,
  });
  const single: Omit<Handlers, 'tunnel.connectBest'> = {
    'app.info': () => Promise.resolve(appInfo(options, catalogue.edition())),
    ...createSettingsHandlers(home.config),
    ...createCheckHandlers({
      ...looking,
      tunnelUp,
      callsInside: insideNow,
      readSignatures,
      keptRelay: () => relay.read(),
    }),
    ...createRelayHandlers(relay),
    ...createHistoryHandlers({ history, compare: compareReports, tunnelUp, ownAddresses, version: options.version }),
    ...createProfileHandlers({
      profiles,
      recognise: servers.recognise,
      inUse: async () => {
        const state = await tunnel.status();
        return 'profile' in state ? state.profile : null;
      },
      now,
    }),
    ...createTunnelHandlers({
      tunnel,
      toConnection,
      profile: async (id) => (await profiles.get(id)).profile,
      keepCredentials: (id, credentials) => keepCredentials(profiles, id, credentials),
      callsInside: insideOf,
      ...looking,
    }),
    ...createProbeHandlers({
      profiles,
      list: servers.list,
      sortNear,
      tunnel: () => tunnel.status(),
      lookUp,
      probe: probeServers,
      memory: openProbeMemory({ folder: home.data, network: () => history.networks.current(), now }),
      emit,
      now,
    }),
    ...createListHandlers({
      ...sources,
      mirrors: () => readMirrors(signing),
      rooms: [servers.signed, catalogue.signed],
    }),
    ...createHandOnHandlers({ ...sources, rooms: [servers.signed, catalogue.signed] }),
    ...createAccountHandlers({ contacts, devices, profiles, list: servers.list, now }),
    ...createOpenVpnHandlers({ contacts, profiles, list: servers.list, now }),
    ...createServerHandlers({ ...servers, profiles, now, sortNear, generate: generateProfile }),
    ...createSplitHandlers({ ...splitting, profiles, now }),
    ...createOwnServerCheck({
      servers: ownServers,
      profiles,
      tunnel: () => tunnel.status(),
      lookUp,
      knock,
      net: nodeNet,
    }),
    ...createOwnServerHandlers({
      servers: ownServers,
      profiles,
      template: scriptTemplate(join(resources, 'own-server', 'server.sh')),
      resolvers,
      splitProfile: async (profile) => (await makeSplit(splitting, profile)).profile,
      home: homedir(),
      write: writeNewFiles,
      now,
    }),
  };
  const handlers: Handlers = { ...single, ...createBestHandlers({ ...single, emit }) };
  return { handlers: withApiErrors(handlers), events, close: () => Promise.resolve() };
}

function appInfo({ version, front, practice }: AppOptions, catalogue: AppInfo['catalogue']): AppInfo {
  return { version, front, practice, catalogue };
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));
}

function extraRoots({ extraRootsFile }: AppOptions): { extraRootsFile?: string } {
  return extraRootsFile === undefined ? {} : { extraRootsFile };
}
