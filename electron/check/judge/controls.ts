import { isBogon } from '../addresses.ts';
import type { ControlEvidence, Evidence } from '../gather/evidence.ts';
import { succeeded, type AnyProbe, type DnsProbe, type TlsProbe } from '../probe.ts';
import { readClock, type WrongClock } from './own-computer.ts';

/** What the controls say about the line, for all rules that need "a control of the same kind worked". */
export interface ControlFacts {
  /** Neutral sites that answered with their own certificate. */
  sites: TlsProbe[];
  /** Neutral names that the system's resolver answered honestly. */
  names: DnsProbe[];
  /** A control that worked and began after this time (milliseconds of the check), if any. */
  workedAfter(ms: number): AnyProbe | undefined;
  /** Most neutral sites fail and some work: only a chosen few are let through. */
  allowList: boolean;
  /** Issuer that neutral sites' certificates wrongly have, when at least two sites show the same: inspection by this computer or its owner. */
  localIssuer: string | null;
  /** Set when this computer's clock is too wrong for any certificate to seem valid. */
  clock: WrongClock | null;
  /** Addresses of the system's resolvers that answered anything at all: silence of another says nothing about a name. */
  aliveResolvers: ReadonlySet<string>;
  /** Share of round trips that the line loses by itself. */
  loss: number;
}

export function readControls(evidence: Evidence): ControlFacts {
  const { controls, loss } = evidence;
  const sites = controls.tls.filter(succeeded);
  return {
    sites,
    names: controls.systemDns.filter(honest),
    workedAfter: (ms) => sites.find(({ startMs }) => startMs >= ms),
    allowList: isAllowList(controls),
    localIssuer: localIssuer(controls),
    clock: readClock(controls),
    aliveResolvers: aliveResolvers(evidence),
    loss,
  };
}

function honest({ outcome }: DnsProbe): boolean {
  return outcome.kind === 'answered' && !outcome.addresses.every(isBogon);
}

function aliveResolvers({ controls, services }: Evidence): Set<string> {
  const named = services.flatMap(({ messages, calls }) => [...messages, ...calls]).flatMap(({ name }) => name ?? []);
  const asked = [...controls.systemDns, ...named.flatMap(({ system }) => system)];
  const answered = asked.filter(({ outcome }) => outcome.kind !== 'silent' && outcome.kind !== 'failed');
  return new Set(answered.map(({ address }) => address));
}

function isAllowList({ tls }: ControlEvidence): boolean {
  const hosts = [...new Set(tls.map(({ serverName }) => serverName))];
  const working = hosts.filter((host) => tls.some((probe) => probe.serverName === host && succeeded(probe)));
  return hosts.length >= 3 && working.length > 0 && working.length * 2 < hosts.length;
}

function localIssuer({ tls }: ControlEvidence): string | null {
  const hostsByIssuer = new Map<string, Set<string>>();
  for (const { serverName, outcome } of tls) {
    if (outcome.kind !== 'bad-certificate' || outcome.certificate.failure !== 'ssl_unknown_authority') continue;
    const hosts = hostsByIssuer.get(outcome.certificate.issuer) ?? new Set();
    hostsByIssuer.set(outcome.certificate.issuer, hosts.add(serverName));
  }
  for (const [issuer, hosts] of hostsByIssuer) if (hosts.size >= 2) return issuer;
  return null;
}
