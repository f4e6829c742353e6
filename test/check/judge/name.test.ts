import { describe, expect, it } from 'vitest';
import type { DnsOutcome } from '../../../electron/check/probe.ts';
import { dns, failed, good, of, timeout, tls, words, works, World } from './evidence-builder.ts';

const deadResolver = (host: string) => dns(host, { kind: 'silent', sent: 3 }, 'system', '10.20.0.9');

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
