import type { Judgement, Report, Verdict } from '../electron/check/report.ts';

const judged = (verdict: Verdict): Judgement => ({
  verdict,
  mechanisms: verdict === 'blocked' ? ['stun-dpi'] : [],
  rule: verdict === 'blocked' ? 'U2' : 'OK',
  strength: 'strong',
  probes: ['p1'],
});

/** A report of the given calls by service id; messages work. */
export function reportOf(calls: Record<string, Verdict>, change: Partial<Report> = {}): Report {
  return {
    schema: 1,
    startedAt: '2026-11-24T12:00:00.000Z',
    durationMs: 812,
    catalogue: { version: 3, asOf: '2026-08-22' },
    network: { state: 'online', ipv4: true, ipv6: false, tunnel: 'none', resolvers: ['10.20.0.1'], mapped: null },
    findings: [],
    services: Object.entries(calls).map(([id, verdict]) => ({
      id,
      name: id.charAt(0).toUpperCase() + id.slice(1),
      messages: judged('ok'),
      calls: judged(verdict),
    })),
    quality: null,
    probes: [],
    ...change,
  };
}
