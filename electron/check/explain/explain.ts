import type { Finding, Judgement, Probe, Report, Verdict, Why } from '../report.ts';
import { explanationCases, type ControlRole, type ExplanationCase } from './cases.ts';

/**
 * Adds to every judgement and finding of a report why it is so. Pure: it reads the report alone, so that whoever has a
 * report can check the explanation.
 */
export function explainReport(report: Report): Report {
  const index = new Map(report.probes.map((probe) => [probe.id, probe]));
  const neutralHosts = new Set(
    report.probes.filter(({ kind, service }) => kind === 'tls' && service === null).map(({ target }) => target),
  );
  const explain = <T extends Judgement | Finding>(judged: T): T => {
    const why = whyOf(judged, index, neutralHosts);
    return why ? { ...judged, why } : judged;
  };
  return {
    ...report,
    findings: report.findings.map(explain),
    services: report.services.map((service) => ({
      ...service,
      messages: explain(service.messages),
      calls: explain(service.calls),
    })),
  };
}

function whyOf(
  judged: Judgement | Finding,
  index: ReadonlyMap<string, Probe>,
  neutralHosts: ReadonlySet<string>,
): Why | undefined {
  const verdict = 'verdict' in judged ? judged.verdict : undefined;
  const name = caseOf(judged, verdict);
  if (!name) return undefined;
  const probes = judged.probes
    .flatMap((id) => index.get(id) ?? [])
    .toSorted((one, other) => one.startMs - other.startMs || one.durationMs - other.durationMs);
  const controls = new Map<ControlRole, string[]>();
  for (const probe of probes) {
    const role = roleOf(probe, verdict, neutralHosts);
    if (role) controls.set(role, [...(controls.get(role) ?? []), probe.id]);
  }
  return {
    case: name,
    evidence: probes.map(({ id }) => id),
    controls: [...controls].map(([role, ids]) => ({ role, probes: ids })),
  };
}

/** Rows whose verdict is `inconclusive` by their nature. */
const sayingNothing = /^[NC]\d$/;

/** Undefined for a rule that this version does not know: a report of a later one. */
function caseOf(judged: Judgement | Finding, verdict: Verdict | undefined): ExplanationCase | undefined {
  const { rule } = judged;
  const mechanisms = 'mechanisms' in judged ? judged.mechanisms : [judged.mechanism];
  if (rule === 'S4' && mechanisms.includes('local')) return 'S4-local';
  if (rule === 'U4' && verdict === 'ok') return 'U4-single';
  if (verdict !== 'inconclusive' || sayingNothing.test(rule)) return known(rule);
  return known(`${rule}-unproved`) ?? (known(rule) && 'unproved');
}

const known = (name: string): ExplanationCase | undefined => explanationCases.find((one) => one === name);

/** Undefined for what was looked at itself. */
function roleOf(
  probe: Probe,
  verdict: Verdict | undefined,
  neutralHosts: ReadonlySet<string>,
): ControlRole | undefined {
  const worked = probe.failure === null;
  if (probe.kind === 'signature') return worked && probe.detail?.['role'] !== 'shape' ? 'plain-packet' : undefined;
  if (probe.service === null) return worked ? neutralRole(probe) : undefined;
  if (probe.kind === 'doh') return worked ? 'trusted-name' : 'trusted-name-fails';
  if (probe.kind === 'dns') {
    if (probe.detail?.['resolver'] !== 'public') return undefined;
    return worked ? 'other-resolver' : 'other-resolver-fails';
  }
  if (probe.kind === 'flow' || probe.kind === 'goodput') return undefined;
  const serverName = probe.detail?.['serverName'];
  if (typeof serverName === 'string' && serverName !== probe.target && probe.target !== probe.address) {
    const spoke = spokeAtAll(probe);
    if (neutralHosts.has(probe.target)) return spoke ? 'other-address-passes' : 'other-address-fails';
    return spoke ? 'other-name-passes' : 'other-name-fails';
  }
  // Where something of the service is stopped, what works of it shows that the service itself is up.
  return worked && (verdict === 'blocked' || verdict === 'degraded') ? 'own-server' : undefined;
}

/** A server that shows any certificate, or an alert, has spoken; it need not be happy with the name. */
function spokeAtAll({ failure, operation }: Probe): boolean {
  return failure === null || (operation === 'tls_handshake' && failure.startsWith('ssl_'));
}

function neutralRole({ kind, detail }: Probe): ControlRole | undefined {
  switch (kind) {
    case 'tcp':
    case 'tls':
    case 'goodput':
      return 'neutral-site';
    case 'stun':
    case 'turn':
      return detail?.['style'] === 'classic' ? 'old-stun' : 'neutral-stun';
    case 'flow':
      return losesMuch(detail) ? undefined : 'neutral-flow';
    case 'udp':
      return 'time-server';
    case 'doh':
      return 'encrypted-dns';
    case 'dns':
      return detail?.['resolver'] === 'public' ? 'public-resolver' : 'neutral-name';
    case 'turn-call':
    case 'http':
      // A call is what was looked at. A known page is what a portal is seen by, not a control.
      return undefined;
    case 'signature':
      return undefined; // told by its role
  }
}

/** A flow that goes on and loses that much is itself what is looked at (row L1). */
const lossyMin = 0.1;

function losesMuch(detail: Probe['detail']): boolean {
  const [sent, lost] = [detail?.['sent'], detail?.['lost']];
  return typeof sent === 'number' && typeof lost === 'number' && lost >= sent * lossyMin;
}
