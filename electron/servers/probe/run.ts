import { setMaxListeners } from 'node:events';
import { methodName, type Candidate } from './candidates.ts';
import { measureCandidate, requireCandidate, type ProbeResult } from './measure.ts';
import type { ProbeNet } from './net.ts';
import { nodeNet } from './node-net.ts';
import { orderCandidates, withJitter } from './order.ts';
import { defaultPlan, type Plan } from './outcome.ts';

export interface ProbeServersOptions {
  /** Public keys, base64, of the tunnels that are up: see `WireGuardProbeOptions`. */
  liveKeys: ReadonlySet<string>;
  /** From 0 to below 1; for order and spacing, not for secrets. */
  random?: () => number;
  net?: ProbeNet;
  /** At most this many probes at a time. More at once looks like a scan, and has crashed third-party firewalls. */
  atOnce?: number;
  /** No more are begun once so many servers have answered; candidates that have answered are measured to the end. */
  goodEnough?: number;
  /** Tries for each candidate. */
  tries?: number;
  signal?: AbortSignal;
  onResult?: (result: ProbeResult) => void;
}

export interface ProbeRun {
  /** In the order in which they ended. */
  results: ProbeResult[];
  /** Ids of candidates that were not begun, or given up because others were good enough. */
  skipped: string[];
}

/** The answers of the nearest servers come while the last ones are not asked yet. */
const beginEveryMs = 40;
/** WireGuard servers drop what comes within 20 ms from one peer, on whatever port. */
const sameServerMs = 25;

/**
 * Probes candidates, given best first, spread over hosting networks and stopped early. Ten silent ones take 2.5 s in all.
 * Meant for some dozens: each WireGuard candidate costs about 2 ms of computing before anything is sent.
 * @throws ProbeError before anything is sent, when one of them must not be probed · the signal's reason; all sockets are
 * closed then
 */
export async function probeServers(candidates: readonly Candidate[], options: ProbeServersOptions): Promise<ProbeRun> {
  const { random = Math.random, net = nodeNet, atOnce = 10, goodEnough = 3, signal } = options;
  signal?.throwIfAborted();
  for (const candidate of candidates) requireCandidate(candidate, options.liveKeys);

  const startMs = net.nowMs();
  const paceOf = createPacer(net);
  const proves = provingMethod(candidates);
  const enough = new AbortController();
  const stopped = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal]);
  // One listener for each running probe and one for the pause: known, and taken off again.
  setMaxListeners(atOnce + 1, stopped);
  const run: ProbeRun = { results: [], skipped: [] };
  const goodServers = new Set<string>();
  const measuring = new Set<string>();
  const running = new Map<string, Promise<void>>();
  /** Not of a server, but of our own or of the caller's `onResult`: the first one ends the run. */
  const failures: unknown[] = [];
  const isEnough = (): boolean => goodServers.size >= goodEnough;

  async function probeOne(candidate: Candidate): Promise<void> {
    try {
      const result = await measureCandidate(candidate, {
        net,
        liveKeys: options.liveKeys,
        plan: planAt(net.nowMs() - startMs, options.tries),
        pace: paceOf(candidate),
        signal: stopped,
        onAnswer: () => {
          measuring.add(candidate.id);
          if (proves(candidate)) goodServers.add(candidate.server);
        },
      });
      run.results.push(result);
      options.onResult?.(result);
    } catch (error) {
      if (!stopped.aborted) failures.push(error);
      run.skipped.push(candidate.id);
    } finally {
      running.delete(candidate.id);
      measuring.delete(candidate.id);
      if (failures.length > 0 || (isEnough() && measuring.size === 0)) enough.abort();
    }
  }

  for (const candidate of orderCandidates(candidates, random)) {
    while (running.size >= atOnce && !stopped.aborted) await Promise.race(running.values());
    if (isEnough() || stopped.aborted) {
      run.skipped.push(candidate.id);
      continue;
    }
    running.set(candidate.id, probeOne(candidate));
    await pause(net, withJitter(beginEveryMs, random), stopped);
  }
  await Promise.all(running.values());
  signal?.throwIfAborted();
  if (failures.length > 0) throw failures[0];
  return run;
}

/** Who begins later in the first wave gets less time, down to four fifths, so that the wave ends together. */
function planAt(begunMs: number, tries = defaultPlan.tries): Plan {
  const { limitMs } = defaultPlan;
  const lessMs = begunMs < limitMs / 2 ? Math.min(begunMs, limitMs / 5) : 0;
  return { ...defaultPlan, tries, enough: tries, limitMs: limitMs - lessMs };
}

/** An answer over plain TCP does not show that a VPN passes; it counts only where nothing better is asked. */
function provingMethod(candidates: readonly Candidate[]): (candidate: Candidate) => boolean {
  const isTcpOnly = candidates.every((candidate) => methodName(candidate) === 'tcp');
  return (candidate) => isTcpOnly || methodName(candidate) !== 'tcp';
}

/** For each server the next time at which an initiation may go to it, whichever candidate sends it. */
function createPacer(net: ProbeNet): (candidate: Candidate) => () => number {
  const freeMs = new Map<string, number>();
  return ({ server, method }) =>
    () => {
      if (method.kind !== 'wireguard') return 0;
      const nowMs = net.nowMs();
      const atMs = Math.max(nowMs, freeMs.get(server) ?? 0);
      freeMs.set(server, atMs + sameServerMs);
      return atMs - nowMs;
    };
}

/** Ends early, without an error, when the signal does. */
function pause(net: ProbeNet, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = net.after(delayMs, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
