import { methodName, type Candidate } from './candidates.ts';
import { requireAddress } from './net.ts';
import { probeOpenVpn } from './openvpn.ts';
import type { Measured } from './outcome.ts';
import { jitter, median } from './statistics.ts';
import { probeTcp } from './tcp.ts';
import { probeWireGuard, requireProbeable, type WireGuardProbeOptions } from './wireguard.ts';

/** One measured candidate, without its secrets. */
export interface ProbeResult extends Measured {
  id: string;
  server: string;
  address: string;
  port: number;
  method: ReturnType<typeof methodName>;
  medianRttMs: number | null;
  jitterMs: number | null;
  /** Of the tries, in percent. Few tries: 33 is one of three. */
  lossPct: number;
}

/** @throws ProbeError when this candidate must not or cannot be probed */
export function requireCandidate(candidate: Candidate, liveKeys: ReadonlySet<string>): void {
  if (candidate.method.kind === 'wireguard') requireProbeable({ ...candidate, ...candidate.method }, liveKeys);
  else requireAddress(candidate);
}

/** @throws ProbeError · the signal's reason */
export async function measureCandidate(candidate: Candidate, options: WireGuardProbeOptions): Promise<ProbeResult> {
  const measured = await probe(candidate, options);
  const { id, server, address, port } = candidate;
  const { tries, lost, rttsMs } = measured;
  return {
    ...measured,
    ...{ id, server, address, port, method: methodName(candidate) },
    medianRttMs: median(rttsMs),
    jitterMs: jitter(rttsMs),
    lossPct: tries === 0 ? 100 : (100 * lost) / tries,
  };
}

function probe({ address, port, method }: Candidate, options: WireGuardProbeOptions): Promise<Measured> {
  switch (method.kind) {
    case 'wireguard':
      return probeWireGuard({ address, port, ...method }, options);
    case 'openvpn':
      return probeOpenVpn({ address, port, ...method }, options);
    case 'tcp':
      return probeTcp({ address, port }, options);
  }
}
