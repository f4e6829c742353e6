import { existsSync } from 'node:fs';
import { inAnyRange } from './addresses.ts';
import type { Candidate, Carrier } from './carrier.ts';
import { TunnelFailure } from './errors.ts';
import { listLinks, listRoutes, routeTo, type Link, type Route } from './lock/ip.ts';
import { localRanges, tunnelMark } from './lock/routing-lock.ts';
import type { Programs } from './run.ts';
import { installCommand, readOsRelease } from './install-advice.ts';
import { hasStrays, isOurDevice } from './undo.ts';

/** A person waits for every try; a list of dozens of servers is not tried to its end. */
const maxCandidates = 8;

export interface Preflight {
  candidates: Candidate[];
  ipv6: boolean;
  /** Gateways outside the private ranges, which need a rule of their own. */
  publicGateways: string[];
}

/** Everything that can be found out before anything is changed. `takeover`: what is ours on this computer is known and will be replaced. */
export async function preflight(
  programs: Programs,
  carrier: Carrier,
  { takeover, signal }: { takeover: boolean; signal: AbortSignal },
): Promise<Preflight> {
  checkPermission();
  await checkTools(programs, ['ip', 'nft', ...carrier.tools]);
  const ipv6 = hasIpv6();
  if (!takeover) await checkNoOtherSawt(programs, ipv6);
  await checkNoOtherTunnel(programs, ipv6);
  const found = await reachable(programs, (await carrier.candidates(signal)).slice(0, maxCandidates));
  const routes = await listRoutes(programs, '4', 254);
  const routes6 = ipv6 ? await listRoutes(programs, '6', 254) : [];
  const gateways = [...routes, ...routes6].flatMap(({ gateway }) => gateway ?? []);
  const local = [...localRanges['4'], ...localRanges['6']];
  const publicGateways = [...new Set(gateways)].filter((gateway) => !inAnyRange(gateway, local));
  return { candidates: found, ipv6, publicGateways };
}

export function hasIpv6(): boolean {
  return existsSync('/proc/net/if_inet6');
}

export function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

function checkPermission(): void {
  if (isRoot()) return;
  throw new TunnelFailure(
    'permission-refused',
    'Connecting changes the routes and the firewall of this computer and needs administrator rights; run it with sudo.',
  );
}

async function checkTools(programs: Programs, names: readonly string[]): Promise<void> {
  const missing = names.filter((name) => programs.find(name) === undefined);
  if (missing.length === 0) return;
  const osRelease = await readOsRelease();
  const commands = missing.map((name) => installCommand(name, osRelease) ?? `the package manager (${name})`);
  throw new TunnelFailure(
    'tool-missing',
    `Connecting needs ${missing.join(' and ')}, which this computer does not have; install with: ${commands.join('; ')}.`,
  );
}

async function checkNoOtherSawt(programs: Programs, ipv6: boolean): Promise<void> {
  if (!(await hasStrays(programs, ipv6))) return;
  throw new TunnelFailure(
    'another-tunnel',
    'Another Sawt is connected on this computer, or one was interrupted; run "sawt disconnect" there, or "sawt repair".',
  );
}

async function checkNoOtherTunnel(programs: Programs, ipv6: boolean): Promise<void> {
  const links = await listLinks(programs);
  const routes = [...(await listRoutes(programs, '4', 'all')), ...(ipv6 ? await listRoutes(programs, '6', 'all') : [])];
  const other = foreignTunnel(links, routes);
  if (other === undefined) return;
  throw new TunnelFailure(
    'another-tunnel',
    `Another VPN already carries this computer's traffic (${other}); disconnect it first, then connect again.`,
  );
}

/** Name of a tunnel device, not ours, that carries everything, by a default route or by the two halves that stand for one. */
export function foreignTunnel(links: readonly Link[], routes: readonly Route[]): string | undefined {
  const tunnels = new Set(
    links
      .filter(
        ({ ifname, linkinfo }) =>
          !isOurDevice(ifname) && /^(?:tun|wireguard|ovpn.*|ipip|vti|xfrm)$/.test(linkinfo?.info_kind ?? ''),
      )
      .map(({ ifname }) => ifname),
  );
  const everything = new Set(['default', '0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1', '::/3', '2000::/3']);
  return routes.find(({ dev, dst }) => everything.has(dst) && dev !== undefined && tunnels.has(dev))?.dev;
}

async function reachable(programs: Programs, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const routes = await Promise.all(candidates.map(({ address }) => routeTo(programs, address, tunnelMark)));
  const found = candidates.filter((_, index) => routes[index] !== undefined);
  if (found.length > 0) return found;
  throw new TunnelFailure(
    'no-base-route',
    'This computer has no network connection over which the server could be reached; connect to a network first.',
  );
}
