import { describe, expect, it } from 'vitest';
import { headline, tunnelMayHelp } from '../../../../renderer/screens/check/headline.ts';
import {
  blockedReport,
  cleanReport,
  judgement,
  mixedReport,
  offlineReport,
  portalReport,
  report,
  service,
} from '../../samples.ts';

const ok = judgement('ok');
const blocked = judgement('blocked', 'media-ip');
const degraded = judgement('degraded', 'stun-dpi');
const finding = blockedReport.findings;

describe('the headline of a report', () => {
  it('says that the network blocks calls when it drops what every call needs', () => {
    expect(headline(blockedReport)).toBe('calls-blocked');
  });

  it('speaks of disturbed calls when none of them is surely blocked', () => {
    expect(headline(report([service('a', 'A', ok, degraded), service('b', 'B', ok, degraded)], finding))).toBe(
      'calls-hampered',
    );
  });

  it('speaks of some calls when others work, or when only one service could be judged', () => {
    expect(headline(report([service('a', 'A', ok, blocked), service('b', 'B', ok, ok)]))).toBe('some-calls');
    expect(headline(report([service('a', 'A', ok, blocked)]))).toBe('some-calls');
  });

  it('claims nothing about the network from a finding about one service', () => {
    const aboutOne = finding.map((each) => ({ ...each, rule: 'U9', service: { id: 'a', name: 'A' } }));
    expect(headline(report([service('a', 'A', ok, blocked), service('b', 'B', ok, ok)], aboutOne))).toBe('some-calls');
  });

  it('speaks of whole services when messages are hit', () => {
    expect(headline(mixedReport)).toBe('services-blocked');
  });

  it('finds no blocking where everything that was judged works', () => {
    expect(headline(cleanReport)).toBe('all-ok');
  });

  it('claims nothing when nothing was judged', () => {
    const unclear = judgement('inconclusive');
    expect(headline(report([service('a', 'A', unclear, judgement('not-testable'))]))).toBe('nothing-judged');
    expect(headline(report([]))).toBe('nothing-judged');
  });

  it.each([
    ['C1', 'own-firewall'],
    ['C2', 'wrong-clock'],
    ['S4', 'inspected'],
  ])('names trouble of this computer found by rule %s, unless the network blocks something too', (rule, words) => {
    const local = finding.map((one) => ({ ...one, mechanism: 'local' as const, rule }));
    expect(headline(report([service('a', 'A', ok, judgement('inconclusive'))], local))).toBe(words);
    expect(headline(report([service('a', 'A', ok, blocked)], local))).toBe('some-calls');
    expect(headline(report([], local, { state: 'offline' }))).toBe(words);
  });

  it('explains the state of the network first', () => {
    expect(headline(offlineReport)).toBe('offline');
    expect(headline(portalReport)).toBe('portal');
    expect(headline(report([], [], { state: 'restricted' }))).toBe('restricted');
    const noUdp = finding.map((one) => ({ ...one, mechanism: 'udp-all' as const }));
    expect(headline(report([], noUdp, { state: 'restricted' }))).toBe('no-udp');
  });
});

describe('a tunnel', () => {
  it('is offered where something is blocked and there is a network', () => {
    expect(tunnelMayHelp(blockedReport)).toBe(true);
    expect(tunnelMayHelp(report([], [], { state: 'restricted' }))).toBe(true);
  });

  it('is not offered where it cannot help', () => {
    expect(tunnelMayHelp(cleanReport)).toBe(false);
    expect(tunnelMayHelp(offlineReport)).toBe(false);
    expect(tunnelMayHelp(portalReport)).toBe(false);
  });
});
