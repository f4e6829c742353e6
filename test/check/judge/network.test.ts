import { describe, expect, it } from 'vitest';
import { failed, isKind, media, page, silent, timeout, words, World } from './evidence-builder.ts';

describe('the network as a whole', () => {
  const stunControls = (world: World) => world.evidence.controls.stun;

  it('without STUN, other UDP intact, filters by signature (S18)', () => {
    const world = new World();
    world.fail(world.targets(media), silent);
    for (const probe of stunControls(world)) probe.outcome = silent;
    const { state, findings, row } = world.judge();
    expect(state).toBe('online');
    expect(findings.map(({ mechanism, rule, strength }) => [mechanism, rule, strength])).toEqual([
      ['stun-dpi', 'U2', 'strong'],
    ]);
    expect(row('telegram').calls).toMatchObject({ verdict: 'blocked', mechanisms: ['stun-dpi'], rule: 'U2' });
    expect(words(row('whatsapp'))).toBe('ok/degraded');
    expect(words(row('google_meet'))).toBe('ok/degraded');
    expect(row('zoom').calls.verdict).toBe('not-testable');
  });

  it('that lets the old form without the cookie through is certain', () => {
    const world = new World();
    const [model] = stunControls(world);
    for (const probe of stunControls(world)) probe.outcome = silent;
    if (model)
      world.evidence.controls.classic = [{ ...model, outcome: { kind: 'answered', rttMs: 9, sent: 1, mapped: null } }];
    world.fail(world.targets(media), silent);
    expect(world.judge().findings[0]).toMatchObject({ mechanism: 'stun-dpi', strength: 'certain' });
  });

  it('without STUN on 3478 only blocks a port (S19)', () => {
    const world = new World();
    for (const probe of stunControls(world)) if (probe.port === 3478) probe.outcome = silent;
    world.fail(
      world.targets((target) => media(target) && target.ports.includes(3478)),
      silent,
    );
    const { findings, row } = world.judge();
    expect(findings.map(({ mechanism, rule }) => [mechanism, rule])).toEqual([['udp-port', 'U1']]);
    expect(words(row('telegram'))).toBe('ok/ok');
    expect(row('whatsapp').calls).toMatchObject({ verdict: 'degraded', mechanisms: ['udp-port'], rule: 'U1' });
    expect(row('signal').calls).toMatchObject({ verdict: 'degraded', mechanisms: ['udp-port'] });
  });

  it('in which every relay refuses to answer Allocate, and only that, filters TURN', () => {
    const world = new World();
    world.fail(world.targets(isKind('turn')), silent);
    const { findings, row } = world.judge();
    expect(findings.map(({ mechanism, rule }) => [mechanism, rule])).toEqual([['turn-blocked', 'U4']]);
    expect(row('telegram').calls).toMatchObject({
      verdict: 'degraded',
      mechanisms: ['turn-blocked'],
      strength: 'medium',
    });
  });

  it('without any UDP is restricted (S22)', () => {
    const world = new World();
    const { controls } = world.evidence;
    for (const probe of [...controls.stun, ...controls.ntp]) probe.outcome = silent;
    for (const probe of controls.publicDns) probe.outcome = { kind: 'silent', sent: 3 };
    world.fail(world.targets(media), silent);
    const { state, findings, row } = world.judge();
    expect(state).toBe('restricted');
    expect(findings.map(({ mechanism, rule }) => [mechanism, rule])).toEqual([['udp-all', 'U0']]);
    expect(words(row('telegram'))).toBe('ok/blocked');
    expect(words(row('zoom'))).toBe('ok/degraded');
  });

  it('behind a sign-in page says nothing about services (S29)', () => {
    const world = new World();
    const { controls } = world.evidence;
    for (const { probe } of controls.portal)
      probe.outcome = page({ status: 302, redirectHost: 'portal.cafe.net', bodyAsKnown: false });
    for (const probe of controls.tls) probe.outcome = failed('connect', timeout);
    world.fail(world.targets(isKind('tls', 'tcp')), failed('connect', timeout));
    const { state, services } = world.judge();
    expect(state).toBe('portal');
    expect(new Set(services.flatMap(({ messages, calls }) => [messages.verdict, calls.verdict]))).toEqual(
      new Set(['inconclusive']),
    );
  });

  it('with one altered page, in which neutral sites show their own certificates, is no portal', () => {
    const world = new World();
    for (const { probe } of world.evidence.controls.portal)
      probe.outcome = page({ status: 302, redirectHost: 'x.net' });
    expect(world.judge().state).toBe('online');
  });

  it('in which nothing answers is offline, though the provider’s resolver may', () => {
    const world = new World();
    const { controls } = world.evidence;
    for (const probe of controls.tls) probe.outcome = failed('connect', timeout);
    for (const probe of [...controls.stun, ...controls.ntp]) probe.outcome = silent;
    for (const probe of [...controls.publicDns]) probe.outcome = { kind: 'silent', sent: 3 };
    for (const probe of controls.doh) probe.outcome = failed('resolve', timeout);
    controls.portal = [];
    world.fail(world.targets(isKind('tls', 'tcp', 'http')), failed('connect', timeout));
    world.fail(world.targets(media), silent);
    const { state, services } = world.judge();
    expect(state).toBe('offline');
    expect(services.every(({ messages }) => messages.verdict === 'inconclusive' && messages.rule === 'N0')).toBe(true);
  });

  it('that lets only a few neutral sites through is restricted, and nothing there is called blocked (S26)', () => {
    const world = new World();
    for (const probe of world.evidence.controls.tls) {
      if (probe.serverName !== 'dns.google') probe.outcome = failed('connect', timeout);
    }
    world.fail(world.targets(isKind('tls', 'tcp')), failed('connect', timeout));
    const { state, findings, services } = world.judge();
    expect([state, findings[0]?.mechanism]).toEqual(['restricted', 'allow-list']);
    expect(services.filter(({ messages }) => messages.verdict === 'blocked')).toEqual([]);
  });

  it('without encrypted DNS has that as a finding of its own (S08)', () => {
    const world = new World();
    for (const probe of world.evidence.controls.doh) probe.outcome = failed('resolve', 'connection_reset');
    const { findings, row } = world.judge();
    expect(findings.map(({ mechanism, rule }) => [mechanism, rule])).toEqual([['doh-blocked', 'D7']]);
    expect(words(row('telegram'))).toBe('ok/ok');
  });
});
