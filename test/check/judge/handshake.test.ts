import { describe, expect, it } from 'vitest';
import { failed, forged, good, handshake, isKind, of, timeout, works, World } from './evidence-builder.ts';

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
