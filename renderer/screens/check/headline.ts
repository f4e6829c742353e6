import type { Judgement, Mechanism, Report, Verdict } from '../../../electron/api/schema.ts';
import type { Headline } from '../../text/headlines.ts';
import { isLocalRule, type LocalRule } from '../../text/words.ts';

const isBad = (verdict: Verdict): boolean => verdict === 'blocked' || verdict === 'degraded';
const bad = ({ verdict }: Judgement): boolean => isBad(verdict);
const judged = ({ verdict }: Judgement): boolean => verdict === 'ok' || isBad(verdict);

/** Findings about the network that can keep calls of every service from working. */
const callMechanisms: readonly Mechanism[] = ['udp-all', 'udp-port', 'stun-dpi', 'turn-blocked'];

const ownTroubles: Readonly<Record<LocalRule, Headline>> = {
  C1: 'own-firewall',
  C2: 'wrong-clock',
  S4: 'inspected',
};

function ownTrouble({ findings }: Report): Headline | undefined {
  const found = findings.find(({ mechanism }) => mechanism === 'local');
  return found && isLocalRule(found.rule) ? ownTroubles[found.rule] : undefined;
}

/** What a report comes to. It claims something about the whole network only when the evidence is about all of it. */
export function headline(report: Report): Headline {
  const { state } = report.network;
  const verdicts = report.services.flatMap(({ messages, calls }) => [messages.verdict, calls.verdict]);
  // What the network does comes first; trouble of this computer stays among the findings then.
  const own = verdicts.some(isBad) ? undefined : ownTrouble(report);
  if (own) return own;
  if (state === 'offline' || state === 'portal') return state;
  if (state === 'restricted') {
    return report.findings.some(({ mechanism }) => mechanism === 'udp-all') ? 'no-udp' : 'restricted';
  }
  const calls = report.services.map((service) => service.calls).filter(judged);
  const messages = report.services.map((service) => service.messages).filter(judged);
  if (calls.length + messages.length === 0) return 'nothing-judged';
  if (messages.some(bad)) return 'services-blocked';
  const badCalls = calls.filter(bad);
  if (badCalls.length === 0) return 'all-ok';
  const aboutNetwork = report.findings.some(({ mechanism, service }) => !service && callMechanisms.includes(mechanism));
  if (!aboutNetwork && (badCalls.length < calls.length || badCalls.length === 1)) return 'some-calls';
  return badCalls.some(({ verdict }) => verdict === 'blocked') ? 'calls-blocked' : 'calls-hampered';
}

/** Whether a tunnel may help: something that should work does not, and there is a network to carry it. */
export function tunnelMayHelp(report: Report): boolean {
  const { state } = report.network;
  if (state === 'offline' || state === 'portal') return false;
  return state === 'restricted' || report.services.some(({ messages, calls }) => bad(messages) || bad(calls));
}
