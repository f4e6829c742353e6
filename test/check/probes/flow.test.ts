import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FlowProbe } from '../../../electron/check/probe.ts';
import { probeFlow, type FlowAim } from '../../../electron/check/probes/flow.ts';
import { fakeNet } from '../fake-net.ts';
import { fakeSession } from '../fake-session.ts';
import { answerBinding, isSound } from '../stun-server.ts';

/** A filter between us and a STUN server: whether a packet of a socket passes, the socket's packets counted from 1. */
type Filter = (packet: { bytes: Uint8Array; socket: number; count: number }) => boolean;

async function seen(
  load: FlowAim['load'],
  filter: Filter,
  packets = 50,
  known = false,
): Promise<{ probe: FlowProbe; sent: Uint8Array[][] }> {
  const sent: Uint8Array[][] = [];
  const net = fakeNet({
    onDatagram(_, bytes, reply, __, socket) {
      const own = (sent[socket] ??= []);
      own.push(bytes);
      const passes = filter({ bytes, socket, count: own.length });
      const answer = answerBinding(bytes);
      if (answer && passes) reply(answer);
    },
  });
  const session = fakeSession(net);
  const aim = { service: null, target: 'stun.example', address: '192.0.2.1', port: 3478, signal: session.signal };
  const running = probeFlow(session, { ...aim, load, packets, everyMs: 20, known });
  await vi.advanceTimersByTimeAsync(10_000);
  const probe = await running;
  expect(net.open.udp).toBe(0);
  return { probe, sent };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('probeFlow', () => {
  it('sees a flow that goes on, with what its packets told', async () => {
    const { probe, sent } = await seen('bindings', () => true);
    expect(probe.outcome).toEqual({
      kind: 'answered',
      rttMs: 1,
      stream: { sent: 50, lost: 0, rttMs: 1, jitterMs: 0 },
    });
    expect(probe.durationMs).toBeGreaterThanOrEqual(1000);
    expect(probe.durationMs).toBeLessThan(1100);
    // A Binding, the second of packets, a Binding; and one from another port.
    expect(sent.slice(1).map((packets) => packets.length)).toEqual([52, 1]);
    expect(new Set(sent[1]?.slice(1, 51).map(({ length }) => length))).toEqual(new Set([120]));
  });

  it('counts what is lost on the way', async () => {
    const { probe } = await seen('bindings', ({ count }) => count % 5 !== 0);
    expect(probe.outcome).toMatchObject({ kind: 'answered', stream: { sent: 50, lost: 10 } });
  });

  it('begins without a first answer where the server is known to answer, and tells silence from a cut', async () => {
    const lossy = await seen('bindings', ({ count }) => count > 6 && count % 2 === 0, 30, true);
    expect(lossy.probe.outcome).toMatchObject({ kind: 'answered', stream: { sent: 30, lost: 18 } });
    const silent = await seen('bindings', () => false, 30, true);
    expect(silent.probe.outcome).toMatchObject({ kind: 'silent', sent: 36 });
  });

  it('counts the loss of a flow that is cut only until then', async () => {
    const { probe } = await seen('bindings', ({ count }) => count <= 21 && count % 5 !== 0);
    expect(probe.outcome).toMatchObject({ kind: 'cut', passed: 21, stream: { sent: 20, lost: 4 } });
  });

  it('waits for packets that others overtook, and takes no second answer for the time of the first', async () => {
    const net = fakeNet({
      onDatagram(_, bytes, reply) {
        const answer = answerBinding(bytes);
        if (!answer) return;
        // Large packets take longer, and come twice.
        for (const ms of bytes.length > 20 ? [60, 90] : [0]) setTimeout(() => reply(answer), ms);
      },
    });
    const session = fakeSession(net);
    const aim = { service: null, target: 'stun.example', address: '192.0.2.1', port: 3478, signal: session.signal };
    const running = probeFlow(session, { ...aim, load: 'bindings', packets: 50, everyMs: 20 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await running).outcome).toMatchObject({ kind: 'answered', stream: { lost: 0, rttMs: 61 } });
  });

  it('sees a flow that is cut after twenty packets, and that another 5-tuple passes', async () => {
    const { probe } = await seen('bindings', ({ count }) => count <= 20);
    expect(probe.outcome).toMatchObject({ kind: 'cut', passed: 20, unanswered: 37, fresh: true });
  });

  it('sees that sound cuts a flow which noise does not', async () => {
    const afterSound = (): Filter => {
      const cut = new Set<number>();
      return ({ bytes, socket }) => {
        if (isSound(bytes)) cut.add(socket);
        return !cut.has(socket);
      };
    };
    const sound = await seen('rtp', afterSound(), 10);
    expect(sound.probe.outcome).toMatchObject({ kind: 'cut', passed: 1, unanswered: 6, fresh: true, stream: null });
    const noise = await seen('noise', afterSound(), 10);
    expect(noise.probe.outcome).toMatchObject({ kind: 'answered' });
  });

  it('does not take a server that has gone for a cut flow with a fresh one beside it', async () => {
    let answers = 0;
    const { probe } = await seen('rtp', ({ bytes }) => answerBinding(bytes) !== undefined && (answers += 1) <= 1, 10);
    expect(probe.outcome).toMatchObject({ kind: 'cut', fresh: false });
  });

  it('sends nothing but Bindings to a server that does not answer', async () => {
    const { probe, sent } = await seen('rtp', () => false, 10);
    expect(probe.outcome).toMatchObject({ kind: 'silent', sent: 4 });
    expect(sent.flat().every((bytes) => answerBinding(bytes) !== undefined)).toBe(true);
  });
});
