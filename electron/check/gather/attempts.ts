import { requestsToTell } from '../line-loss.ts';
import type { AnyProbe } from '../probe.ts';
import { succeeded } from '../probe.ts';
import { asError, type Session } from '../session.ts';

/** A failure counts after a repeat (detection rule of two of two, or three of three for a single target). */
export interface Repeat<P> {
  /** Asked anew before each try, since a line may turn out to be slow only then. */
  tries(): number;
  /** Silence this long starts the next try beside the running one, so that confirming costs little time. */
  hedgeMs: number;
  signal: AbortSignal;
  /** `index` counts from 0; the signal ends a try that another one has made pointless, and it is not recorded then. */
  run(index: number, signal: AbortSignal): Promise<P>;
  /** Called once, when the first try has failed or is silent for `hedgeMs`. */
  onDoubt?: () => void;
}

/** Tries until one succeeds or all have failed; gives those that finished. Rejects with the signal's reason. */
export function attempt<P extends AnyProbe>(session: Session, repeat: Repeat<P>): Promise<P[]> {
  return new Promise((resolve, reject) => {
    const others = new AbortController();
    const signal = AbortSignal.any([repeat.signal, others.signal]);
    const finished: P[] = [];
    let started = 0;
    let settled = false;
    let cancelHedge = (): void => undefined;

    const settle = (act: () => void): void => {
      if (settled) return;
      settled = true;
      cancelHedge();
      if (finished.length < started) others.abort();
      act();
    };
    const next = (): void => {
      const index = started;
      started += 1;
      if (index === 1) repeat.onDoubt?.();
      cancelHedge();
      if (started < repeat.tries()) cancelHedge = session.net.after(repeat.hedgeMs, next);
      else if (repeat.tries() === 1 && repeat.onDoubt) cancelHedge = session.net.after(repeat.hedgeMs, repeat.onDoubt);
      repeat.run(index, signal).then(onProbe, (reason: unknown) => settle(() => reject(asError(reason))));
    };
    const onProbe = (probe: P): void => {
      if (settled) return;
      finished.push(probe);
      if (succeeded(probe) || finished.length >= repeat.tries()) settle(() => resolve(finished));
      else if (finished.length === started) next();
    };
    next();
  });
}

/** Requests of one try: SYNs until we give up, or datagrams. */
const requestsOfTry = { stream: 3, datagram: 4 };
/** More tries than this would take too long, and be no polite thing to do; what they cannot tell stays untold. */
const triesMax = 6;

/** On a slow line silence needs one try more before it counts; on one that loses much, as many as chance may eat. */
export function triesOn({ rtt, loss }: Session, tries: number, transport: keyof typeof requestsOfTry): number {
  const onSlow = rtt.highMs() > 400 ? tries + 1 : tries;
  const onLossy = Math.ceil(requestsToTell(loss.share()) / requestsOfTry[transport]);
  return Math.max(onSlow, Math.min(triesMax, onLossy));
}

/**
 * How long a try may be silent before the next one starts: datagrams 1 s, connections 1.5 s (after the first repeat of
 * a SYN), or more on a slow line.
 */
export function hedgeMs({ rtt }: Session, transport: 'datagram' | 'stream'): number {
  return Math.max(transport === 'datagram' ? 1000 : 1500, 4 * rtt.highMs());
}
