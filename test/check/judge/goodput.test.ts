import { describe, expect, it } from 'vitest';
import type { GoodputProbe } from '../../../electron/check/probe.ts';
import { failed, World } from './evidence-builder.ts';

let count = 0;
const page = (service: string | null, kbitPerS: number): GoodputProbe => ({
  ...{ kind: 'goodput', id: `g${(count += 1)}`, service, target: 'www.wikipedia.org', address: '208.80.154.224' },
  ...{ port: 443, startMs: 0, durationMs: 1, serverName: service ?? 'www.wikipedia.org' },
  outcome: { kind: 'answered', bytes: 50_000, kbitPerS, isSteady: true },
});

function judged(...pages: GoodputProbe[]) {
  const world = new World();
  world.evidence.goodput = pages;
  return world.judge();
}

describe('G1, a service that is slowed down by its name', () => {
  it('has degraded messages when pages come slowly under its name alone, every time', () => {
    const pages = [3000, 2500, 2900].flatMap((kbitPerS) => [page(null, kbitPerS), page('zoom', 128)]);
    const { findings, row } = judged(...pages);
    expect(row('zoom').messages).toMatchObject({
      ...{ verdict: 'degraded', mechanisms: ['throttle'], rule: 'G1', strength: 'medium' },
      probes: pages.map(({ id }) => id),
    });
    expect(row('telegram').messages.verdict).toBe('ok');
    expect(row('zoom').calls.mechanisms).toEqual([]);
    expect(findings).toEqual([]);
  });

  it.each([
    ['it was seen twice only', [page(null, 3000), page('zoom', 130), page(null, 3000), page('zoom', 130)]],
    ['neutral pages came no faster', [140, 150, 130].flatMap((speed) => [page(null, speed), page('zoom', 128)])],
    ['one of its pages came fast', [130, 130, 2000].flatMap((speed) => [page(null, 3000), page('zoom', speed)])],
  ])('is not said when %s', (_, pages) => {
    expect(judged(...pages).row('zoom').messages.verdict).toBe('ok');
  });

  it('is not said where the line loses much', () => {
    const world = new World();
    world.evidence.goodput = [3000, 2500, 2900].flatMap((kbitPerS) => [page(null, kbitPerS), page('zoom', 128)]);
    world.evidence.loss = 0.15;
    expect(world.judge().row('zoom').messages.verdict).toBe('ok');
  });

  it('says nothing of a service that is blocked', () => {
    const world = new World();
    world.evidence.goodput = [3000, 2500, 2900].flatMap((kbitPerS) => [page(null, kbitPerS), page('zoom', 128)]);
    const zoom = world.targets((_, { id }) => id === 'zoom');
    world.fail(zoom, failed('connect', 'connection_refused'));
    expect(world.judge().row('zoom').messages.rule).not.toBe('G1');
  });
});
