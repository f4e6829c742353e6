import type { Address, ProbeNet, SocketFailure } from './net.ts';
import type { Plan } from './outcome.ts';

/**
 * Several tries over one UDP socket. Each try is fresh and recognises its own answer, so a late answer is never counted
 * for a later try and the round-trip times are right.
 */

/** What a datagram is to a try. `busy` and `pskMismatch` are answers, too, but not the wanted one. */
export type Reading = 'answered' | 'pskMismatch' | 'busy' | 'foreign';

export interface Try {
  bytes: Uint8Array;
  read: (datagram: Uint8Array) => Reading;
}

export interface Reply {
  reading: Exclude<Reading, 'foreign'>;
  rttMs: number;
}

export interface Series {
  sent: number;
  /** Tries without any reply. */
  lost: number;
  /** In the order of sending. */
  replies: Reply[];
  failure: SocketFailure | undefined;
  waitedMs: number;
}

export interface SeriesInput {
  net: ProbeNet;
  to: Address;
  plan: Plan;
  makeTry: () => Try;
  /** Milliseconds to wait before sending now; counts as taken. For several series to one WireGuard server. */
  pace?: (() => number) | undefined;
  /** Called at the first answer that was wanted. */
  onAnswer?: (() => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** How long to wait for the last answers of a server that did answer: several of its round trips. */
const settleMs = (slowestMs: number): number => Math.max(250, 4 * slowestMs);

/** @throws the reason of the signal, with the socket closed */
export function runDatagramSeries(input: SeriesInput): Promise<Series> {
  const { net, to, plan, makeTry, pace = () => 0, onAnswer, signal } = input;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      // The reason is the caller's own value, handed back as it is.
      reject(signal.reason as Error);
      return;
    }
    const startMs = net.nowMs();
    const tries: { read: Try['read']; sentMs: number; reply?: Reply }[] = [];
    let askedAgain = false;
    let isOver = false;
    const cancelLimit = net.after(plan.limitMs, () => {
      finish();
    });
    let cancelNext = (): void => undefined;
    const socket = net.datagram(to, { message: receive, failure: finish });
    const abort = (): void => {
      close();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', abort, { once: true });
    send();

    function close(): void {
      isOver = true;
      cancelLimit();
      cancelNext();
      socket.close();
      signal?.removeEventListener('abort', abort);
    }

    function finish(failure?: SocketFailure): void {
      close();
      const replies = tries.flatMap(({ reply }) => reply ?? []);
      resolve({
        sent: tries.length,
        lost: tries.length - replies.length,
        replies,
        failure,
        waitedMs: net.nowMs() - startMs,
      });
    }

    function schedule(delayMs: number, call: () => void): void {
      cancelNext();
      // The listener to the first answer may have ended everything.
      if (!isOver) cancelNext = net.after(delayMs, call);
    }

    function send(): void {
      const waitMs = pace();
      if (waitMs > 0) schedule(waitMs, transmit);
      else transmit();
    }

    function transmit(): void {
      const { bytes, read } = makeTry();
      const slowestMs = Math.max(...rttsMs());
      const retryMs = plan.retryAfterMs[tries.length] ?? plan.retryAfterMs.at(-1) ?? plan.limitMs;
      tries.push({ read, sentMs: net.nowMs() });
      socket.send(bytes);
      planNext(slowestMs > 0 ? settleMs(slowestMs) : retryMs);
    }

    function rttsMs(): number[] {
      return tries.flatMap(({ reply }) => reply?.rttMs ?? []);
    }

    /** Sends on after `delayMs`, or, with all tries sent, waits for what is still missing. */
    function planNext(delayMs: number): void {
      if (tries.length < plan.tries) {
        schedule(delayMs, send);
        return;
      }
      const times = rttsMs();
      if (times.length === tries.length) finish();
      else if (times.length > 0) schedule(settleMs(Math.max(...times)), finish);
      else cancelNext();
    }

    function receive(datagram: Uint8Array): void {
      const nowMs = net.nowMs();
      for (const one of tries) {
        if (one.reply !== undefined) continue;
        const reading = one.read(datagram);
        if (reading === 'foreign') continue;
        one.reply = { reading, rttMs: nowMs - one.sentMs };
        answered(reading, nowMs);
        return;
      }
    }

    function answered(reading: Reply['reading'], nowMs: number): void {
      const answers = tries.filter(({ reply }) => reply?.reading === 'answered').length;
      if (reading === 'answered' && answers === 1) onAnswer?.();
      if (answers >= plan.enough || reading === 'pskMismatch') {
        finish();
        return;
      }
      // The first cookie makes the next try worth sending at once; a server that goes on asking is left in peace.
      if (reading === 'busy' && askedAgain) return;
      if (reading === 'busy') askedAgain = true;
      const lastMs = tries.at(-1)?.sentMs ?? nowMs;
      planNext(reading === 'busy' ? 0 : Math.max(0, lastMs + plan.spacingMs - nowMs));
    }
  });
}
