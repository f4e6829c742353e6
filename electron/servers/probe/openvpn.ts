import { createUnframer, frame } from '../../check/packet/openvpn-frame.ts';
import { createReset, sessionIdSize, type Reset } from '../../check/packet/openvpn-reset.ts';
import type { Wrapping } from '../../check/packet/openvpn-wrap.ts';
import { runDatagramSeries, type Series, type Try } from './datagram-series.ts';
import { requireAddress, type Address, type ProbeNet } from './net.ts';
import { defaultPlan, type Measured, type OpenVpnOutcome } from './outcome.ts';
import { median } from './statistics.ts';
import { measureStream } from './stream-series.ts';
import type { Question } from './stream-try.ts';
import type { ProbeOptions } from './tcp.ts';
import { unreachable } from './unreachable.ts';

export interface OpenVpnTarget extends Address {
  transport: 'udp' | 'tcp';
  wrapping: Wrapping;
}

/**
 * Asks an OpenVPN server for a session and leaves it at its first answer: no certificate, password or account. Every try
 * has a session id of its own. Silence over UDP says nothing where the server's tls-auth or tls-crypt key is not ours.
 * @throws ProbeError before anything is sent · the signal's reason
 */
export async function probeOpenVpn(target: OpenVpnTarget, options: ProbeOptions): Promise<Measured<OpenVpnOutcome>> {
  requireAddress(target);
  const { net, onAnswer, signal } = options;
  const common = { net, to: target, plan: { ...defaultPlan, ...options.plan }, onAnswer, signal };
  const reset = (): Reset => freshReset(net, target.wrapping);
  if (target.transport === 'tcp') return measureStream({ ...common, makeQuestion: () => ask(reset()) });
  const makeTry = (): Try => {
    const { bytes, answeredBy } = reset();
    return { bytes, read: (datagram) => (answeredBy(datagram) ? 'answered' : 'foreign') };
  };
  return summarise(await runDatagramSeries({ ...common, makeTry }));
}

const freshReset = (net: ProbeNet, wrapping: Wrapping): Reset =>
  createReset({ wrapping, sessionId: net.randomBytes(sessionIdSize), unixMs: net.unixMs() });

function ask({ bytes, answeredBy }: Reset): Question {
  const unframer = createUnframer();
  return {
    bytes: frame(bytes),
    read: (chunk) => {
      const packets = unframer.push(chunk);
      if (packets === undefined) return 'nonsense';
      return packets.some(answeredBy) ? 'answered' : 'more';
    },
  };
}

function summarise({ replies, sent, lost, failure, waitedMs }: Series): Measured<OpenVpnOutcome> {
  const rttsMs = replies.map((reply) => reply.rttMs);
  const measured = { tries: sent, lost, rttsMs, durationMs: waitedMs };
  const rttMs = median(rttsMs);
  if (rttMs !== null) return { outcome: { kind: 'answered', rttMs }, ...measured };
  if (failure === 'refused' || failure === 'reset') return { outcome: { kind: 'refused' }, ...measured };
  return { outcome: unreachable(failure) ?? { kind: 'silent', sent, waitedMs }, ...measured };
}
