import { describe, expect, it } from 'vitest';
import type { DnsOutcome } from '../../../electron/check/probe.ts';
import type { ServiceReport } from '../../../electron/check/report.ts';
import {
  catalogue,
  dns,
  failed,
  forged,
  good,
  isKind,
  of,
  page,
  silent,
  timeout,
  tls,
  World,
} from './evidence-builder.ts';

const media = isKind('stun', 'turn');
const handshake = (failure: string) => failed('tls_handshake', failure);
const works = { kind: 'ok', certificate: good } as const;
const testable = ['telegram', 'signal', 'google_meet', 'messenger', 'viber', 'teams'];

const deadResolver = (host: string) => dns(host, { kind: 'silent', sent: 3 }, 'system', '10.20.0.9');

function words({ messages, calls }: ServiceReport): string {
  return `${messages.verdict}/${calls.verdict}`;
}

describe('an open network (S01)', () => {
  const { state, findings, services, row } = new World().judge();

  it('is online without findings', () => {
    expect([state, findings]).toEqual(['online', []]);
  });

  it('lets every message through', () => {
    const standing = services.filter(({ retired }) => retired === undefined);
    expect(standing.map(({ id, messages }) => [id, messages.verdict, messages.rule])).toEqual(
      catalogue.services.filter(({ status }) => status === 'active').map(({ id }) => [id, 'ok', 'OK']),
    );
  });

  it.each(testable)('lets calls of %s through', (id) => {
    expect(row(id).calls).toMatchObject({ verdict: 'ok', mechanisms: [] });
  });

  it.each(['whatsapp', 'zoom', 'facetime', 'discord', 'line', 'botim'])(
    'cannot say anything about calls of %s without an account',
    (id) => {
      expect(row(id).calls).toMatchObject({ verdict: 'not-testable', rule: 'NT' });
    },
  );
});

describe('a resolver that denies a name (S02, S03)', () => {
  it.each([
    ['nxdomain', 'dns-nxdomain', 'strong'],
    ['empty', 'dns-empty', 'strong'],
    ['refused', 'dns-refused', 'strong'],
    ['servfail', 'dns-servfail', 'strong'],
  ] as const)('by %s is %s, %s', (kind, mechanism, strength) => {
    const world = new World();
    const { row } = world.lie(world.targets(of('signal')), { kind }).judge();
    expect(row('signal').messages).toMatchObject({ verdict: 'blocked', mechanisms: [mechanism], rule: 'D1', strength });
    expect(row('signal').calls.verdict).toBe('blocked');
    expect(words(row('telegram'))).toBe('ok/ok');
  });

  it('by silence is dns-timeout, medium (S04)', () => {
    const world = new World();
    const { row } = world.lie(world.targets(of('zoom')), { kind: 'silent', sent: 3 }).judge();
    expect(row('zoom').messages).toMatchObject({ verdict: 'blocked', mechanisms: ['dns-timeout'], strength: 'medium' });
  });

  it('by silence is no evidence where the line loses as much by itself', () => {
    const world = new World();
    world.lie(world.targets(of('zoom')), { kind: 'silent', sent: 3 });
    world.evidence.loss = 0.05;
    expect(world.judge().row('zoom').messages.verdict).toBe('blocked');
    world.evidence.loss = 0.28;
    expect(world.judge().row('zoom').messages).toMatchObject({ verdict: 'ok', rule: 'OK' });
  });

  it('by silence is no evidence when the silent resolver answers nobody', () => {
    const world = new World();
    const targets = world.targets(of('zoom'));
    world.lie(targets, { kind: 'silent', sent: 3 });
    for (const { name } of targets) for (const probe of name?.system ?? []) probe.address = '10.20.0.9';
    expect(world.judge().row('zoom').messages.verdict).toBe('ok');
  });

  it('is seen beside a resolver that is dead', () => {
    const world = new World();
    const targets = world.targets(of('zoom'));
    world.lie(targets, { kind: 'nxdomain' });
    for (const { name } of targets) name?.system.push(deadResolver(name.host));
    expect(world.judge().row('zoom').messages).toMatchObject({ verdict: 'blocked', mechanisms: ['dns-nxdomain'] });
  });

  it('is no evidence when neutral names fail there too', () => {
    const world = new World();
    world.evidence.controls.systemDns = [];
    expect(
      words(
        world
          .lie(world.targets(of('signal')), { kind: 'nxdomain' })
          .judge()
          .row('signal'),
      ),
    ).not.toContain('blocked');
  });

  it('is no evidence when the repeat got an answer', () => {
    const world = new World();
    const targets = world.targets(of('signal'));
    world.lie(targets, { kind: 'servfail' });
    for (const { name } of targets) {
      const [second] = name?.system.splice(1) ?? [];
      if (second) name?.system.push({ ...second, outcome: { kind: 'answered', addresses: ['23.250.1.1'] } });
    }
    expect(world.judge().row('signal').messages.verdict).toBe('ok');
  });

  it('is stale, not blocked, when trusted DNS denies the name as well (S32)', () => {
    const world = new World();
    const targets = world.targets(of('zoom'));
    world.lie(targets, { kind: 'nxdomain' });
    for (const evidence of targets) {
      evidence.trusted = [];
      for (const probe of evidence.name?.doh ?? []) probe.outcome = { kind: 'nxdomain' };
    }
    expect(world.judge().row('zoom').messages).toMatchObject({ verdict: 'stale', rule: 'D8' });
  });
});

describe('a forged answer', () => {
  const bogon: DnsOutcome = { kind: 'answered', addresses: ['10.10.34.35'] };

  it('that no public name can have is certain; from every resolver it was injected on the way (S05)', () => {
    const world = new World();
    const { row } = world.lie(world.targets(of('signal')), bogon, bogon).judge();
    expect(row('signal').messages).toMatchObject({
      verdict: 'blocked',
      mechanisms: ['dns-bogon', 'dns-injection'],
      rule: 'D2',
      strength: 'certain',
    });
  });

  it('is seen beside a resolver that is dead', () => {
    const world = new World();
    const targets = world.targets(of('signal'));
    world.lie(targets, bogon);
    for (const { name } of targets) name?.system.push(deadResolver(name.host));
    expect(world.judge().row('signal').messages).toMatchObject({ verdict: 'blocked', mechanisms: ['dns-bogon'] });
  });

  it('from the provider alone is not called injection', () => {
    const world = new World();
    expect(
      world
        .lie(world.targets(of('signal')), bogon)
        .judge()
        .row('signal').messages.mechanisms,
    ).toEqual(['dns-bogon']);
  });

  it('that the repeat does not confirm is no evidence', () => {
    const world = new World();
    const targets = world.targets(of('signal'));
    world.lie(targets, bogon);
    for (const { name } of targets) {
      const honest = name?.doh[0]?.outcome;
      const [, repeat] = name?.system ?? [];
      if (repeat && honest) repeat.outcome = honest;
    }
    expect(world.judge().row('signal').messages.verdict).toBe('ok');
  });

  it('that the true one follows is injection (S06)', () => {
    const world = new World();
    const targets = world.targets(of('signal'));
    world.lie(targets, { kind: 'answered', addresses: ['23.9.9.9'] });
    for (const evidence of targets) {
      for (const probe of evidence.name?.system ?? []) probe.second = { kind: 'answered', addresses: ['23.250.2.2'] };
    }
    expect(world.judge().row('signal').messages).toMatchObject({
      mechanisms: ['dns-injection'],
      rule: 'D5',
      strength: 'certain',
    });
  });

  it('contradicted everywhere, without a trusted way, proves nothing about the connections behind it', () => {
    const world = new World();
    const targets = world.targets(of('signal'));
    const lie: DnsOutcome = { kind: 'answered', addresses: ['23.9.9.9'] };
    world.lie(targets, lie, lie).fail(targets, failed('connect', timeout));
    for (const { name } of targets) {
      const truth = name?.doh[0]?.outcome ?? null;
      for (const probe of name?.public ?? []) probe.second = truth;
      for (const probe of name?.doh ?? []) probe.outcome = failed('resolve', 'eof_error');
    }
    for (const evidence of targets) evidence.trusted = [];
    const { messages } = world.judge().row('signal');
    expect(messages).toMatchObject({ verdict: 'inconclusive', rule: 'D5' });
    expect(messages.mechanisms).not.toContain('tcp-drop');
  });

  it('to a host with another certificate is a redirect', () => {
    const world = new World();
    const targets = world.targets(of('zoom'));
    world.lie(targets, { kind: 'answered', addresses: ['23.9.9.9'] });
    for (const evidence of targets) {
      const bad = { kind: 'bad-certificate', certificate: { ...good, failure: 'ssl_invalid_hostname' } } as const;
      evidence.attempts = [1, 2].map(() => tls(evidence.target.host ?? '', '23.9.9.9', bad));
    }
    expect(world.judge().row('zoom').messages).toMatchObject({
      mechanisms: ['dns-redirect'],
      rule: 'D3',
      strength: 'certain',
    });
  });

  it('is none where the service itself answers at the odd address (D4, S31)', () => {
    const world = new World();
    const targets = world.targets(of('zoom'));
    world.lie(targets, { kind: 'answered', addresses: ['23.9.9.9'] });
    for (const evidence of targets) evidence.attempts = [tls(evidence.target.host ?? '', '23.9.9.9', works)];
    expect(world.judge().row('zoom').messages.verdict).toBe('ok');
  });
});

describe('a connection that does not come about', () => {
  const centres = (target: { id: string }): boolean => target.id.startsWith('dc');

  it.each([
    [timeout, 'tcp-drop', 'T1'],
    ['connection_refused', 'tcp-reset', 'T2'],
    ['host_unreachable', 'icmp', 'T3'],
  ])('by %s is %s by rule %s (S09 to S11)', (failure, mechanism, rule) => {
    const world = new World();
    const { row } = world.fail(world.targets(centres), failed('connect', failure)).judge();
    expect(row('telegram').messages).toMatchObject({ verdict: 'blocked', mechanisms: [mechanism], rule });
  });

  it('to a few of many is degraded', () => {
    const world = new World();
    const { row } = world.fail(world.targets(of('telegram', 'dc1', 'dc2')), failed('connect', timeout)).judge();
    expect(row('telegram').messages.verdict).toBe('degraded');
  });

  it('proves nothing when no neutral site works after it', () => {
    const world = new World();
    world.fail(world.targets(of('telegram')), failed('connect', timeout));
    world.evidence.controls.tls = world.evidence.controls.tls.filter(({ startMs }) => startMs === 0);
    expect(world.judge().row('telegram').messages).toMatchObject({ verdict: 'inconclusive', rule: 'N3' });
  });

  it('proves nothing when it was tried only once', () => {
    const world = new World();
    world.fail(world.targets(of('signal')), failed('connect', timeout), 1);
    expect(world.judge().row('signal').messages.verdict).toBe('inconclusive');
  });

  it('says nothing where the line loses as many packets by itself', () => {
    const world = new World();
    const targets = world.targets(of('signal'));
    world.fail(targets, failed('connect', timeout));
    for (const { attempts } of targets) for (const probe of attempts) probe.durationMs = 3500;
    world.evidence.loss = 0.05;
    expect(world.judge().row('signal').messages).toMatchObject({ verdict: 'blocked', mechanisms: ['tcp-drop'] });
    world.evidence.loss = 0.28;
    expect(world.judge().row('signal').messages).toMatchObject({ verdict: 'inconclusive', rule: 'N5' });
  });

  it('to a sample address that may be out of date says nothing', () => {
    const world = new World();
    const { row } = world.fail(world.targets(of('viber', 'chat')), failed('connect', timeout)).judge();
    expect(row('viber').messages.verdict).toBe('ok');
  });
});

describe('a handshake that is cut off', () => {
  const names = (id: string) => (target: { kind: string }, service: { id: string }) =>
    service.id === id && target.kind === 'tls';

  it.each([
    ['connection_reset', 'sni-reset', 'S1', 'certain'],
    ['eof_error', 'sni-reset', 'S1', 'certain'],
    [timeout, 'sni-drop', 'S2', 'strong'],
  ])(
    'by %s for this name everywhere, and for no other here, is %s (S12 to S14)',
    (failure, mechanism, rule, strength) => {
      const world = new World();
      const targets = world.targets(names('signal'));
      const { row } = world.fail(targets, handshake(failure)).pair(targets, works, handshake(failure)).judge();
      expect(row('signal').messages).toMatchObject({ verdict: 'blocked', mechanisms: [mechanism], rule, strength });
    },
  );

  it('is seen though one of its resets, or one connection, was lost on the way', () => {
    const world = new World();
    const targets = world.targets(names('zoom'));
    world.fail(targets, handshake('connection_reset'), 4).pair(targets, works, handshake('connection_reset'));
    for (const { attempts } of targets) {
      const [first, second] = attempts;
      if (first) first.outcome = handshake(timeout);
      if (second) second.outcome = failed('connect', timeout);
    }
    expect(world.judge().row('zoom').messages).toMatchObject({ verdict: 'blocked', mechanisms: ['sni-reset'] });
  });

  it('for any name at this address is an address filter (S3)', () => {
    const world = new World();
    const targets = world.targets(names('zoom'));
    const { row } = world
      .fail(targets, handshake('connection_reset'))
      .pair(targets, handshake('connection_reset'), works)
      .judge();
    expect(row('zoom').messages).toMatchObject({ verdict: 'blocked', mechanisms: ['tcp-reset'], rule: 'S3' });
  });

  it('after some bytes is a slow line, not silence', () => {
    const world = new World();
    const targets = world.targets(names('zoom'));
    const slow = failed('tls_handshake', timeout, 700);
    expect(world.fail(targets, slow).pair(targets, works, works).judge().row('zoom').messages.verdict).toBe(
      'inconclusive',
    );
  });

  it('without its pairs proves nothing', () => {
    const world = new World();
    expect(
      world
        .fail(world.targets(names('zoom')), handshake(timeout))
        .judge()
        .row('zoom').messages.verdict,
    ).toBe('inconclusive');
  });

  it('only for the front of group calls leaves messages alone (S24)', () => {
    const world = new World();
    const targets = world.targets(of('signal', 'group-calls'));
    const { row } = world
      .fail(targets, handshake('connection_reset'), 3)
      .pair(targets, works, handshake('connection_reset'))
      .judge();
    expect(row('signal').messages.verdict).toBe('ok');
    expect(row('signal').calls).toMatchObject({ verdict: 'degraded', mechanisms: ['sni-reset'], rule: 'S1' });
  });
});

describe('a certificate that is not the service’s', () => {
  const bad = { kind: 'bad-certificate', certificate: forged } as const;

  it('and is shown for its name elsewhere too is interception (S15)', () => {
    const world = new World();
    const targets = world.targets((target, { id }) => target.kind === 'tls' && id === 'signal');
    const { row } = world.fail(targets, bad).pair(targets, works, bad).judge();
    expect(row('signal').messages).toMatchObject({
      verdict: 'blocked',
      mechanisms: ['tls-mitm'],
      rule: 'S4',
      strength: 'certain',
    });
  });

  it('of a service with its own authority may be a new authority: not called blocked (S32)', () => {
    const world = new World();
    const targets = world.targets((target, { id }) => target.kind === 'tls' && id === 'signal');
    const { row } = world.fail(targets, bad).pair(targets, works, works).judge();
    expect(row('signal').messages.verdict).toBe('inconclusive');
  });

  it('that has only expired is the service’s own affair', () => {
    const world = new World();
    const targets = world.targets(of('zoom'));
    const expired = { kind: 'bad-certificate', certificate: { ...good, failure: 'ssl_invalid_certificate' } } as const;
    expect(world.fail(targets, expired).pair(targets, works, works).judge().row('zoom').messages.verdict).toBe(
      'inconclusive',
    );
  });

  it('on neutral sites too is this computer’s own doing (S33)', () => {
    const world = new World();
    world.fail(world.targets(isKind('tls')), bad);
    world.evidence.controls.tls = world.evidence.controls.tls.map((probe) => ({ ...probe, outcome: bad }));
    const { findings, services } = world.judge();
    expect(findings.map(({ mechanism }) => mechanism)).toContain('local');
    expect(services.filter(({ messages }) => messages.verdict === 'blocked')).toEqual([]);
  });
});

describe('a page in place of an answer (S16)', () => {
  const centres = (target: { kind: string }): boolean => target.kind === 'http';

  it('that sends to a bare address is a block page', () => {
    const world = new World();
    const redirect = page({ status: 302, redirectHost: '10.20.0.1' });
    const { row } = world.fail(world.targets(centres), redirect, 1).judge();
    expect(row('telegram').messages).toMatchObject({ verdict: 'degraded', mechanisms: ['http-blockpage'], rule: 'H1' });
  });

  it('that sends to a site of some service is none', () => {
    const world = new World();
    const redirect = page({ status: 301, redirectHost: 'telegram.org' });
    expect(world.fail(world.targets(centres), redirect, 1).judge().row('telegram').messages.verdict).toBe('ok');
  });

  it('with another status is none (S32)', () => {
    const world = new World();
    expect(
      world
        .fail(world.targets(centres), page({ status: 403 }), 1)
        .judge()
        .row('telegram').messages.verdict,
    ).toBe('ok');
  });
});

describe('the same page at services of several owners', () => {
  const answer = (status: number, title: string | null) => {
    const world = new World();
    const same = { ...page({ status, bodyHash: 'same', bodyBytes: 146 }), title };
    return world.fail(world.targets(isKind('http')), same, 1).judge().services;
  };
  const named = (services: ServiceReport[]) => [...new Set(services.flatMap(({ messages }) => messages.mechanisms))];

  it.each([
    [200, 'Access is not allowed'],
    [200, null],
    [403, 'Access is not allowed'],
  ])('with status %i and title %s is a block page', (status, title) => {
    expect(named(answer(status, title))).toEqual(['http-blockpage']);
  });

  it.each([
    [403, '403 Forbidden'],
    [404, 'Not Found'],
    [400, null],
  ])('is none when it is the plain error of a common server: %i, title %s', (status, title) => {
    expect(named(answer(status, title))).toEqual([]);
  });
});

describe('the relays of one service', () => {
  it('silent while others answer are blocked by address: messages pass, calls do not (S17)', () => {
    const world = new World();
    const { row, findings } = world
      .fail(
        world.targets((target, { id }) => id === 'telegram' && media(target)),
        silent,
      )
      .judge();
    expect(findings).toEqual([]);
    expect(row('telegram').messages.verdict).toBe('ok');
    expect(row('telegram').calls).toMatchObject({
      verdict: 'blocked',
      mechanisms: ['media-ip'],
      rule: 'U3',
      strength: 'medium',
    });
  });

  it('with a way round over TCP are degraded', () => {
    const world = new World();
    const { row } = world
      .fail(
        world.targets((target, { id }) => id === 'google_meet' && media(target)),
        silent,
      )
      .judge();
    expect(row('google_meet').calls).toMatchObject({ verdict: 'degraded', mechanisms: ['media-ip'] });
  });

  it.each(['messenger', 'viber', 'teams'])('of %s are not known well enough: silence is not testable', (id) => {
    const world = new World();
    const { row } = world
      .fail(
        world.targets((target, service) => service.id === id && media(target)),
        silent,
      )
      .judge();
    expect(row(id).calls.verdict).toBe('not-testable');
  });

  it('whose ports are closed may have been given up: no verdict', () => {
    const world = new World();
    const relays = world.targets((target, { id }) => id === 'telegram' && media(target));
    const { row } = world.fail(relays, { kind: 'refused', failure: 'connection_refused' }).judge();
    expect(row('telegram').calls).toMatchObject({ verdict: 'inconclusive', rule: 'U3' });
  });

  it('that a router calls unreachable are filtered openly', () => {
    const world = new World();
    const relays = world.targets((target, { id }) => id === 'telegram' && media(target));
    const { row } = world.fail(relays, { kind: 'refused', failure: 'host_unreachable' }).judge();
    expect(row('telegram').calls).toMatchObject({ verdict: 'blocked', mechanisms: ['icmp'], rule: 'T3' });
  });

  it('silent at one address only say nothing', () => {
    const world = new World();
    const { row } = world.fail(world.targets(of('telegram', 'relay-9', 'turn-9')), silent).judge();
    expect(row('telegram').calls.verdict).toBe('ok');
  });
});

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

describe('time that ran out', () => {
  it('leaves what was not tried as not run, never as blocked', () => {
    const world = new World();
    for (const evidence of world.targets(of('signal'))) Object.assign(evidence, { attempts: [], complete: false });
    world.evidence.complete = false;
    expect(words(world.judge().row('signal'))).toBe('not-run/not-run');
  });
});

describe('a service that its makers shut down', () => {
  it('is stale since then on an open network', () => {
    const row = new World().judge().row('skype');
    expect(words(row)).toBe('stale/stale');
    expect(row.retired).toEqual({ on: '2025-05-05', successor: 'Microsoft Teams' });
  });

  it('is not called blocked where its site is, but the evidence says how', () => {
    const world = new World();
    const targets = world.targets(of('skype'));
    world.fail(targets, handshake('connection_reset')).pair(targets, works, handshake('connection_reset'));
    const { messages, calls } = world.judge().row('skype');
    expect([messages.verdict, messages.mechanisms]).toEqual(['stale', ['sni-reset']]);
    expect([calls.verdict, calls.rule]).toEqual(['stale', 'RS']);
  });
});

it('every verdict but those without evidence names its probes, and blocked is at least medium', () => {
  const world = new World();
  const targets = world.targets(isKind('tls'));
  world.fail(targets, handshake('connection_reset')).pair(targets, works, handshake('connection_reset'));
  for (const { messages, calls } of world.judge().services) {
    for (const { verdict, strength, probes } of [messages, calls]) {
      if (verdict === 'blocked') expect(['medium', 'strong', 'certain']).toContain(strength);
      if (verdict !== 'not-testable') expect(probes.length).toBeGreaterThan(0);
    }
  }
});
