import { expect, it } from 'vitest';
import { onlyInside } from '../../../electron/check/judge/inside.ts';
import { judge } from '../../../electron/check/judge/judge.ts';
import type { Judgement } from '../../../electron/check/report.ts';
import { isKind, silent, World } from './evidence-builder.ts';

/** A network that filters STUN, around a tunnel for calls only in which it passes at these addresses. */
function around(inside: (address: string) => boolean): { world: World; isInside: (address: string) => boolean } {
  const world = new World();
  for (const target of world.targets(isKind('stun', 'turn')))
    for (const probe of [...target.attempts, ...target.trusted])
      if (!inside(probe.address)) Object.assign(probe, { outcome: silent });
  for (const probe of world.evidence.controls.stun) if (!inside(probe.address)) probe.outcome = silent;
  return { world, isInside: inside };
}

const callsOf = (service: string, rows: readonly { id: string; calls: Judgement }[]): Judgement | undefined =>
  rows.find(({ id }) => id === service)?.calls;

it('what the network does around a tunnel for calls only is not held against the calls inside', () => {
  const probes = new World().evidence.controls.stun;
  const [one] = probes;
  if (!one) throw new Error('no neutral server');
  const telegram = new Set(
    new World().evidence.services
      .find(({ service }) => service.id === 'telegram')
      ?.calls.flatMap(({ attempts }) => attempts.map(({ address }) => address)),
  );
  const { world, isInside } = around((address) => address === one.address || telegram.has(address));
  const { findings, services } = judge(onlyInside(world.evidence, isInside));
  expect(findings).toEqual([]);
  expect(callsOf('telegram', services)).toMatchObject({ verdict: 'ok' });
});

it('calls that are cut off inside too stay blocked', () => {
  const { world } = around(() => false);
  const { services } = judge(onlyInside(world.evidence, () => true));
  expect(callsOf('telegram', services)).toMatchObject({ verdict: 'blocked' });
});

it('without anything inside that could have answered, nothing is said of calls', () => {
  const { world } = around(() => false);
  const { findings, services } = judge(onlyInside(world.evidence, () => false));
  expect(findings).toEqual([]);
  expect(callsOf('telegram', services)?.verdict).not.toMatch(/ok|blocked|degraded/);
});
