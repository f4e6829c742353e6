import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../../electron/servers/probe/measure.ts';
import { rankServers } from '../../../electron/servers/probe/rank.ts';
import { result, silent } from './results.ts';

const ranked = (results: ProbeResult[]): string[] =>
  rankServers(results).map(({ result: { id }, reason }) => `${id}: ${reason}`);

describe('servers are ranked by what a call needs', () => {
  it('reachable before all, then loss, round-trip time, jitter, transport', () => {
    const results = [
      silent({ id: 'silent' }),
      result({ id: 'tcp', method: 'openvpn-tcp' }),
      result({ id: 'jumpy', jitterMs: 12 }),
      result({ id: 'far', medianRttMs: 90 }),
      result({ id: 'lossy', medianRttMs: 5, lossPct: 100 / 3 }),
      result({ id: 'good' }),
    ];
    expect(ranked(results)).toEqual([
      'good: best',
      'tcp: transport',
      'jumpy: jitter',
      'far: rtt',
      'lossy: loss',
      'silent: reachable',
    ]);
  });

  it('a usable server stands before a busy one, a mere path, a wrong preshared key and silence', () => {
    const results = [
      silent({ id: 'refused', outcome: { kind: 'refused' } }),
      result({ id: 'psk', outcome: { kind: 'pskMismatch', rttMs: 9 }, medianRttMs: 9 }),
      result({ id: 'path', method: 'tcp', medianRttMs: 9 }),
      result({ id: 'busy', outcome: { kind: 'busy', rttMs: 9 }, medianRttMs: 9 }),
      result({ id: 'usable', medianRttMs: 200, lossPct: 67 }),
    ];
    const standings = rankServers(results).map(({ standing }) => standing);
    expect(standings).toEqual(['usable', 'busy', 'path', 'psk-mismatch', 'unreached']);
  });

  it('does not see a difference that a call would not notice, and keeps the order given then', () => {
    const results = [result({ id: 'a', medianRttMs: 48 }), result({ id: 'b', medianRttMs: 41, jitterMs: 4 })];
    expect(ranked(results)).toEqual(['a: best', 'b: equal']);
    expect(ranked(results.toReversed())).toEqual(['b: best', 'a: equal']);
  });

  it('is of nothing nothing', () => {
    expect(rankServers([])).toEqual([]);
  });
});

it('every order of the same results gives the same ranking, up to equals', () => {
  const any = fc.record({
    medianRttMs: fc.constantFrom(5, 20, 80),
    lossPct: fc.constantFrom(0, 1, 33, 67),
    jitterMs: fc.constantFrom(0, 9, null),
    method: fc.constantFrom('wireguard', 'openvpn-tcp', 'tcp'),
  });
  const seen = (results: ProbeResult[]): unknown[] =>
    rankServers(results).map(({ standing, reason }) => ({ standing, reason }));
  fc.assert(
    fc.property(fc.array(any, { maxLength: 8 }), (records) => {
      const results = records.map((record, at) => result({ id: String(at), ...record }));
      expect(seen(results.toReversed())).toEqual(seen(results));
    }),
  );
});
