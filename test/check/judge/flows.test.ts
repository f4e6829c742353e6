import { describe, expect, it } from 'vitest';
import type { FlowLoad, FlowProbe, StreamSeen } from '../../../electron/check/probe.ts';
import { World } from './evidence-builder.ts';

let count = 0;
const flow = (
  service: string | null,
  target: string,
  load: FlowLoad,
  outcome: FlowProbe['outcome'],
  everyMs = 20,
): FlowProbe => ({
  ...{ kind: 'flow', id: `f${(count += 1)}`, service, target, address: target, port: 3478, startMs: 0, durationMs: 1 },
  load,
  everyMs,
  outcome,
});
const stream = (lost: number, sent = 50): StreamSeen => ({ sent, lost, rttMs: 40, jitterMs: 2 });
const passes = (lost = 0, sent = 50): FlowProbe['outcome'] => ({
  kind: 'answered',
  rttMs: 40,
  stream: stream(lost, sent),
});
const alive: FlowProbe['outcome'] = { kind: 'answered', rttMs: 40, stream: null };
const cut = (fresh = true, unanswered = 20): FlowProbe['outcome'] => ({
  kind: 'cut',
  passed: 20,
  unanswered,
  fresh,
  stream: null,
});

const neutral = (outcome: FlowProbe['outcome'], load: FlowLoad = 'bindings'): FlowProbe[] =>
  ['stun.cloudflare.com', 'stun.l.google.com'].map((target) => flow(null, target, load, outcome));
const telegram = (load: FlowLoad, ...outcomes: FlowProbe['outcome'][]): FlowProbe[] =>
  outcomes.map((outcome) => flow('telegram', '91.108.9.35', load, outcome));

function judged(...flows: FlowProbe[]) {
  const world = new World();
  world.evidence.flows = flows;
  world.evidence.loss = 0.05;
  return world.judge();
}
const callsOf = (id: string, ...flows: FlowProbe[]) => judged(...flows).row(id).calls;

describe('U6, a flow that is cut', () => {
  it('blocks the calls of a service whose flows are cut twice while neutral ones go on', () => {
    const calls = callsOf('telegram', ...neutral(passes()), ...telegram('bindings', cut(), cut()));
    expect(calls).toMatchObject({ verdict: 'blocked', mechanisms: ['flow-cut'], rule: 'U6', strength: 'medium' });
    expect(calls.probes.length).toBe(4);
  });

  it('is no matter of the other services', () => {
    const { findings, row } = judged(...neutral(passes()), ...telegram('bindings', cut(), cut()));
    expect(findings).toEqual([]);
    expect(row('signal').calls.verdict).toBe('ok');
  });

  it.each([
    ['was not repeated', [cut()]],
    ['was not cut the second time', [cut(), passes()]],
    ['had no fresh 5-tuple that passed', [cut(false), cut(false)]],
    ['may be chance on this line', [cut(true, 1), cut(true, 2)]],
  ])('is not called so when it %s', (_, outcomes) => {
    const { verdict } = callsOf('telegram', ...neutral(passes()), ...telegram('bindings', ...outcomes));
    expect(['ok', 'inconclusive']).toContain(verdict);
  });

  it('needs a neutral flow of the same kind that goes on', () => {
    const calls = callsOf('telegram', ...neutral(alive, 'rtp'), ...telegram('bindings', cut(), cut()));
    expect(calls).toMatchObject({ verdict: 'inconclusive', rule: 'U6' });
  });

  it('by sound counts only where noise passes: a server may shut its ear to anything odd', () => {
    const sound = [...neutral(alive, 'rtp'), ...telegram('rtp', cut(), cut())];
    expect(callsOf('telegram', ...sound, ...telegram('noise', alive)).verdict).toBe('blocked');
    expect(callsOf('telegram', ...sound, ...telegram('noise', cut())).verdict).toBe('inconclusive');
    expect(callsOf('telegram', ...sound).verdict).toBe('inconclusive');
  });

  it('at two neutral operators concerns all calls that need UDP, and is no quality of a call', () => {
    const { findings, row, quality } = judged(
      ...neutral(cut()),
      ...neutral(cut()),
      ...telegram('bindings', cut(), cut()),
    );
    expect(findings).toMatchObject([{ mechanism: 'flow-cut', rule: 'U6', strength: 'strong' }]);
    expect(row('telegram').calls).toMatchObject({ verdict: 'blocked', mechanisms: ['flow-cut'] });
    expect(row('whatsapp').calls).toMatchObject({ verdict: 'degraded', mechanisms: ['flow-cut'] });
    expect(row('botim').calls.verdict).toBe('not-testable');
    expect(row('telegram').messages.verdict).toBe('ok');
    expect(quality).toBeNull();
  });

  it('leaves a service alone whose own flows of that kind pass', () => {
    const { row } = judged(...neutral(cut()), ...neutral(cut()), ...telegram('bindings', passes()));
    expect(row('telegram').calls.verdict).toBe('ok');
  });

  it('at one operator only is that operator’s', () => {
    const one = ['stun.cloudflare.com', 'stun.cloudflare.com'].map((target) => flow(null, target, 'bindings', cut()));
    expect(judged(...one, flow(null, 'stun.l.google.com', 'bindings', passes())).findings).toEqual([]);
    expect(judged(...one).findings).toEqual([]);
  });
});

describe('U7, packets lost on the way to one service', () => {
  const own = (fast: number, slow: number): FlowProbe[] => [
    flow('telegram', '91.108.9.35', 'bindings', passes(fast)),
    flow('telegram', '91.108.9.35', 'bindings', passes(slow, 30), 100),
  ];
  const others = (fast: number, slow: number): FlowProbe[] =>
    ['stun.cloudflare.com', 'stun.l.google.com'].flatMap((target) => [
      flow(null, target, 'bindings', passes(fast)),
      flow(null, target, 'bindings', passes(slow, 30), 100),
    ]);

  it('makes its calls degraded when neutral packets are not', () => {
    const calls = callsOf('telegram', ...others(0, 0), ...own(16, 9));
    expect(calls).toMatchObject({ verdict: 'degraded', mechanisms: ['throttle'], rule: 'U7', strength: 'medium' });
  });

  const cutOff = (lost: number, unanswered: number, sent = 50): FlowProbe['outcome'] => ({
    ...{ kind: 'cut', passed: sent, unanswered, fresh: true, stream: stream(lost, sent) },
  });

  it('is said, not U6, where flows seem cut because so much is lost', () => {
    const calls = callsOf(
      'telegram',
      ...others(0, 0),
      ...telegram('rtp', cut(true, 7), cut(true, 6)),
      ...telegram('noise', alive),
      ...telegram('bindings', cutOff(26, 7)),
      ...own(27, 16).slice(1),
    );
    expect(calls).toMatchObject({ verdict: 'degraded', mechanisms: ['throttle'], rule: 'U7' });
  });

  it('is not said where flows are cut: what was lost before does not explain that', () => {
    const calls = callsOf('telegram', ...others(0, 0), ...telegram('bindings', cutOff(2, 36, 20), cutOff(1, 36, 20)));
    expect(calls).toMatchObject({ verdict: 'blocked', mechanisms: ['flow-cut'], rule: 'U6' });
  });

  it.each([
    ['neutral ones are lost as well', others(14, 8), own(16, 9)],
    ['slow packets are not lost, as where a server limits rates', others(0, 0), own(25, 0)],
    ['too few of the slow ones are', others(0, 0), own(25, 4)],
    ['it was seen once only', others(0, 0), own(16, 9).slice(0, 1)],
    ['the difference is small', others(2, 1), own(5, 4)],
  ])('is not said when %s', (_, neutralFlows, ownFlows) => {
    expect(callsOf('telegram', ...neutralFlows, ...ownFlows).verdict).toBe('ok');
  });
});

describe('L1, a line that loses much by itself', () => {
  it('is a finding about the line, and blocks nobody', () => {
    const { findings, row, state } = judged(...neutral(passes(10)));
    expect(findings).toMatchObject([{ mechanism: 'loss', rule: 'L1', strength: 'medium' }]);
    expect([row('telegram').calls.verdict, state]).toEqual(['ok', 'online']);
  });

  it('is not said where one operator loses, or little is lost', () => {
    const [first, second] = [neutral(passes(15))[0], neutral(passes(0))[1]];
    expect(judged(...(first && second ? [first, second] : [])).findings).toEqual([]);
    expect(judged(...neutral(passes(4))).findings).toEqual([]);
  });
});

describe('the quality of calls', () => {
  it('is that of a neutral second of packets, with what fifty of them prove', () => {
    expect(judged(...neutral(passes())).quality).toEqual({
      ...{ rttMs: 40, jitterMs: 2, lossPct: 0, lossUpperPct: 5.8, samples: 50, mos: 4.41, rating: 'good' },
    });
  });

  it('is unknown where flows are cut, whatever the packets before told', () => {
    const sound = [...neutral(cut(), 'rtp'), ...neutral(cut(), 'rtp'), ...neutral(alive, 'noise')];
    const { findings, quality } = judged(...neutral(passes()), ...sound);
    expect(findings).toMatchObject([{ rule: 'U6' }]);
    expect(quality).toBeNull();
  });

  it('is unknown without one, and where nothing came back', () => {
    expect(judged(...neutral(alive, 'rtp'), ...telegram('bindings', passes())).quality).toBeNull();
    expect(judged(...neutral(passes(50))).quality).toBeNull();
  });
});
