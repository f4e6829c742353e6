import type { Address, ProbeNet } from './net.ts';
import type { Measured, OpenVpnOutcome, Plan } from './outcome.ts';
import { median } from './statistics.ts';
import { runStreamTry, type Question, type StreamResult } from './stream-try.ts';
import { unreachable } from './unreachable.ts';

export interface StreamSeriesInput {
  net: ProbeNet;
  to: Address;
  plan: Plan;
  /** Asked over every connection; absent: connecting is all. */
  makeQuestion?: () => Question;
  onAnswer?: (() => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Connects one time after the other until there are enough answers. The first connection without one ends the series:
 * TCP repeats lost packets itself, so another try would not tell more.
 * @throws the reason of the signal, with every socket closed
 */
export async function measureStream(input: StreamSeriesInput): Promise<Measured<OpenVpnOutcome>> {
  const { net, to, plan, makeQuestion, onAnswer, signal } = input;
  const startMs = net.nowMs();
  const rttsMs: number[] = [];
  for (let tries = 1; ; tries++) {
    const leftMs = plan.limitMs - (net.nowMs() - startMs);
    const last = await runStreamTry(net, to, leftMs, makeQuestion?.(), signal);
    if (last.kind === 'answered' && rttsMs.push(last.rttMs) === 1) onAnswer?.();
    const durationMs = net.nowMs() - startMs;
    const isOver = rttsMs.length >= plan.enough || durationMs + plan.spacingMs >= plan.limitMs;
    if (last.kind !== 'answered' || isOver) {
      const rttMs = median(rttsMs);
      const outcome = rttMs === null ? failed(last, tries, durationMs) : ({ kind: 'answered', rttMs } as const);
      return { outcome, tries, lost: tries - rttsMs.length, rttsMs, durationMs };
    }
    await pause(net, plan.spacingMs, signal);
  }
}

function failed(last: StreamResult, sent: number, waitedMs: number): OpenVpnOutcome {
  if (last.kind === 'silent') return { kind: 'silent', sent, waitedMs, connected: last.connected };
  if (last.kind !== 'failed') return { kind: 'reset' };
  if (last.failure === 'refused') return { kind: 'refused' };
  return unreachable(last.failure) ?? { kind: 'reset' };
}

function pause(net: ProbeNet, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const cancel = net.after(delayMs, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    const abort = (): void => {
      cancel();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', abort, { once: true });
  });
}
