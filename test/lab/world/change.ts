import ipaddr from 'ipaddr.js';
import { coversName, type Censor } from '../censor/censor.ts';
import type { Zone } from '../system/dns-message.ts';
import type { Page, UdpRole, WorldPlan } from './plan.ts';
import type { CertifiedMaterial, Mood } from './providers/api.ts';
import type { ListProvider } from './providers/known.ts';
import type { ListChange } from './providers/listed.ts';

/** How the world differs from what the catalogue says of it: its operators' doing, not the network's. */
export interface WorldChange {
  /** These names, and those below them, exist no more, whoever is asked. */
  gone?: readonly string[];
  /** These names, and those below them, show a certificate of an authority that nobody trusts. */
  foreign?: readonly string[];
  /** Hosts that answer every page with this status. */
  statuses?: Readonly<Record<string, number>>;
  /** The world lives long before or after the time that the computer's clock shows: its clock is wrong. */
  time?: WorldTime;
  /** Hosts that serve something else, by path. */
  pages?: WorldPlan['pages'];
  /** Hosts that are switched off: nothing comes from their addresses. */
  down?: readonly string[];
  /** Hosts that have moved to where another one is: their names lead there for everybody. */
  moved?: Readonly<Record<string, string>>;
  /** Addresses whose UDP services have fallen silent. */
  mute?: readonly string[];
  /** Relays that name themselves otherwise: the realm before, and the one now. */
  realms?: Readonly<Record<string, string>>;
  /** How VPN providers answer who asks for a key; as documented, when not named. */
  providers?: Readonly<Partial<Record<ListProvider, Mood>>>;
  /** How their own lists of servers differ from the shipped one. */
  lists?: Readonly<Partial<Record<ListProvider, ListChange>>>;
  /** What providers without accounts hand out. */
  handsOut?: CertifiedMaterial;
}

export type WorldTime = 'earlier' | 'later';

const dayMs = 86_400_000;
const shiftMs: Readonly<Record<WorldTime, number>> = { earlier: -500 * dayMs, later: 6000 * dayMs };

/** What time it is in the world. */
export function worldNow({ time }: WorldChange): Date {
  return new Date(Date.now() + (time ? shiftMs[time] : 0));
}

/** When a certificate of that world is valid: half a year before and after its present. */
export function validIn(time: WorldTime): { from: Date; to: Date } {
  const now = worldNow({ time }).getTime();
  return { from: new Date(now - 180 * dayMs), to: new Date(now + 180 * dayMs) };
}

export function changedZone(zone: Zone, { gone = [], moved = {} }: WorldChange): Zone {
  const left = Object.entries(zone).filter(([name]) => !coversName(gone, name));
  const elsewhere = Object.entries(moved).map(([name, to]) => [name, hostIn(zone, to)]);
  return Object.fromEntries([...left, ...elsewhere]) as Zone;
}

function hostIn(zone: Zone, host: string): Zone[string] & object {
  const found = zone[host];
  if (found === undefined) throw new Error(`The world has no ${host}.`);
  return found;
}

/** What one UDP socket plays after the change. */
export function changedRoles(
  { address, roles }: WorldPlan['udp'][number],
  { mute = [], realms = {} }: WorldChange,
): UdpRole[] {
  if (mute.includes(address)) return [];
  return roles.map((role) => (role.kind === 'turn' ? { ...role, realm: realms[role.realm] ?? role.realm } : role));
}

export function changedPages(
  pages: WorldPlan['pages'],
  { statuses = {}, pages: others = {} }: WorldChange,
): WorldPlan['pages'] {
  const changed = Object.entries(statuses).map(([host, status]): [string, Record<string, Page>] => [
    host,
    { '*': { status, body: '' } },
  ]);
  return { ...pages, ...others, ...Object.fromEntries(changed) };
}

/**
 * What the ISP's machines see of a change: its resolver learns that names are gone or moved like everybody's, and a host that is
 * switched off is one from which no packet comes.
 */
export function changedCensor(censor: Censor, { gone = [], down = [], moved = {} }: WorldChange, zone: Zone): Censor {
  const single = (address: string): string => `${address}/${ipaddr.parse(address).kind() === 'ipv4' ? 32 : 128}`;
  const cidrs = down.flatMap((host) => {
    const { v4, v6 } = hostIn(zone, host);
    return [...v4, ...v6].map(single);
  });
  return {
    ...censor,
    names: [
      ...(gone.length > 0 ? [{ names: gone, answer: 'nxdomain' as const }] : []),
      ...Object.entries(moved).map(([name, to]) => ({ names: [name], answer: hostIn(zone, to) })),
      ...(censor.names ?? []),
    ],
    packets: [
      ...(censor.packets ?? []),
      ...(cidrs.length > 0 ? [{ drop: 'prefix' as const, cidrs, transport: 'any' as const }] : []),
    ],
  };
}
