import { describe, expect, it } from 'vitest';
import { failed, of, timeout, World } from './evidence-builder.ts';

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
