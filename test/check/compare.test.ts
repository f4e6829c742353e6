import { describe, expect, it } from 'vitest';
import { compareReports } from '../../electron/check/compare.ts';
import type { Judgement, Report, Verdict } from '../../electron/check/report.ts';

const judged = (verdict: Verdict): Judgement => ({
  verdict,
  mechanisms: [],
  rule: 'OK',
  strength: 'strong',
  probes: [],
});
const report = (rows: Record<string, Verdict>): Report => ({
  schema: 1,
  startedAt: '2026-11-24T12:00:00.000Z',
  durationMs: 1,
  catalogue: { version: 1, asOf: '2026-08-22' },
  network: { state: 'online', ipv4: true, ipv6: false, tunnel: 'none', resolvers: [], mapped: null },
  findings: [],
  services: Object.entries(rows).map(([id, verdict]) => ({
    id,
    name: id,
    messages: judged('ok'),
    calls: judged(verdict),
  })),
  quality: null,
  probes: [],
});
const change = (before: Verdict, after: Verdict): string | undefined =>
  compareReports(report({ a: before }), report({ a: after })).services[0]?.calls;

describe('comparing two checks', () => {
  it.each([
    ['blocked', 'ok', 'fixed'],
    ['degraded', 'ok', 'fixed'],
    ['blocked', 'degraded', 'still-blocked'],
    ['ok', 'blocked', 'newly-blocked'],
    ['ok', 'ok', 'same-ok'],
    ['blocked', 'not-testable', 'unknown'],
    ['inconclusive', 'ok', 'unknown'],
    ['blocked', 'not-run', 'unknown'],
  ] as const)('%s, then %s, is %s', (before, after, expected) => {
    expect(change(before, after)).toBe(expected);
  });

  it('looks only at services that both have', () => {
    const { services } = compareReports(report({ a: 'ok', b: 'ok' }), report({ b: 'ok', c: 'ok' }));
    expect(services.map(({ id }) => id)).toEqual(['b']);
  });
});
