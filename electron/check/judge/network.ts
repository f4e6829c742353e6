import type { Evidence } from '../gather/evidence.ts';
import { gotAnyAnswer, succeeded, type AnyProbe, type HttpProbe } from '../probe.ts';
import type { Finding, NetworkState } from '../report.ts';
import type { ControlFacts } from './controls.ts';
import type { FlowFacts } from './flows.ts';
import { ids } from './judged.ts';
import { judgeClock } from './own-computer.ts';
import type { UdpFacts } from './udp.ts';

/** State of the network as a whole, and what is found about it apart from any service. */
export interface NetworkJudged {
  state: NetworkState;
  findings: Finding[];
}

export function judgeNetwork(
  evidence: Evidence,
  facts: ControlFacts,
  udp: UdpFacts,
  flows: FlowFacts,
  ownFirewall: Finding | undefined,
): NetworkJudged {
  if (isOffline(evidence)) return { state: 'offline', findings: ownFirewall ? [ownFirewall] : [] };
  const portal = judgePortal(evidence, facts);
  if (portal) return { state: 'portal', findings: [portal] };
  const findings = [
    judgeAllowList(evidence, facts),
    udp.finding,
    flows.cut,
    flows.loss,
    judgeDoh(evidence, facts),
    judgeLocal(evidence, facts),
    judgeClock(facts.clock),
    ownFirewall,
  ];
  const restricted = facts.allowList || udp.finding?.mechanism === 'udp-all';
  return { state: restricted ? 'restricted' : 'online', findings: findings.filter((finding) => finding !== undefined) };
}

/** The provider's own resolver does not count: it may answer from its memory in a dead network. */
function isOffline({ controls, services }: Evidence): boolean {
  const { tls, publicDns, doh, stun, ntp, ipv6 } = controls;
  const targets = services.flatMap(({ messages, calls }) => [...messages, ...calls]);
  const reached: AnyProbe[] = targets.flatMap(({ attempts, trusted }) => [...attempts, ...trusted]);
  const pages = controls.portal.map(({ probe }) => probe);
  return ![...tls, ...publicDns, ...doh, ...stun, ...ntp, ...ipv6, ...pages, ...reached].some(gotAnyAnswer);
}

/** A known page comes altered, twice or wherever one came, and no neutral site shows its own certificate. */
function judgePortal({ controls }: Evidence, facts: ControlFacts): Finding | undefined {
  if (facts.sites.length > 0) return undefined;
  const answered = controls.portal.filter(({ probe }) => probe.outcome.kind === 'answered');
  const altered = answered.filter(({ control, probe }) => isAltered(probe, control.status));
  if (altered.length === 0 || altered.length < answered.length) return undefined;
  return {
    mechanism: 'portal',
    rule: 'N1',
    strength: altered.length >= 2 ? 'strong' : 'medium',
    probes: ids([...altered.map(({ probe }) => probe), ...controls.tls]),
    summary: 'A sign-in page stands in the way: open a browser, sign in to this network, then check again.',
  };
}

function isAltered({ outcome }: HttpProbe, status: number): boolean {
  if (outcome.kind !== 'answered') return false;
  return outcome.status !== status || outcome.bodyAsKnown === false || outcome.redirectHost !== null;
}

function judgeAllowList({ controls }: Evidence, facts: ControlFacts): Finding | undefined {
  if (!facts.allowList) return undefined;
  return {
    mechanism: 'allow-list',
    rule: 'N2',
    strength: 'medium',
    probes: ids(controls.tls),
    summary: 'Most neutral sites fail and a few work: this network seems to let only chosen ones through.',
  };
}

/** D7: encrypted DNS is stopped, other HTTPS passes. */
function judgeDoh({ controls }: Evidence, facts: ControlFacts): Finding | undefined {
  const servers = new Set(controls.doh.map(({ resolver }) => resolver)).size;
  const [site] = facts.sites;
  if (servers < 2 || controls.doh.some(({ outcome }) => outcome.kind !== 'failed') || !site) return undefined;
  return {
    mechanism: 'doh-blocked',
    rule: 'D7',
    strength: 'strong',
    probes: ids([...controls.doh, site]),
    summary: 'Encrypted DNS is blocked, while other encrypted pages load.',
  };
}

/** The same unknown issuer on unrelated neutral sites: this computer's antivirus, or its owner's proxy. */
function judgeLocal({ controls }: Evidence, facts: ControlFacts): Finding | undefined {
  if (facts.localIssuer === null) return undefined;
  const probes = controls.tls.filter((probe) => !succeeded(probe));
  return {
    mechanism: 'local',
    rule: 'S4',
    strength: 'strong',
    probes: ids(probes),
    summary: 'An antivirus or a company proxy opens encrypted connections here; services cannot be judged behind it.',
  };
}
