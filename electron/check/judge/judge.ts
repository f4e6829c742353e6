import type { Evidence, ServiceEvidence } from '../gather/evidence.ts';
import type { Finding, Judgement, NetworkState, ServiceReport } from '../report.ts';
import { judgeCalls } from './calls.ts';
import { readControls } from './controls.ts';
import { judgeMessages } from './messages.ts';
import { judgeNetwork } from './network.ts';
import { readPages } from './page.ts';
import { judgeUdp } from './udp.ts';

export interface Verdicts {
  state: NetworkState;
  findings: Finding[];
  services: ServiceReport[];
}

/** Everything that the evidence proves. Pure: no clock, no sockets; the table is in docs/decision-table.md. */
export function judge(evidence: Evidence): Verdicts {
  const facts = readControls(evidence);
  const pages = readPages(evidence);
  const udp = judgeUdp(evidence, facts);
  const { state, findings } = judgeNetwork(evidence, facts, udp);
  const services = evidence.services.map((service) => {
    const withheld = noVerdict(state, findings);
    if (withheld) return row(service, withheld, withheld);
    const messages = judgeMessages(service, facts, pages);
    return row(service, messages, judgeCalls(service, messages, facts, pages, udp));
  });
  return { state, findings, services };
}

/** Offline, or behind a portal, nothing is said about any service. */
function noVerdict(state: NetworkState, findings: readonly Finding[]): Judgement | undefined {
  if (state !== 'offline' && state !== 'portal') return undefined;
  const [finding] = findings;
  return {
    verdict: 'inconclusive',
    mechanisms: finding ? [finding.mechanism] : [],
    rule: state === 'offline' ? 'N0' : 'N1',
    strength: 'weak',
    probes: finding?.probes ?? [],
  };
}

function row({ service }: ServiceEvidence, messages: Judgement, calls: Judgement): ServiceReport {
  return { id: service.id, name: service.name, messages, calls };
}
