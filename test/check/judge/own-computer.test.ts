import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../electron/check/report.ts';
import type { TlsProbe } from '../../../electron/check/probe.ts';
import { failed, forged, good, isKind, of, silent, timeout, World } from './evidence-builder.ts';

const media = isKind('stun', 'turn');
const refused = { kind: 'refused', failure: 'permission_denied' } as const;
const notSent = failed('connect', 'permission_denied');
const ruleOf = (findings: readonly Finding[]): string[] => findings.map(({ rule }) => rule);

/** The computer's own firewall keeps UDP from leaving. */
function ownFirewall(world = new World()): World {
  const { controls } = world.evidence;
  controls.stun = controls.stun.map((probe) => ({ ...probe, outcome: refused }));
  controls.ntp = controls.ntp.map((probe) => ({ ...probe, outcome: refused }));
  return world.fail(world.targets(media), refused);
}

describe('a firewall on this computer that keeps UDP from leaving', () => {
  it('is named as such, for certain, and is no block of the network (S33)', () => {
    const { state, findings, row, services } = ownFirewall().judge();
    expect(state).toBe('online');
    expect(findings).toMatchObject([{ mechanism: 'local', rule: 'L1', strength: 'certain' }]);
    expect(row('telegram').messages.verdict).toBe('ok');
    expect(row('telegram').calls).toMatchObject({ verdict: 'inconclusive', mechanisms: ['local'], rule: 'L1' });
    expect(services.flatMap(({ calls }) => calls.mechanisms).filter((mechanism) => mechanism !== 'local')).toEqual([]);
  });

  it('is told from a network in which UDP vanishes', () => {
    const world = new World();
    const { controls } = world.evidence;
    controls.stun = controls.stun.map((probe) => ({ ...probe, outcome: silent }));
    controls.ntp = controls.ntp.map((probe) => ({ ...probe, outcome: silent }));
    world.fail(world.targets(media), silent);
    expect(ruleOf(world.judge().findings)).toEqual(['U0']);
  });

  it('on one port only blocks no port of the network', () => {
    const world = new World();
    const { controls } = world.evidence;
    controls.stun = controls.stun.map((probe) => (probe.port === 3478 ? { ...probe, outcome: refused } : probe));
    const at3478 = world.targets((target) => media(target) && target.ports.includes(3478));
    world.fail(at3478, refused);
    const { findings } = world.judge();
    expect(ruleOf(findings)).toEqual(['L1']);
  });

  it('hides no filter that the network has beside it', () => {
    const world = new World();
    const [first] = world.targets(of('signal'));
    if (first) world.fail([first], notSent);
    world.fail(
      world.targets(of('telegram')).filter(({ target }) => !media(target)),
      failed('connect', timeout),
    );
    const { row } = world.judge();
    expect(row('telegram').messages).toMatchObject({ verdict: 'blocked', rule: 'T1' });
    expect(row('signal').messages.verdict).not.toBe('blocked');
  });

  it('needs more than a single refusal', () => {
    const world = new World();
    const { controls } = world.evidence;
    controls.ntp = controls.ntp.map((probe, index) => (index === 0 ? { ...probe, outcome: refused } : probe));
    expect(world.judge().findings).toEqual([]);
  });

  it('that lets nothing at all out is named, though this computer is offline then', () => {
    const world = ownFirewall();
    const { controls } = world.evidence;
    controls.tls = controls.tls.map((probe) => ({ ...probe, outcome: notSent }));
    controls.portal = [];
    controls.doh = controls.doh.map((probe) => ({ ...probe, outcome: notSent }));
    controls.publicDns = [];
    world.fail(
      world.targets(() => true),
      notSent,
    );
    const { state, findings, services } = world.judge();
    expect([state, ruleOf(findings)]).toEqual(['offline', ['L1']]);
    expect(services.every(({ messages }) => messages.verdict === 'inconclusive')).toBe(true);
  });
});

const days = (count: number): number => count * 86_400_000;

/** Every certificate is out of date for this computer, and time servers see its clock that far ahead. */
function withClock(outOfDate: 'expired' | 'not-yet', aheadMs: readonly number[]): World {
  const world = new World();
  const { controls } = world.evidence;
  const stale = {
    kind: 'bad-certificate',
    certificate: { ...good, failure: 'ssl_invalid_certificate', outOfDate },
  } as const;
  controls.tls = controls.tls.map((probe): TlsProbe => ({ ...probe, outcome: stale }));
  controls.doh = controls.doh.map((probe) => ({
    ...probe,
    outcome: failed('tls_handshake', 'ssl_invalid_certificate'),
  }));
  controls.ntp = controls.ntp.slice(0, aheadMs.length).map((probe, index) => ({
    ...probe,
    outcome: { kind: 'answered', rttMs: 40, sent: 1, clockAheadMs: aheadMs[index] ?? 0 },
  }));
  return world.fail(world.targets(isKind('tls')), stale);
}

describe('a clock that is wrong', () => {
  it.each([
    ['expired', days(400), 'by about 400 days ahead'],
    ['not-yet', -days(6000), 'by about 6000 days behind'],
    ['expired', 30 * 3_600_000, 'by about 30 hours ahead'],
  ] as const)('is named where certificates are %s, and no service is blamed', (direction, aheadMs, words) => {
    const { findings, row, services } = withClock(direction, [aheadMs, aheadMs + 300]).judge();
    expect(findings).toMatchObject([{ mechanism: 'local', rule: 'L2', strength: 'certain' }]);
    expect(findings[0]?.summary).toContain(words);
    expect(row('zoom').messages).toMatchObject({ verdict: 'inconclusive', mechanisms: ['local'], rule: 'L2' });
    expect(services.flatMap(({ messages, calls }) => [messages.verdict, calls.verdict])).not.toContain('blocked');
  });

  it('is less sure where no two time servers could be asked', () => {
    expect(withClock('expired', []).judge().findings).toMatchObject([{ rule: 'L2', strength: 'medium' }]);
  });

  it('is not the reason where time servers find it right, or wrong the other way', () => {
    expect(withClock('expired', [200, 300]).judge().findings).toEqual([]);
    expect(withClock('not-yet', [days(400), days(400)]).judge().findings).toEqual([]);
  });

  it('is not the reason where a neutral site shows a valid certificate', () => {
    const world = withClock('expired', [days(400), days(400)]);
    const [first] = world.evidence.controls.tls;
    if (first) first.outcome = { kind: 'ok', certificate: good };
    expect(ruleOf(world.judge().findings)).not.toContain('L2');
  });

  it('does not excuse a certificate of a stranger', () => {
    const world = withClock('expired', [days(400), days(400)]);
    world.fail(world.targets(of('zoom')), { kind: 'bad-certificate', certificate: forged });
    expect(world.judge().row('zoom').messages.rule).not.toBe('L2');
  });
});
