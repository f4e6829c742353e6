import type { ProbeResult } from '../../../electron/servers/probe/measure.ts';

/** A result that was answered three times of three in 40 ms, unless told otherwise. */
export function result(more: Partial<ProbeResult> & { id: string }): ProbeResult {
  return {
    server: more.id,
    address: '192.0.2.1',
    port: 51820,
    method: 'wireguard',
    outcome: { kind: 'answered', rttMs: 40 },
    tries: 3,
    lost: 0,
    rttsMs: [40, 40, 40],
    durationMs: 200,
    medianRttMs: 40,
    jitterMs: 0,
    lossPct: 0,
    ...more,
  };
}

/** Nobody answered. */
export function silent(more: Partial<ProbeResult> & { id: string }): ProbeResult {
  const outcome = { kind: 'silent', sent: 3, waitedMs: 2500 } as const;
  return result({ outcome, lost: 3, rttsMs: [], medianRttMs: null, jitterMs: null, lossPct: 100, ...more });
}
