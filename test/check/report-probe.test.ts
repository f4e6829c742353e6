import { describe, expect, it } from 'vitest';
import type { AnyProbe, CallProbe } from '../../electron/check/probe.ts';
import { toReportProbe } from '../../electron/check/report-probe.ts';
import { probeSchema } from '../../electron/check/report.ts';
import { dns, failed, forged, good, silent, timeout, tls, World } from './judge/evidence-builder.ts';

const seen = (probe: AnyProbe): unknown[] => {
  const { outcome, failure, operation } = probeSchema.parse(toReportProbe(probe));
  return [outcome, failure, operation];
};
const base = { id: 'p1', service: null, target: 'x', address: '1.1.1.1', port: 3478, startMs: 0, durationMs: 1 };

describe('a record in the report', () => {
  it.each([
    ['a name that resolved', dns('x', { kind: 'answered', addresses: ['1.2.3.4'] }), ['ok', null, null]],
    ['a name that does not exist', dns('x', { kind: 'nxdomain' }), ['failed', 'dns_nxdomain_error', 'resolve']],
    ['an empty answer', dns('x', { kind: 'empty' }), ['failed', 'dns_no_answer', 'resolve']],
    ['a mute resolver', dns('x', { kind: 'silent', sent: 3 }), ['silent', timeout, 'resolve']],
    ['a good handshake', tls('x', '1.1.1.1', { kind: 'ok', certificate: good }), ['ok', null, null]],
    [
      'a strange certificate',
      tls('x', '1.1.1.1', { kind: 'bad-certificate', certificate: forged }),
      ['failed', 'ssl_unknown_authority', 'tls_handshake'],
    ],
    [
      'a reset',
      tls('x', '1.1.1.1', failed('tls_handshake', 'connection_reset')),
      ['failed', 'connection_reset', 'tls_handshake'],
    ],
    ['a mute server', tls('x', '1.1.1.1', failed('connect', timeout)), ['silent', timeout, 'connect']],
    ['a mute relay', { kind: 'turn', ...base, outcome: silent } as const, ['silent', timeout, 'turn_allocate']],
    [
      'a relay',
      { kind: 'turn', ...base, outcome: { kind: 'unauthorized', rttMs: 3, realm: 'r' } } as const,
      ['unauthorized', null, null],
    ],
    [
      'a shape that was not answered',
      {
        kind: 'signature',
        ...base,
        role: 'shape',
        shape: 'wa-allocate',
        method: 'allocate',
        outcome: silent,
      } as const,
      ['silent', timeout, 'turn_allocate'],
    ],
    [
      'a shape that was refused with an answer',
      {
        kind: 'signature',
        ...base,
        role: 'shape',
        shape: 'ms-binding',
        method: 'binding',
        outcome: { kind: 'answered', rttMs: 3, sent: 1, code: 420 },
      } as const,
      ['answered', null, null],
    ],
    [
      'an unreachable one',
      { kind: 'stun', ...base, style: 'modern', outcome: { kind: 'refused', failure: 'host_unreachable' } } as const,
      ['failed', 'host_unreachable', 'stun_binding'],
    ],
  ])('of %s says so in OONI’s words', (_, probe, expected) => {
    expect(seen(probe)).toEqual(expected);
  });

  it('of a flow says what went over it, and where it was cut', () => {
    const stream = { sent: 50, lost: 33, rttMs: 40.04, jitterMs: 1.26 };
    const cut = { kind: 'cut', passed: 20, unanswered: 38, fresh: true, stream } as const;
    const probe = { kind: 'flow', ...base, load: 'bindings', everyMs: 20, outcome: cut } as const;
    expect(seen(probe)).toEqual(['cut', 'generic_timeout_error', 'stun_binding']);
    expect(toReportProbe(probe).detail).toEqual({
      ...{ load: 'bindings', everyMs: 20, sent: 50, lost: 33, rttMs: 40, jitterMs: 1.3 },
      ...{ passed: 20, unanswered: 38, fresh: true },
    });
    const alive = { ...probe, load: 'rtp', outcome: { kind: 'answered', rttMs: 40, stream: null } } as const;
    expect(seen(alive)).toEqual(['answered', null, null]);
    expect(toReportProbe(alive).detail).toEqual({ load: 'rtp', everyMs: 20, rttMs: 40 });
  });

  it('of a timed page says under which name it came, how fast, or where it failed', () => {
    const outcome = { kind: 'answered', bytes: 40_000, kbitPerS: 128.04, isSteady: true } as const;
    const probe = { kind: 'goodput', ...base, service: 'zoom', serverName: 'zoom.us', outcome } as const;
    expect(seen(probe)).toEqual(['answered', null, null]);
    const detail = { serverName: 'zoom.us', bytes: 40_000, kbitPerS: 128, isSteady: true };
    expect(toReportProbe(probe).detail).toEqual(detail);
    const reset = { ...probe, outcome: failed('tls_handshake', 'connection_reset') };
    expect(seen(reset)).toEqual(['failed', 'connection_reset', 'tls_handshake']);
    expect(toReportProbe(reset).detail).toEqual({ serverName: 'zoom.us' });
  });

  it('never shows the own address that a STUN server saw', () => {
    const mapped = { address: '198.51.100.77', port: 5 };
    const probe = {
      kind: 'stun',
      ...base,
      style: 'modern',
      outcome: { kind: 'answered', rttMs: 3, sent: 1, mapped },
    } as const;
    expect(JSON.stringify(toReportProbe(probe))).not.toContain('198.51.100.77');
  });

  it('tells of a clock only when it is off by more than a minute, and then by no more than minutes', () => {
    const detail = (clockAheadMs: number): unknown => {
      const outcome = { kind: 'answered', rttMs: 3, sent: 1, clockAheadMs } as const;
      return toReportProbe({ kind: 'udp', ...base, outcome }).detail;
    };
    expect(detail(59_999)).toEqual({ rttMs: 3 });
    expect(detail(-7_245_678)).toEqual({ rttMs: 3, clockAheadMinutes: -121 });
  });

  it('of any kind keeps the contract', () => {
    const { controls, services } = new World().evidence;
    const all = [
      ...controls.stun,
      ...controls.ntp,
      ...controls.doh,
      ...services.flatMap(({ messages }) => messages.flatMap(({ attempts }) => attempts)),
    ];
    for (const probe of all) expect(seen(probe).slice(1)).toEqual([null, null]);
  });
});

describe('a rehearsed call in the report', () => {
  const stream = { sent: 50, lost: 1, passed: 50, delayMs: 20.04, jitterMs: 1.26 };
  const call = (outcome: CallProbe['outcome']): CallProbe => ({
    ...{ ...base, kind: 'turn-call', target: 'relay.example', address: '198.51.100.4', transport: 'udp' },
    outcome,
  });
  const called = { kind: 'called', setupMs: 200, ice: true, dtls: true, there: stream, back: stream } as const;

  it.each([
    [{ ...called, end: 'enough', sameLine: null, freshLine: null }, ['called', null, null]],
    [{ ...called, end: 'silence', sameLine: false, freshLine: true }, ['cut', timeout, 'read']],
    [{ kind: 'rejected', code: 486 }, ['rejected', null, 'turn_allocate']],
    [{ kind: 'silent', sent: 10, waitedMs: 3000, began: false }, ['silent', timeout, 'turn_allocate']],
  ] as const)('%#: says how it went, and never which relay it was', (outcome, words) => {
    const probe = call(outcome);
    expect(seen(probe)).toEqual(words);
    expect(JSON.stringify(toReportProbe(probe))).not.toMatch(/relay\.example|198\.51/);
  });

  it('shows its figures', () => {
    expect(toReportProbe(call({ ...called, end: 'enough', sameLine: null, freshLine: null })).detail).toEqual({
      ...{ transport: 'udp', setupMs: 200, ice: true, dtls: true },
      ...{ there: { ...stream, delayMs: 20, jitterMs: 1.3 }, back: { ...stream, delayMs: 20, jitterMs: 1.3 } },
    });
  });
});
