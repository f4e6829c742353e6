import type { Probe } from '../../../electron/api/schema.ts';
import type { EvidenceText } from '../../text/types.ts';
import { isKnownFailure } from '../../text/words.ts';

/** What a probe did, as a template and its places. */
export function probeSentence(
  { kind, target, address }: Probe,
  text: EvidenceText,
): { template: string; values: Record<string, string> } {
  if ((kind === 'dns' || kind === 'doh') && address !== null) {
    return { template: text.probesWithResolver[kind], values: { target, address } };
  }
  return { template: text.probes[kind], values: { target } };
}

/** Where a probe went, as `address:port`, when its sentence does not say so already; null when that is not known. */
export function place({ kind, target, address, port }: Probe): string | null {
  if (kind === 'dns' || kind === 'doh' || address === null) return null;
  const host = address.includes(':') ? `[${address}]` : address;
  const whole = port === null ? host : `${host}:${port}`;
  return whole === target ? null : whole;
}

/** What came back, in words. A failure that we have no words for is shown as it was recorded. */
export function seen({ outcome, failure, operation }: Probe, text: EvidenceText): string {
  if (outcome === 'cut') return text.cut;
  if (failure !== null) {
    const words = isKnownFailure(failure) ? text.failures[failure] : `${text.failed} (${failure})`;
    return operation === null ? words : `${words}, ${text.steps[operation]}`;
  }
  if (outcome === 'silent') return text.silent;
  return outcome === 'failed' ? text.failed : text.answered;
}
