import { describe, expect, it } from 'vitest';
import { judgeGoodput } from '../../../electron/check/judge/goodput.ts';
import type { GoodputProbe } from '../../../electron/check/probe.ts';
import { verdicts, type Judgement } from '../../../electron/check/report.ts';
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

describe('judgeGoodput', () => {
  const works: Judgement = { verdict: 'ok', mechanisms: [], rule: 'M0', strength: 'strong', probes: [] };
  const neutral = (count: number) => Array.from({ length: count }, () => page(null, 3000));
  const slow = (count: number) => Array.from({ length: count }, () => page('zoom', 128));
  const broken = (service: string | null): GoodputProbe => ({
    ...page(service, 0),
    outcome: failed('http_round_trip', 'connection_reset'),
  });
  const rule = (goodput: GoodputProbe[], loss = 0, messages = works): string | undefined =>
    judgeGoodput('zoom', messages, { ...new World().evidence, goodput, loss })?.rule;
  const telling = [...neutral(3), ...slow(3)];

  it('speaks of three slow runs of three where messages work', () => {
    expect(rule(telling)).toBe('G1');
  });

  it.each(verdicts.filter((verdict) => verdict !== 'ok'))('never speaks of messages that are %s', (verdict) => {
    expect(rule(telling, 0, { ...works, verdict })).toBeUndefined();
  });

  it.each([
    [0.12, 'G1'],
    [0.121, undefined],
    [0.5, undefined],
    [1, undefined],
  ])('speaks where an eighth is lost, and never where it is more: %d', (loss, expected) => {
    expect(rule(telling, loss)).toBe(expected);
  });

  it.each([
    ['no page was asked for', []],
    ['two of its own came', [...neutral(3), ...slow(2)]],
    ['two neutral ones came', [...neutral(2), ...slow(3)]],
    ['one of its own failed', [...neutral(3), ...slow(2), broken('zoom')]],
    ['one neutral one failed', [...neutral(2), broken(null), ...slow(3)]],
    ['none of the neutral ones came', [broken(null), broken(null), broken(null), ...slow(3)]],
    ['they are another service’s', [...neutral(3), ...slow(3).map((probe) => ({ ...probe, service: 'signal' }))]],
  ])('never speaks when %s', (_, goodput) => {
    expect(rule(goodput)).toBeUndefined();
  });
});
