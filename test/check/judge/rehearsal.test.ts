import { describe, expect, it } from 'vitest';
import type { Called, CallProbe, CallStream, CallTransport } from '../../../electron/check/probe.ts';
import { isKind, silent as nobody, World } from './evidence-builder.ts';

const heard = (change: Partial<CallStream> = {}): CallStream => ({
  ...{ sent: 100, lost: 0, passed: 100, delayMs: 20, jitterMs: 2, ...change },
});
const called = (change: Partial<Called> = {}): CallProbe['outcome'] => ({
  ...{ kind: 'called', setupMs: 200, ice: true, dtls: true, there: heard(), back: heard(), end: 'enough' },
  ...{ sameLine: null, freshLine: null, ...change },
});
const losing = (lost: number): CallProbe['outcome'] => called({ there: heard({ lost }), back: heard({ lost }) });
/** Half of the packets came, then no more. */
const stopped = heard({ lost: 50, passed: 50 });
const cut = (change: Partial<Called> = {}): CallProbe['outcome'] =>
  called({ there: stopped, back: stopped, end: 'silence', sameLine: false, freshLine: true, ...change });
const mute = heard({ lost: 50, passed: 0, sent: 50, delayMs: 0, jitterMs: 0 });
const silent = (change: Partial<Called> = {}): CallProbe['outcome'] =>
  called({ there: mute, back: mute, end: 'silence', sameLine: true, freshLine: true, ...change });
const nothing = (began = false): CallProbe['outcome'] => ({ kind: 'silent', sent: 10, waitedMs: 3000, began });
const rejected = (code: number): CallProbe['outcome'] => ({ kind: 'rejected', code });
const reset: CallProbe['outcome'] = { kind: 'failed', operation: 'connect', failure: 'connection_reset', bytesRead: 0 };

const way = (outcome: CallProbe['outcome'], transport: CallTransport = 'udp', port = 3478): CallProbe => ({
  ...{ kind: 'turn-call', id: `${transport}-${port}`, service: null, target: 'relay.example', address: '198.51.100.4' },
  ...{ transport, port, outcome, startMs: 0, durationMs: 2100 },
});

function judged(calls: CallProbe[], change: (world: World) => void = () => undefined) {
  const world = new World();
  world.evidence.loss = 0.05;
  const before = world.judge();
  world.evidence.calls = calls;
  change(world);
  const after = world.judge();
  return { ...after, before };
}
const outcomes = (...calls: CallProbe[]): unknown[] =>
  judged(calls).rehearsal?.ways.map(({ outcome, rule }) => [outcome, rule]) ?? [];

describe('a rehearsed call', () => {
  it('is absent where none was made', () => {
    expect(judged([]).rehearsal).toBeNull();
  });

  it.each([
    ['goes well', called(), 'good', 'K1'],
    ['loses some packets', losing(8), 'fair', 'K5'],
    ['loses many', losing(25), 'bad', 'K5'],
    ['is late', called({ there: heard({ delayMs: 500 }), back: heard({ delayMs: 500 }) }), 'bad', 'K5'],
    ['is cut while the relay answers', cut(), 'cut', 'K2'],
    ['is cut, and the relay is gone', cut({ sameLine: false, freshLine: false }), 'cut', null],
    [
      'ends in a silence that may be chance',
      cut({ there: heard({ sent: 52, lost: 2, passed: 50 }), back: heard() }),
      'cut',
      null,
    ],
    ['is set up and silent', silent(), 'silent', 'K3'],
    ['is silent, and the relay is gone', silent({ sameLine: false, freshLine: false }), 'silent', null],
    ['never even passed ICE’s check, as by a relay that leads nothing back', silent({ ice: false }), 'silent', null],
    ['never gets its keys', called({ dtls: false }), 'silent', 'K3'],
    [
      'never gets its keys on a line that loses half',
      called({ dtls: false, there: heard({ lost: 50 }) }),
      'silent',
      null,
    ],
    ['is not answered', nothing(), 'no-relay', null],
    ['is answered at first', nothing(true), 'silent', null],
    ['is refused for its password', rejected(401), 'wrong-password', null],
    ['is refused for another reason', rejected(486), 'refused', null],
  ])('that %s', (_what, outcome, word, rule) => {
    expect(outcomes(way(outcome))).toEqual([[word, rule]]);
  });

  it('takes another way to the same relay for its control', () => {
    const good = way(called(), 'tls', 443);
    expect(outcomes(way(nothing()), good)).toEqual([
      ['no-relay', 'K4'],
      ['good', 'K1'],
    ]);
    expect(outcomes(way(nothing(true)), good)[0]).toEqual(['silent', 'K3']);
    expect(outcomes(way(reset, 'tcp'), good)[0]).toEqual(['no-relay', 'K4']);
    expect(outcomes(way(cut({ freshLine: false, sameLine: false })), good)[0]).toEqual(['cut', 'K2']);
    expect(outcomes(way(silent({ ice: false })), good)[0]).toEqual(['silent', 'K3']);
    // A relay that refuses is there all the same.
    expect(outcomes(way(nothing()), way(rejected(401), 'tls', 443))[0]).toEqual(['no-relay', 'K4']);
  });

  it('says nothing of a relay that answers by no way', () => {
    expect(judged([way(nothing()), way(reset, 'tcp'), way(nothing(), 'tls', 443)])).toMatchObject({
      findings: [],
      rehearsal: { outcome: 'no-relay', rule: null },
    });
  });

  it('that UDP alone would carry is stopped where the whole network stops UDP’s calls', () => {
    const { rehearsal, findings } = judged([way(nothing())], (world) => {
      world.fail(world.targets(isKind('stun', 'turn')), nobody);
      for (const probe of world.evidence.controls.stun) probe.outcome = nobody;
    });
    expect(findings.map(({ rule }) => rule)).toContain('U2');
    expect(rehearsal).toMatchObject({ outcome: 'no-relay', rule: 'K4' });
  });

  it('is told by its best way, with loss and its bound for both directions', () => {
    const { rehearsal } = judged([way(losing(25)), way(called({ back: heard({ lost: 1 }) }), 'tls', 443)]);
    expect(rehearsal).toMatchObject({ outcome: 'good', rule: 'K1' });
    expect(rehearsal?.ways[1]).toEqual({
      ...{ transport: 'tls', port: 443, outcome: 'good', rule: 'K1', verdictMs: 2100, code: null, probe: 'tls-443' },
      there: { sent: 100, lost: 0, lossPct: 0, lossUpperPct: 3 },
      back: { sent: 100, lost: 1, lossPct: 1, lossUpperPct: 4.7 },
      ...{ rttMs: 40, jitterMs: 2, mos: 4.31 },
    });
  });

  it('has no score where it fell silent', () => {
    expect(judged([way(cut())]).rehearsal?.ways[0]?.mos).toBeNull();
  });
});

describe('what a rehearsed call finds', () => {
  it.each([
    ['a cut', cut(), { mechanism: 'flow-cut', rule: 'K2', strength: 'medium' }],
    ['silence', silent(), { mechanism: 'flow-cut', rule: 'K3', strength: 'medium' }],
    ['loss', losing(25), { mechanism: 'loss', rule: 'K5', strength: 'weak' }],
  ])('of %s is about the network', (_what, outcome, finding) => {
    expect(judged([way(outcome)]).findings).toMatchObject([finding]);
  });

  it.each([
    ['goes well', called()],
    ['is fair', losing(8)],
    ['is refused', rejected(401)],
    ['is cut for an unknown reason', cut({ sameLine: false, freshLine: false })],
  ])('is nothing where it %s', (_what, outcome) => {
    expect(judged([way(outcome)]).findings).toEqual([]);
  });

  it.each([cut(), silent(), losing(25), nothing(), rejected(401)])('is never about a service', (outcome) => {
    const { services, state, quality, before } = judged([way(outcome), way(called(), 'tls', 443)]);
    expect({ services, state, quality }).toEqual({
      ...{ services: before.services, state: before.state, quality: before.quality },
    });
  });
});
