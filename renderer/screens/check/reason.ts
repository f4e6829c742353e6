import type { Judgement, ServiceReport } from '../../../electron/api/schema.ts';
import type { CheckText } from '../../text/types.ts';

/** Why a service's row reads as it does, in whole sentences; empty when both get through. */
export function reasons({ messages, calls }: ServiceReport, text: CheckText): string[] {
  const aboutMessages = messages.verdict === 'ok' ? null : reason(messages, text);
  const aboutCalls = calls.verdict === 'ok' ? null : reason(calls, text);
  const detour = calls.verdict === 'degraded' ? [text.degradedCalls] : [];
  if (aboutMessages === null && aboutCalls === null) return [];
  if (aboutMessages === null) return [aboutCalls ?? '', ...detour];
  if (aboutCalls === null) return [aboutMessages];
  if (aboutMessages === aboutCalls) return [aboutMessages, ...detour];
  return [`${text.aboutMessages} ${aboutMessages}`, `${text.aboutCalls} ${aboutCalls}`, ...detour];
}

/** One sentence: how it is blocked where that is known, else what the verdict means. */
export function reason({ verdict, mechanisms }: Judgement, text: CheckText): string {
  const [mechanism] = mechanisms;
  return mechanism === undefined ? text.noMechanism[verdict] : text.mechanisms[mechanism];
}
