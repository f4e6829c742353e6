import { describe, expect, it } from 'vitest';
import type { Judgement, Mechanism, Report, Verdict } from '../../electron/check/report.ts';
import { differences } from './compare.ts';
import { findScenario, scenarios } from './scenarios/all.ts';

const judgement = (verdict: Verdict, ...mechanisms: Mechanism[]): Judgement => ({
  verdict,
  mechanisms,
  rule: 'X',
  strength: 'strong',
  probes: ['p1'],
});
const ok = judgement('ok');

function report(
  services: Record<string, { messages?: Judgement; calls?: Judgement }>,
  changes: Partial<Report> = {},
): Report {
  return {
    schema: 1,
    startedAt: '2026-11-24T12:00:00.000Z',
    durationMs: 900,
    catalogue: { version: 1, asOf: '2026-08' },
    network: { state: 'online', ipv4: true, ipv6: true, tunnel: 'none', resolvers: [], mapped: null },
    findings: [],
    services: Object.entries(services).map(([id, { messages = ok, calls = ok }]) => ({
      id,
      name: id,
      messages,
      calls,
    })),
    quality: null,
    probes: [
      {
        id: 'p1',
        kind: 'tls',
        service: null,
        target: 't',
        address: null,
        port: null,
        outcome: 'ok',
        failure: null,
        operation: null,
        startMs: 0,
        durationMs: 1,
      },
    ],
    ...changes,
  };
}

describe('differences', () => {
  it('finds none in a report that is as expected', () => {
    expect(differences(findScenario('S01'), report({ telegram: {}, signal: {} }), 0)).toEqual([]);
    const blocked = judgement('blocked', 'media-ip');
    expect(differences(findScenario('S17'), report({ telegram: { calls: blocked } }), 10)).toEqual([]);
  });

  it('finds a false alarm, by verdict and by mechanism', () => {
    const found = differences(
      findScenario('S01'),
      report({ telegram: { calls: judgement('blocked', 'stun-dpi') } }),
      10,
    );
    expect(found).toEqual([
      'mechanism: stun-dpi is named and must not be',
      'telegram calls: blocked (stun-dpi) by rule X, expected ok',
    ]);
  });

  it('finds a block that was not seen', () => {
    expect(differences(findScenario('S17'), report({ telegram: {} }), 0)).toEqual([
      'mechanism: media-ip is not named',
      'telegram calls: ok by rule X, expected blocked',
    ]);
  });

  it('finds a right verdict for the wrong reason', () => {
    const services = {
      signal: { messages: judgement('blocked', 'tcp-drop'), calls: judgement('blocked', 'sni-reset') },
    };
    expect(differences(findScenario('S12'), report(services), 10)).toEqual([
      'mechanism: tcp-drop is named and must not be',
      'signal messages: blocked (tcp-drop) by rule X, expected by sni-reset',
    ]);
  });

  it('finds evidence that is weak, missing or not in the report', () => {
    const weak = { ...judgement('blocked', 'media-ip'), strength: 'weak' as const, probes: ['p9'] };
    expect(differences(findScenario('S17'), report({ telegram: { calls: weak } }), 10)).toEqual([
      'telegram calls: blocked on weak evidence',
      'telegram calls: rests on p9, which is not in the report',
    ]);
  });

  it('finds a wrong state, a wrong exit code, a check that is too slow and a report without services', () => {
    const slow = report({ telegram: {} }, { durationMs: 2401 });
    expect(differences(findScenario('rtt-150'), slow, 0)).toEqual(['took 2401 ms, at most 2400 ms allowed']);
    const empty = differences(findScenario('offline'), report({}), 0);
    expect(empty).toEqual([
      'network: online, expected offline',
      'services: none in the report',
      'exit code: 0, expected 20',
    ]);
  });
});

describe('scenarios', () => {
  it('have ids of their own', () => {
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
  });

  it('never allow blocked where nothing is blocked', () => {
    for (const id of ['S01', 'S30', 'S34', 'S29', 'all-dropped', 'offline']) {
      const { services = {} } = findScenario(id).expect;
      for (const { messages, calls } of Object.values(services)) {
        expect([...(messages?.verdicts ?? []), ...(calls?.verdicts ?? [])]).not.toContain('blocked');
      }
    }
  });
});

describe('the signature check in a report', () => {
  const signature = (service: string, result: 'passed' | 'filtered' | 'inconclusive') => ({
    ...{ service, name: service, result, strength: result === 'filtered' ? ('certain' as const) : null },
    ...{ reason: result === 'inconclusive' ? ('controls' as const) : null, spoiled: false, shapes: [], probes: [] },
  });
  const look = findScenario('look-open');
  const wanted = { ...look, expect: { ...look.expect, signatures: { filtered: { viber: 'certain' } } } } as const;
  const seen = (...signatures: ReturnType<typeof signature>[]) =>
    differences(wanted, report({}, { signatures }), 0).filter((line) => line.startsWith('signature'));

  it('has to be as the scenario says', () => {
    expect(seen(signature('viber', 'filtered'), signature('teams', 'passed'))).toEqual([]);
    expect(seen(signature('viber', 'passed'))).toHaveLength(1);
    expect(seen(signature('viber', 'filtered'), signature('teams', 'inconclusive'))).toHaveLength(1);
    expect(seen(signature('teams', 'passed'))).toEqual(['signature of viber: not in the report']);
    expect(seen()).toHaveLength(1);
  });

  it('is not there where nobody asked for it', () => {
    const open = differences(findScenario('S01'), report({}, { signatures: [signature('viber', 'passed')] }), 0);
    expect(open).toContain('signatures: nobody asked for them');
  });
});
