import { createInitiator, WireGuardKeyError, type Initiator } from '../../check/packet/wireguard-handshake.ts';
import { runDatagramSeries, type Series, type Try } from './datagram-series.ts';
import { ProbeError } from './errors.ts';
import { requireAddress, type Address, type ProbeNet } from './net.ts';
import { defaultPlan, type Measured, type Plan, type WireGuardOutcome } from './outcome.ts';
import { median } from './statistics.ts';
import { unreachable } from './unreachable.ts';

/** Keys are base64 of 32 bytes. */
export interface WireGuardTarget extends Address {
  privateKey: string;
  serverPublicKey: string;
  presharedKey?: string;
}

export interface WireGuardProbeOptions {
  net: ProbeNet;
  /**
   * Public keys, base64, of the tunnels that are up on this computer. A server takes the sender of the newest genuine
   * initiation for the peer's new address, so a probe with such a key would cut the tunnel off; it is refused.
   */
  liveKeys: ReadonlySet<string>;
  plan?: Partial<Plan>;
  pace?: () => number;
  onAnswer?: () => void;
  signal?: AbortSignal;
}

/**
 * Shakes hands with a WireGuard server, without root and without a tunnel: a fresh initiation for each try, all from one
 * socket, because a cookie is bound to its address. Connect 25 ms after it at the earliest: servers drop a second
 * initiation of one peer within 20 ms, and the tunnel would then wait 5 s for its next.
 * @throws ProbeError before anything is sent · the signal's reason
 */
export async function probeWireGuard(
  target: WireGuardTarget,
  options: WireGuardProbeOptions,
): Promise<Measured<WireGuardOutcome>> {
  const initiator = requireProbeable(target, options.liveKeys);
  const { net, plan, pace, onAnswer, signal } = options;
  let cookie: Uint8Array | undefined;
  const makeTry = (): Try => {
    const index = new DataView(Uint8Array.from(net.randomBytes(4)).buffer).getUint32(0);
    const input = { ephemeral: net.randomBytes(32), index, stamp: net.stamp(), ...(cookie && { cookie }) };
    const initiation = initiator.initiate(input);
    return {
      bytes: initiation.bytes,
      read: (datagram) => {
        const reply = initiation.read(datagram);
        if (reply.kind === 'cookie') cookie = reply.cookie;
        if (reply.kind === 'accepted') return 'answered';
        return reply.kind === 'cookie' ? 'busy' : reply.kind;
      },
    };
  };
  const wholePlan = { ...defaultPlan, ...plan };
  const series = await runDatagramSeries({ net, to: target, plan: wholePlan, makeTry, pace, onAnswer, signal });
  return summarise(series);
}

/** @throws ProbeError when a probe of this target must not or cannot be made */
export function requireProbeable(target: WireGuardTarget, liveKeys: ReadonlySet<string>): Initiator {
  requireAddress(target);
  const initiator = initiatorOf(target);
  if (liveKeys.has(Buffer.from(initiator.publicKey).toString('base64'))) throw new ProbeError('live-key');
  return initiator;
}

function initiatorOf({ privateKey, serverPublicKey, presharedKey }: WireGuardTarget): Initiator {
  try {
    return createInitiator({
      privateKey: Buffer.from(privateKey, 'base64'),
      serverPublicKey: Buffer.from(serverPublicKey, 'base64'),
      ...(presharedKey !== undefined && { presharedKey: Buffer.from(presharedKey, 'base64') }),
    });
  } catch (error) {
    throw error instanceof WireGuardKeyError ? new ProbeError('key-invalid') : error;
  }
}

function summarise({ replies, sent, lost, failure, waitedMs }: Series): Measured<WireGuardOutcome> {
  const timesOf = (reading: string): number[] =>
    replies.flatMap((reply) => (reply.reading === reading ? reply.rttMs : []));
  const measured = (outcome: WireGuardOutcome, rttsMs: number[] = []): Measured<WireGuardOutcome> => ({
    outcome,
    tries: sent,
    lost,
    rttsMs,
    durationMs: waitedMs,
  });
  for (const kind of ['answered', 'pskMismatch', 'busy'] as const) {
    const rttsMs = timesOf(kind);
    const rttMs = median(rttsMs);
    if (rttMs !== null) return measured({ kind, rttMs }, rttsMs);
  }
  if (failure === 'refused' || failure === 'reset') return measured({ kind: 'refused' });
  return measured(unreachable(failure) ?? { kind: 'silent', sent, waitedMs });
}
