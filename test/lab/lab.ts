import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { catalogueSchema, type Catalogue } from '../../electron/check/catalogue.ts';
import { startCapture, type Capture } from './capture/capture.ts';
import { CensorSwitch } from './censor/apply.ts';
import type { Censor } from './censor/censor.ts';
import { setOwnFirewall, type OwnTrouble } from './own-trouble.ts';
import type { IspStart } from './isp/main.ts';
import { transparentWrapper } from './isp/transparent.ts';
import { Parts } from './parts.ts';
import { isSandboxed } from './sandbox.ts';
import { createAuthority, issue, issueFor, type Credential, type Subject } from './system/certificates.ts';
import { startOwn, type Helper, type OwnHelper } from './system/helper.ts';
import { LabError } from './system/lab-error.ts';
import { places } from './system/places.ts';
import {
  findProgram,
  requirePrograms,
  run,
  runToEnd,
  searchPath,
  type Finished,
  type RunOptions,
} from './system/programs.ts';
import { buildTopology, type Namespace } from './topology.ts';
import { ispFirewall, injectorFirewall, providersFirewall, vpnFirewall, worldFirewall } from './firewalls.ts';
import { startRelay } from './relay/coturn.ts';
import { startOpenvpn } from './vpn/openvpn.ts';
import { startWireguard } from './vpn/wireguard.ts';
import { changedCensor, validIn, type WorldChange } from './world/change.ts';
import type { WorldStart } from './world/main.ts';
import { mirrorSites } from './world/mirrors.ts';
import { planWorld, worldAddresses, type WorldPlan } from './world/plan.ts';

/** A censored network that stands: client, ISP, world and VPN host, with real packets between them. */
export interface Lab {
  /** Holds wireguard.conf, openvpn-udp.ovpn, openvpn-tcp.ovpn and ca.pem for the client. */
  readonly folder: string;
  /** What a program in the client's network gets: SAWT_LAB_DIR, SAWT_HOME (fresh), NODE_EXTRA_CA_CERTS, PATH. */
  readonly clientEnv: NodeJS.ProcessEnv;
  /** Every host behind the ISP: what the honest answers are. */
  readonly world: WorldPlan;
  /** How long building took, in milliseconds. */
  readonly buildMs: number;
  /** Rejects when the lab breaks: a helper died. Never resolves. */
  readonly broken: Promise<never>;
  /**
   * Replaces what the ISP does, how the world differs from its plan, and what the client's own computer does to itself
   * (nothing, when left out). Throws LabError `ruleset-rejected` when the kernel does not take the rules.
   */
  flip(censor: Censor, change?: WorldChange, own?: OwnTrouble): Promise<void>;
  /** Runs a program to its end in one of the namespaces. */
  exec(namespace: Namespace, argv: readonly [string, ...string[]], options?: RunOptions): Promise<Finished>;
  /** Starts a program in one of the namespaces. The caller ends it; `close` does at the latest. */
  spawn(namespace: Namespace, argv: readonly string[], options?: SpawnOptions): ChildProcess;
  /** Records what passes an interface, until its `stop`. */
  capture(namespace: Namespace, device: string): Promise<Capture>;
  /**
   * Starts the relay for call rehearsals, once, and gives the path of the file that describes it to the client: with the
   * right password, or with a wrong one.
   */
  relay(password: 'right' | 'wrong'): Promise<string>;
  /** A running helper by its name, to stop or kill it in a test. */
  helper(name: string): Helper;
  /** Ends every process inside and removes the namespaces. */
  close(): Promise<void>;
}

export interface SpawnOptions {
  stdio?: StdioOptions;
  env?: NodeJS.ProcessEnv;
}

/** Namespace names are the sandbox's, so one lab at a time stands in it. */
let standing = false;

/** Builds a lab with an open network. Only inside the sandbox. Throws LabError, and leaves nothing behind then. */
export async function buildLab(): Promise<Lab> {
  const begin = performance.now();
  if (!isSandboxed()) {
    throw new LabError('not-in-sandbox', 'A lab is built only inside the sandbox: npm run lab -- sandbox -- COMMAND.');
  }
  if (standing) throw new LabError('usage', 'A lab stands already in this sandbox; close it first.');
  requirePrograms(['ip', 'nft', 'conntrack', 'openssl', 'perl', 'wg', 'wireguard-go', 'openvpn']);
  requireTunnelDevice();
  standing = true;
  process.env['PATH'] = searchPath(process.env['PATH']);
  const parts = new Parts();
  try {
    return await assemble(parts, begin);
  } catch (error) {
    await parts.tearDown();
    standing = false;
    throw error;
  }
}

/** wireguard-go and OpenVPN both work on it; Debian lets everybody use it, small systems only root. */
function requireTunnelDevice(): void {
  const device = '/dev/net/tun';
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
  } catch {
    const remedy = existsSync(device) ? `chmod 0666 ${device}, or run the lab as root` : 'load it with modprobe tun';
    throw new LabError('sandbox-failed', `The lab's VPN host needs ${device}, which this user cannot open: ${remedy}.`);
  }
}

async function assemble(parts: Parts, begin: number): Promise<Lab> {
  const folder = await mkdtemp('/run/sawt-lab-');
  parts.addFolder(folder);
  const secret = join(folder, 'private');
  const home = join(folder, 'home');
  await Promise.all([mkdir(secret, { mode: 0o700 }), mkdir(home, { mode: 0o700 })]);
  const servers = await readProviderServers();
  const world = planWorld(await readCatalogue(), await mirrorSites(), poolNames(servers));
  const [pki] = await Promise.all([createCertificates(secret, world), buildTopology(worldAddresses(world))]);
  await loadFirewalls(servers.map(({ address }) => address));
  const [isp, profiles, outside] = await Promise.all([
    startIsp(parts, secret, world, pki.interceptor),
    startVpn(parts, secret),
    startWorld(parts, { plan: world, credential: pki.sites, foreign: pki.interceptor, timed: pki.timed }),
  ]);
  const files: Record<string, string> = { 'ca.pem': pki.root, ...profiles };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text, { mode: 0o600 })));
  const clientEnv = {
    ...process.env,
    SAWT_LAB_DIR: folder,
    SAWT_HOME: home,
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  };
  const censor = new CensorSwitch(parts, isp);
  let relay: Promise<void> | undefined;
  const within = (namespace: Namespace, argv: readonly string[]): [string, ...string[]] => {
    parts.mustStand();
    return [findProgram('ip'), 'netns', 'exec', namespace, ...argv];
  };
  return {
    folder,
    clientEnv,
    world,
    buildMs: performance.now() - begin,
    broken: parts.broken,
    flip: async (next, change = {}, own = {}) => {
      parts.mustStand();
      await Promise.all([outside.request(change), setOwnFirewall(own)]);
      await censor.flip(changedCensor(next, change, world.names));
    },
    exec: async (namespace, argv, options = {}) =>
      Promise.race([parts.broken, runToEnd(within(namespace, argv), { env: clientEnv, ...options })]),
    spawn: (namespace, argv, options = {}) => {
      const [file, ...args] = within(namespace, argv);
      return spawn(file, args, { env: clientEnv, ...options });
    },
    capture: async (namespace, device) => {
      parts.mustStand();
      return startCapture(folder, namespace, device);
    },
    relay: async (password) => {
      await (relay ??= startClientRelay(parts, folder));
      return join(folder, relayFiles[password]);
    },
    helper: (name) => parts.helper(name),
    close: async () => {
      await parts.tearDown();
      standing = false;
    },
  };
}

async function readCatalogue(): Promise<Catalogue> {
  const parsed = catalogueSchema.safeParse(JSON.parse(await readFile(places.catalogue, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new LabError('catalogue-invalid', `The shipped catalogue does not fit its schema: ${parsed.error.message}`);
}

interface ProviderServer {
  hostname: string;
  address: string;
}

/** Where the shipped list has WireGuard servers. */
async function readProviderServers(): Promise<ProviderServer[]> {
  const { servers } = serverListSchema.parse(JSON.parse(await readFile(places.serverList, 'utf8')));
  return servers.flatMap(({ hostname, ipv4, wireguard }) =>
    ipv4 !== null && wireguard !== null ? [{ hostname, address: ipv4 }] : [],
  );
}

/** Names that their provider's list has no address for: each leads to a machine of its pool. */
function poolNames(servers: readonly ProviderServer[]): WorldPlan['names'] {
  const pools = servers.filter(({ hostname }) => hostname.endsWith('.azirevpn.net'));
  return Object.fromEntries(pools.map(({ hostname, address }) => [hostname, { v4: [address], v6: [] }]));
}

const serverListSchema = z.object({
  servers: z.array(z.object({ hostname: z.string(), ipv4: z.ipv4().nullable(), wireguard: z.object({}).nullable() })),
});

interface Certificates {
  /** Root that the client is given, as PEM. */
  root: string;
  sites: Credential;
  /** What the sites show in a world of another time. */
  timed: WorldStart['timed'];
  interceptor: Credential;
}

/** One certificate for every host of the world, and one of an authority that nobody trusts for the man in the middle. */
async function createCertificates(folder: string, world: WorldPlan): Promise<Certificates> {
  // Public resolvers are asked by address, and their certificates name them so.
  const resolvers = world.udp.filter(({ roles }) => roles.some(({ kind }) => kind === 'dns'));
  const names = [
    ...Object.keys(world.names).map((name) => `DNS:${name}`),
    ...resolvers.map(({ address }) => `IP:${address}`),
  ];
  const subject = (name: string): Subject => ({ name, usage: 'serverAuth', names });
  const [trusted, untrusted] = await Promise.all([
    createAuthority(folder, 'root', 'Lab root'),
    createAuthority(folder, 'interceptor', 'ISP inspection'),
  ]);
  const [sites, earlier, later, interceptor] = await Promise.all([
    issue(folder, trusted, subject('root-leaf')),
    issueFor(folder, trusted, subject('root-earlier'), validIn('earlier')),
    issueFor(folder, trusted, subject('root-later'), validIn('later')),
    issue(folder, untrusted, subject('interceptor-leaf')),
  ]);
  return { root: trusted.certificate, sites, timed: { earlier, later }, interceptor };
}

async function loadFirewalls(servers: readonly string[]): Promise<void> {
  const load = (namespace: Namespace, text: string): Promise<string> =>
    run('ip', ['netns', 'exec', namespace, findProgram('nft'), '-f', '-'], { input: text });
  await Promise.all([
    load('isp', ispFirewall),
    load('world', worldFirewall + providersFirewall(servers)),
    load('vpn', vpnFirewall),
    load('injector', injectorFirewall),
  ]);
}

function startIsp(parts: Parts, folder: string, world: WorldPlan, interceptor: Credential): Promise<OwnHelper> {
  const config: IspStart = { zone: world.names, interceptor, interceptorPath: join(folder, 'interceptor.sock') };
  const wrapper = transparentWrapper();
  const { onDeath } = parts;
  return startOwn({ name: 'lab-isp', namespace: 'isp', onDeath, config, wrapper }).then((isp) => parts.add(isp));
}

async function startWorld(parts: Parts, config: WorldStart): Promise<OwnHelper> {
  const { onDeath } = parts;
  return parts.add(await startOwn({ name: 'lab-world', namespace: 'world', onDeath, config }));
}

const relayFiles = { right: 'relay.json', wrong: 'relay-wrong.json' } as const;

async function startClientRelay(parts: Parts, folder: string): Promise<void> {
  const { helper, right, wrong } = await startRelay(join(folder, 'relay'), { onDeath: parts.onDeath });
  parts.add(helper);
  for (const [password, text] of Object.entries({ right, wrong }) as ['right' | 'wrong', string][])
    await writeFile(join(folder, relayFiles[password]), text, { mode: 0o600 });
}

/** Returns the client's profiles by file name. */
async function startVpn(parts: Parts, folder: string): Promise<Record<string, string>> {
  const { onDeath } = parts;
  const [wireguard, openvpn] = await Promise.all([
    startWireguard(folder, { onDeath }),
    startOpenvpn(join(folder, 'openvpn'), { onDeath }),
  ]);
  for (const helper of [wireguard.helper, ...openvpn.helpers]) parts.add(helper);
  return {
    'wireguard.conf': wireguard.profile,
    'openvpn-udp.ovpn': openvpn.profiles.udp,
    'openvpn-tcp.ovpn': openvpn.profiles.tcp,
  };
}
