import { describe, expect, it } from 'vitest';
import type { ServiceReport } from '../../../electron/check/report.ts';
import { isKind, page, World } from './evidence-builder.ts';

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
