import { describe, expect, it } from 'vitest';
import { media, of, silent, World } from './evidence-builder.ts';

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
