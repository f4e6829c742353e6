import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { importProfiles } from '../../../electron/profile/import.ts';
import type { OpenVpnProfile, Profile, WireGuardProfile } from '../../../electron/profile/types.ts';
import { buildLab, type Lab } from '../../lab/lab.ts';
import type { DriverOrder, DriverResult } from './driver.ts';
import { countersRuleset, readCounters, type WireCounters } from './wire-counters.ts';

/** A host of the world that nobody else uses: documentation ranges (RFC 5737, RFC 3849). */
export const world = { v4: '198.51.100.7', v6: '2001:db8:77::7' };

export interface Bed {
  lab: Lab;
  /** Where the tunnel keeps its journal. */
  runtimeFolder: string;
  profiles: { wireguard: WireGuardProfile; openvpnUdp: OpenVpnProfile; openvpnTcp: OpenVpnProfile };
  /** One tunnel call in a process of its own in the client's network. Undefined when it was killed. */
  drive(order: Order): Promise<DriverResult | undefined>;
  /** A shell line in a namespace; its output. Any exit code will do. */
  shell(namespace: 'client' | 'isp' | 'world' | 'vpn', line: string): Promise<string>;
  /** Ordinary traffic of the client. */
  flood(perSecond: number, seconds: number, hosts?: string[]): Promise<Flood>;
  /** What the client sent to the ISP since the last reset. */
  counters(): Promise<WireCounters>;
  resetCounters(): Promise<void>;
  /** Everything that must be as before after a connection, as one text. */
  snapshot(): Promise<string>;
  close(): Promise<void>;
}

export interface Flood {
  sent: number;
  refused: number;
  answered: number;
  lastAnswerMs: number;
  /** Between two answers. */
  longestGapMs: number;
}

type Order = Omit<DriverOrder, 'runtimeFolder' | 'stun' | 'profile'> & {
  profile?: Profile;
  stun?: DriverOrder['stun'];
};

export async function makeBed(): Promise<Bed> {
  const folder = await mkdtemp('/run/sawt-bed-');
  const [lab] = await Promise.all([buildLab(), bundle(folder)]);
  const runtimeFolder = join(folder, 'runtime');
  const stun = [world.v4, world.v6].map((host) => ({ host, port: 3478 }));

  const shell: Bed['shell'] = async (namespace, line) => {
    const { stdout, stderr } = await lab.exec(namespace, ['sh', '-c', line]);
    return stdout + stderr;
  };

  async function drive({ profile, ...order }: Order): Promise<DriverResult | undefined> {
    const path = join(folder, 'profile.json');
    await writeFile(path, JSON.stringify(profile ?? null), { mode: 0o600 });
    const whole: DriverOrder = { runtimeFolder, stun, ...order, profile: path };
    const { code, signal, stdout, stderr } = await lab.exec('client', node('driver', JSON.stringify(whole)));
    if (order.killAt !== undefined && (signal === 'SIGKILL' || code === 137)) return undefined;
    if (code !== 0) throw new Error(`The driver failed with ${code ?? signal ?? '?'}: ${stderr}`);
    return JSON.parse(stdout) as DriverResult;
  }

  const node = (program: string, ...args: string[]): [string, ...string[]] => [
    process.execPath,
    join(folder, `${program}.mjs`),
    ...args,
  ];

  await shell('world', `ip route add local ${world.v4}/32 dev lo; ip -6 route add local ${world.v6}/128 dev lo`);
  const responder = lab.spawn('world', node('responder', world.v4, world.v6), { stdio: ['ignore', 'pipe', 'inherit'] });
  if (responder.stdout) await once(responder.stdout, 'data');
  const [wireguard, openvpnUdp, openvpnTcp] = await importFrom(lab.folder);

  return {
    lab,
    profiles: { wireguard, openvpnUdp, openvpnTcp },
    runtimeFolder,
    drive,
    shell,
    async flood(perSecond, seconds, hosts = [world.v4, world.v6]) {
      const { stdout, stderr } = await lab.exec('client', node('flood', String(perSecond), String(seconds), ...hosts));
      if (stderr !== '') throw new Error(stderr);
      return JSON.parse(stdout) as Flood;
    },
    async counters() {
      return readCounters(await shell('isp', 'nft -j list table netdev wire'));
    },
    async resetCounters() {
      const { code, stderr } = await lab.exec('isp', ['nft', '-f', '-'], { input: countersRuleset });
      if (code !== 0) throw new Error(stderr);
    },
    snapshot: () => shell('client', snapshotLine),
    async close() {
      responder.kill('SIGKILL');
      await lab.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function importFrom(folder: string): Promise<[WireGuardProfile, OpenVpnProfile, OpenVpnProfile]> {
  const names = ['wireguard.conf', 'openvpn-udp.ovpn', 'openvpn-tcp.ovpn'];
  const inputs = await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
  const profiles = (await importProfiles(inputs)).map((result): Profile => {
    if (!result.ok) throw result.error;
    return result.profile.profile;
  });
  const [first, second, third] = profiles;
  if (first?.kind !== 'wireguard' || second?.kind !== 'openvpn' || third?.kind !== 'openvpn') {
    throw new Error('The lab gave other profiles than expected.');
  }
  return [first, second, third];
}

const snapshotLine = [
  'ip rule',
  'ip -6 rule',
  'ip route show table all',
  'ip -6 route show table all',
  'ip -o link | sed "s/ state .*//"',
  'nft list ruleset',
  'base64 /etc/resolv.conf',
  'cat /proc/sys/net/ipv4/conf/all/arp_ignore /proc/sys/net/ipv4/conf/all/src_valid_mark',
].join('; ');

async function bundle(folder: string): Promise<void> {
  const names = ['driver', 'responder', 'flood'];
  const input = Object.fromEntries(names.map((name) => [name, resolve(import.meta.dirname, `${name}.ts`)]));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { input, output: { entryFileNames: '[name].mjs' } },
    },
  });
}
