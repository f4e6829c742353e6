import { describe, expect, it } from 'vitest';
import { catalogue, handshake, isKind, of, words, works, World } from './evidence-builder.ts';

const testable = ['telegram', 'signal', 'google_meet', 'messenger', 'viber', 'teams'];

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
