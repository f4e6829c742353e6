import type { Endpoint } from '../net/net.ts';
import type { Refused, Silent } from '../probe.ts';
import { asError, type Session } from '../session.ts';
import type { Schedule } from './timeouts.ts';

/** Failures of this computer's own routes: there is no network to wait for. */
export const noRoute: ReadonlySet<string> = new Set(['network_unreachable', 'network_down']);

/** One request over UDP with retransmissions, until an answer that `read` accepts. */
export interface Exchange<T> {
  remote: Endpoint;
  request: Uint8Array;
  schedule: Schedule;
  /** Undefined for packets that are not an answer to the request; they are passed over. */
  read(bytes: Uint8Array): T | undefined;
  /** Called when the first packet leaves. */
  begun(): void;
  signal: AbortSignal;
}

export type ExchangeOutcome<T> = { kind: 'answered'; rttMs: number; answer: T; sent: number } | Refused | Silent;

/**
 * ICMP errors end the exchange only after a second request met the same: a single one may come from a router that is
 * just starting. Rejects only with the signal's reason.
 */
export async function exchange<T>(session: Session, plan: Exchange<T>): Promise<ExchangeOutcome<T>> {
  const leave = await session.sockets.enter(plan.signal);
  try {
    plan.begun();
    return await converse(session, plan);
  } finally {
    leave();
  }
}

function converse<T>(session: Session, plan: Exchange<T>): Promise<ExchangeOutcome<T>> {
  return new Promise((resolve, reject) => {
    const { net, rtt, loss } = session;
    const from = net.now();
    const sentAt: number[] = [];
    let refusals = 0;
    let refusal: string | undefined;
    const timers: (() => void)[] = [];
    const finish = (): void => {
      timers.forEach((cancel) => cancel());
      plan.signal.removeEventListener('abort', abort);
      socket.close();
    };
    const settle = (outcome: ExchangeOutcome<T>): void => {
      finish();
      resolve(outcome);
    };
    const abort = (): void => {
      finish();
      reject(asError(plan.signal.reason));
    };
    const socket = net.openUdp(plan.remote, {
      onMessage(bytes) {
        const answer = plan.read(bytes);
        if (answer === undefined) return;
        // To the last request: from the first one, a lost packet would look like a slow line.
        const rttMs = net.now() - (sentAt.at(-1) ?? from);
        if (sentAt.length === 1) rtt.add(rttMs);
        // Where answers take longer than we wait for them, having asked again does not mean that anything was lost.
        if (rtt.highMs() < (plan.schedule.sendAtMs[1] ?? 0)) loss.add(sentAt.length);
        settle({ kind: 'answered', rttMs, answer, sent: sentAt.length });
      },
      onFailure(failure) {
        refusal = failure;
        refusals += 1;
        if (refusals >= 2 || noRoute.has(failure)) settle({ kind: 'refused', failure });
      },
    });
    for (const atMs of plan.schedule.sendAtMs) {
      const send = (): void => {
        sentAt.push(net.now());
        socket.send(plan.request);
      };
      if (atMs === 0) send();
      else timers.push(net.after(atMs, send));
    }
    timers.push(
      net.after(plan.schedule.untilMs, () => {
        if (refusal !== undefined) settle({ kind: 'refused', failure: refusal });
        else settle({ kind: 'silent', sent: sentAt.length, waitedMs: Math.round(net.now() - from) });
      }),
    );
    plan.signal.addEventListener('abort', abort, { once: true });
    if (plan.signal.aborted) abort();
  });
}
