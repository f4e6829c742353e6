import type { Finding, Judgement, Mechanism, ServiceReport } from '../../../electron/api/schema.ts';
import { fill, type Formats } from '../../text/format.ts';
import type { CheckText } from '../../text/types.ts';
import { isLocalRule } from '../../text/words.ts';

/** Why a service's row reads as it does, in whole sentences; empty when both get through. */
export function reasons({ messages, calls, retired }: ServiceReport, text: CheckText, format: Formats): string[] {
  if (retired && messages.verdict === 'stale') {
    const { since, successor } = text.retired;
    const instead = retired.successor === null ? [] : [fill(successor, { service: retired.successor })];
    return [fill(since, { date: format.date(retired.on) }), ...instead];
  }
  const aboutMessages = messages.verdict === 'ok' ? null : reason(messages, text);
  const aboutCalls = calls.verdict === 'ok' ? null : reason(calls, text);
  const detour = calls.verdict === 'degraded' ? [text.degradedCalls] : [];
  if (aboutMessages === null && aboutCalls === null) return [];
  if (aboutMessages === null) return [aboutCalls ?? '', ...detour];
  if (aboutCalls === null) return [aboutMessages];
  if (aboutMessages === aboutCalls) return [aboutMessages, ...detour];
  return [`${text.aboutMessages} ${aboutMessages}`, `${text.aboutCalls} ${aboutCalls}`, ...detour];
}

/** The short word for a verdict on messages or calls. */
export function verdictWord(service: ServiceReport, part: 'messages' | 'calls', text: CheckText): string {
  const { verdict } = service[part];
  return service.retired && verdict === 'stale' ? text.retired.mark : text.verdicts[verdict];
}

/** Mechanisms that explain why nothing could be judged; any other is only a suspicion until a verdict says so. */
const explaining: readonly Mechanism[] = ['local', 'portal', 'allow-list'];

/** One sentence: how it is blocked where that is proved, else what the verdict means. */
function reason({ verdict, mechanisms, rule }: Judgement, text: CheckText): string {
  const proved = verdict === 'blocked' || verdict === 'degraded';
  const mechanism = mechanisms.find((mechanism) => proved || explaining.includes(mechanism));
  return mechanism === undefined ? text.noMechanism[verdict] : mechanismSentence(mechanism, rule, text);
}

/** One sentence about a mechanism; trouble of this computer, and of packets that only look alike, is told apart by the rule. */
export function mechanismSentence(mechanism: Mechanism, rule: string, text: CheckText): string {
  if (rule === 'U9') return text.signature.reason;
  return mechanism === 'local' && isLocalRule(rule) ? text.local[rule] : text.mechanisms[mechanism];
}

export function findingSentence({ mechanism, rule, service }: Finding, text: CheckText): string {
  return service ? fill(text.signature.finding, { service: service.name }) : mechanismSentence(mechanism, rule, text);
}
