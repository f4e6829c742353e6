import type { Evidence, ServiceEvidence } from '../gather/evidence.ts';
import type { Finding, Judgement, NetworkState, Quality, Rehearsal, ServiceReport } from '../report.ts';
import { judgeCalls } from './calls.ts';
import { readControls } from './controls.ts';
import { judgeFlows } from './flows.ts';
import { judgeGoodput } from './goodput.ts';
import { judgeLifted, type EarlierReport } from './lifted.ts';
import { judgeMessages } from './messages.ts';
import { judgeNetwork } from './network.ts';
import { judgeOwnFirewall, withoutOwnRefusals } from './own-computer.ts';
import { readPages } from './page.ts';
import { judgeRehearsal } from './rehearsal.ts';
import { judgeUdp } from './udp.ts';

export interface Verdicts {
  state: NetworkState;
  findings: Finding[];
  services: ServiceReport[];
  /** Null when not measured. */
  quality: Quality | null;
  /** Null where no call was rehearsed. */
  rehearsal: Rehearsal | null;
}

/**
 * Everything that the evidence proves. Pure: no clock, no sockets; the table is in docs/decision-table.md. `earlier` is
 * the check that this one repeats; it only ever helps to say that something is lifted.
 */
export function judge(evidence: Evidence, earlier?: EarlierReport): Verdicts {
  return judgeOf(evidence, evidence.services, earlier);
}

/** What the evidence so far proves of one service alone: the row that `judge` would have of it. */
export function judgeService(evidence: Evidence, service: ServiceEvidence, earlier?: EarlierReport): ServiceReport[] {
  return judgeOf(evidence, [service], earlier).services;
}

function judgeOf(evidence: Evidence, chosen: readonly ServiceEvidence[], earlier?: EarlierReport): Verdicts {
  const sent = withoutOwnRefusals(evidence);
  const facts = readControls(sent);
  const pages = readPages(evidence);
  const udp = judgeUdp(sent, facts);
  const flows = judgeFlows(sent);
  const { state, findings } = judgeNetwork(sent, facts, { udp, flows, ownFirewall: judgeOwnFirewall(evidence) });
  const services = chosen.map((service) => {
    const withheld = noVerdict(state, findings);
    if (withheld) return row(service, withheld, withheld);
    const messages = judgeMessages(service, facts, pages);
    if (service.service.retirement) return row(service, retired(messages), retired(messages));
    const calls = judgeCalls(service, messages, facts, pages, udp, flows);
    const { id } = service.service;
    return row(
      service,
      judgeGoodput(id, messages, sent) ?? messages,
      judgeLifted(id, calls, udp, flows, earlier) ?? calls,
    );
  });
  const measured = state === 'online' || state === 'restricted';
  const rehearsed = judgeRehearsal(sent, findings);
  return {
    state,
    // What a call of one's own has shown comes last, and no service is judged by it.
    findings: [...findings, ...rehearsed.findings],
    services,
    quality: measured ? flows.quality : null,
    rehearsal: rehearsed.rehearsal,
  };
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

/**
 * A service that its makers shut down works nowhere, whatever the network does. What the network does to what is left
 * of it stays as evidence.
 */
function retired({ mechanisms, probes }: Judgement): Judgement {
  return { verdict: 'stale', mechanisms, rule: 'RS', strength: 'certain', probes };
}

function row({ service }: ServiceEvidence, messages: Judgement, calls: Judgement): ServiceReport {
  const { id, name, retirement } = service;
  if (!retirement) return { id, name, messages, calls };
  return { id, name, messages, calls, retired: { on: retirement.on, successor: retirement.successor } };
}
