import { familyOf, hostCidr, inAnyRange, type Family } from '../addresses.ts';
import { TunnelFailure } from '../errors.ts';
import type { RoutingLock } from '../journal.ts';
import type { Programs } from '../run.ts';
import { batch, listRoutes, listRules, type Route, type Rule } from './ip.ts';
import type { Survey } from './survey.ts';

/** Packets of the tunnel program itself carry this mark, 51820; only they may use the ordinary routes. */
export const tunnelMark = '0xca6c';
const firstTable = 51820;
const firstResolverPref = 70;
const firstLanPref = 90;
const firstTunnelPref = 100;
/** As many alternatives as fit between two preferences. */
const alternatives = 10;
/** Worse than any other metric, so that it counts only when the tunnel's own route is gone: fail closed. */
const lastResortMetric = 4_000_000_000;

/**
 * Private ranges (RFC 1918, RFC 3927, RFC 6598, RFC 4193, RFC 4291) whose own routes stay in force. Without them the
 * gateway itself would be looked up in the tunnel's table, and a renewed lease would install its default route there.
 */
export const localRanges = {
  '4': ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10'],
  '6': ['fe80::/10', 'fc00::/7'],
} as const;

function families(lock: Pick<RoutingLock, 'ipv6'>): Family[] {
  return lock.ipv6 ? ['4', '6'] : ['4'];
}

/** A lock with the first numbers that nobody uses, for the network as it is now. */
export function planRoutingLock({ ipv6, rules, routes }: Pick<Survey, 'ipv6' | 'rules' | 'routes'>): RoutingLock {
  const local = [...localRanges['4'], ...localRanges['6']];
  // Routes of the main table are listed without naming it.
  const gateways = routes.flatMap(({ gateway, table }) => (table === undefined ? (gateway ?? []) : []));
  const publicGateways = [...new Set(gateways)].filter((gateway) => !inAnyRange(gateway, local));
  return { ...chooseNumbers(rules, routes), lan: [...local, ...publicGateways.map(hostCidr)], tunnelled: [], ipv6 };
}

export function chooseNumbers(
  rules: readonly Rule[],
  routes: readonly Route[],
): Pick<RoutingLock, 'table' | 'resolverPref' | 'lanPref' | 'tunnelPref'> {
  const offsets = Array.from({ length: alternatives }, (_, index) => index);
  const prefs = new Set(rules.map(({ priority }) => priority));
  const tables = new Set([...rules, ...routes].map(({ table }) => table));
  const firsts = [firstResolverPref, firstLanPref, firstTunnelPref];
  const pref = offsets.find((offset) => firsts.every((first) => !prefs.has(first + offset)));
  const table = offsets.find((offset) => !tables.has(String(firstTable + offset)));
  if (pref === undefined || table === undefined) {
    throw new TunnelFailure(
      'another-tunnel',
      'Other programs use all routing rules that Sawt could take; disconnect other VPNs and try again.',
    );
  }
  return { table: firstTable + table, ...prefsAt(pref) };
}

function prefsAt(offset: number): Pick<RoutingLock, 'resolverPref' | 'lanPref' | 'tunnelPref'> {
  return {
    resolverPref: firstResolverPref + offset,
    lanPref: firstLanPref + offset,
    tunnelPref: firstTunnelPref + offset,
  };
}

/**
 * Adds what is missing of the lock, in both families at once: the firewall holds everything meanwhile. Until the tunnel's
 * route exists, everything not local is unreachable.
 */
export async function raiseRoutingLock(programs: Programs, lock: RoutingLock): Promise<void> {
  await Promise.all(
    families(lock).map(async (family) => {
      const { present, closed } = await presentParts(programs, lock, family);
      const missing = ruleLines(lock, family).filter((line) => !present.includes(line));
      const lines = missing.map((line) => `rule add ${line}`);
      await batch(programs, family, closed ? lines : [lastResortLine('add', lock), ...lines]);
    }),
  );
}

/** Removes exactly what is ours and still there. */
export async function lowerRoutingLock(programs: Programs, lock: RoutingLock): Promise<boolean> {
  let removed = false;
  for (const family of families(lock)) {
    const { present, closed } = await presentParts(programs, lock, family);
    const lines = [...present.map((line) => `rule del ${line}`), ...(closed ? [lastResortLine('del', lock)] : [])];
    await batch(programs, family, lines);
    removed ||= lines.length > 0;
  }
  return removed;
}

export async function isRoutingLockUp(programs: Programs, lock: RoutingLock): Promise<boolean> {
  for (const family of families(lock)) {
    const { present, closed } = await presentParts(programs, lock, family);
    if (!closed || present.length < ruleLines(lock, family).length) return false;
  }
  return true;
}

/** Which of the lock's rules are there, and whether its last resort is. */
async function presentParts(
  programs: Programs,
  lock: RoutingLock,
  family: Family,
): Promise<{ present: string[]; closed: boolean }> {
  const [rules, routes] = await Promise.all([listRules(programs, family), listRoutes(programs, family, lock.table)]);
  const listed = rules.map(ruleLine);
  return {
    present: ruleLines(lock, family).filter((line) => listed.includes(line)),
    closed: routes.some(isLastResort),
  };
}

/** The rules of one family in the words of ip-rule(8). */
export function ruleLines(lock: RoutingLock, family: Family): string[] {
  const of = (cidrs: readonly string[]): string[] => cidrs.filter((cidr) => familyOf(cidr) === family);
  return [
    ...of(lock.tunnelled).map((cidr) => `pref ${lock.resolverPref} to ${cidr} table ${lock.table}`),
    ...of(lock.lan).map((cidr) => `pref ${lock.lanPref} to ${cidr} table main suppress_prefixlength 0`),
    ...(lock.only ? callsOnlyLines(lock, of(lock.only)) : [wholeLine(lock)]),
  ];
}

function wholeLine(lock: RoutingLock): string {
  return `pref ${lock.tunnelPref} not fwmark ${tunnelMark} table ${lock.table}`;
}

/** The tunnel's own packets go out as ever, also when the server's address lies in one of the ranges. */
function callsOnlyLines(lock: RoutingLock, cidrs: readonly string[]): string[] {
  return [
    `pref ${lock.lanPref} fwmark ${tunnelMark} table main`,
    ...cidrs.map((cidr) => `pref ${lock.tunnelPref} to ${cidr} table ${lock.table}`),
  ];
}

/** A rule as the system lists it, in the words of `ruleLines`; foreign rules come out as something we never write. */
export function ruleLine(rule: Rule): string {
  const host = rule.dst?.includes(':') ? 128 : 32;
  return [
    `pref ${rule.priority}`,
    rule.not === null ? 'not' : '',
    rule.src === undefined || rule.src === 'all' ? '' : `from ${rule.src}`,
    rule.dst === undefined || rule.dst === 'all' ? '' : `to ${rule.dst}/${rule.dstlen ?? host}`,
    rule.fwmark === undefined ? '' : `fwmark ${rule.fwmark}`,
    `table ${rule.table ?? '?'}`,
    rule.suppress_prefixlen === undefined ? '' : `suppress_prefixlength ${rule.suppress_prefixlen}`,
  ]
    .filter((word) => word !== '')
    .join(' ');
}

function isLastResort(route: Route): boolean {
  return route.type === 'unreachable' && route.dst === 'default' && route.metric === lastResortMetric;
}

function lastResortLine(verb: 'add' | 'del', lock: RoutingLock): string {
  return `route ${verb} unreachable default metric ${lastResortMetric} table ${lock.table}`;
}

/**
 * The lock that was left behind without a journal, found by what only we write: our mark at one of our preferences.
 * Prefixes are taken as they are listed, so that host rules of public gateways are found too.
 */
export function findStrayLock({ ipv6, rules }: Pick<Survey, 'ipv6' | 'rules'>): RoutingLock | undefined {
  const whole = rules.find(
    ({ priority, fwmark, not, table }) =>
      fwmark === tunnelMark && not === null && isOurs(priority, firstTunnelPref) && isOurs(Number(table), firstTable),
  );
  const last = whole ?? findCallsOnly(rules);
  if (!last) return undefined;
  const prefs = prefsAt(last.priority - firstTunnelPref);
  const to = (pref: number): string[] => [
    ...new Set(
      rules
        .filter(({ priority, dst }) => priority === pref && dst !== undefined)
        .map((rule) => / to (\S+)/.exec(ruleLine(rule))?.[1] ?? ''),
    ),
  ];
  const only = whole ? undefined : { only: to(prefs.tunnelPref) };
  return {
    ...{ table: Number(last.table), ...prefs, lan: to(prefs.lanPref), tunnelled: to(prefs.resolverPref), ipv6 },
    ...only,
  };
}

/** One of the rules of a lock for calls only: our mark lets its own packets out just before it. */
function findCallsOnly(rules: readonly Rule[]): Rule | undefined {
  return rules.find(
    ({ priority, dst, table }) =>
      dst !== undefined &&
      isOurs(priority, firstTunnelPref) &&
      isOurs(Number(table), firstTable) &&
      rules.some(
        ({ priority: pref, fwmark, not }) =>
          fwmark === tunnelMark && not === undefined && pref === prefsAt(priority - firstTunnelPref).lanPref,
      ),
  );
}

function isOurs(number: number, first: number): boolean {
  return number >= first && number < first + alternatives;
}
