import { existsSync } from 'node:fs';
import type { Programs } from '../run.ts';
import { isFirewallUp } from './firewall.ts';
import { listLinks, listRoutes, listRules, type Link, type Route, type Rule } from './ip.ts';
import { findStrayLock } from './routing-lock.ts';

/** The network of this computer at one moment, both families together. */
export interface Survey {
  /** Whether the system has IPv6 at all. */
  ipv6: boolean;
  links: Link[];
  rules: Rule[];
  routes: Route[];
  /** Our firewall table is there. */
  firewall: boolean;
}

export async function surveyNetwork(programs: Programs): Promise<Survey> {
  const ipv6 = existsSync('/proc/net/if_inet6');
  const both = ipv6 ? (['4', '6'] as const) : (['4'] as const);
  const [links, firewall, rules, routes] = await Promise.all([
    listLinks(programs),
    isFirewallUp(programs),
    Promise.all(both.map((family) => listRules(programs, family))),
    Promise.all(both.map((family) => listRoutes(programs, family, 'all'))),
  ]);
  return { ipv6, links, firewall, rules: rules.flat(), routes: routes.flat() };
}

/** Parts of a Sawt: this one's, of another process, or left behind. */
export function hasOurParts(survey: Survey): boolean {
  const { links, firewall } = survey;
  return firewall || links.some(({ ifname }) => isOurDevice(ifname)) || findStrayLock(survey) !== undefined;
}

export function isOurDevice(name: string): boolean {
  return /^sawt[0-9a-f]{8}$/.test(name);
}

/** Name of a tunnel device, not ours, that carries everything, by a default route or by the two halves that stand for one. */
export function foreignTunnel({ links, routes }: Pick<Survey, 'links' | 'routes'>): string | undefined {
  const tunnels = new Set(
    links.filter(({ linkinfo }) => tunnelKinds.test(linkinfo?.info_kind ?? '')).map(({ ifname }) => ifname),
  );
  return routes.find(
    ({ dev, dst }) => everything.has(dst) && dev !== undefined && tunnels.has(dev) && !isOurDevice(dev),
  )?.dev;
}

/** Kinds of ip-link(8). PPP is left out: it also carries ordinary lines. */
const tunnelKinds = /^(?:tun|wireguard|ovpn.*|ipip|vti|xfrm)$/;
const everything = new Set(['default', '0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1', '::/3', '2000::/3']);
