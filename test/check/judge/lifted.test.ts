import { describe, expect, it } from 'vitest';
import type { FlowProbe } from '../../../electron/check/probe.ts';
import { isKind, silent, World } from './evidence-builder.ts';

/** WhatsApp's relays answer no stranger, so that its calls are judged only by what holds for the whole network. */
const service = 'whatsapp';

function stunFiltered(): World {
  const world = new World();
  world.fail(world.targets(isKind('stun', 'turn')), silent);
  for (const probe of world.evidence.controls.stun) probe.outcome = silent;
  return world;
}

describe('calls that nobody can test from outside, checked again', () => {
  const before = stunFiltered().judge();

  it('are expected to work when the filter that hindered them is gone (R1)', () => {
    expect(before.row(service).calls).toMatchObject({ verdict: 'degraded', rule: 'U2' });
    const { calls } = new World().judge(before).row(service);
    expect(calls).toMatchObject({ verdict: 'ok', rule: 'R1', strength: 'weak', mechanisms: [] });
    expect(calls.probes.length).toBeGreaterThan(0);
  });

  it('stay hindered while the filter stands', () => {
    expect(stunFiltered().judge(before).row(service).calls).toMatchObject({ verdict: 'degraded', rule: 'U2' });
  });

  it('stay untestable when nothing spoke against them before', () => {
    expect(new World().judge(new World().judge()).row(service).calls.verdict).toBe('not-testable');
  });

  it('are expected to work when flows that were cut go on, and not before any was seen', () => {
    const flows = (outcome: FlowProbe['outcome']): World => {
      const world = new World();
      world.evidence.flows = ['a', 'b', 'a', 'b'].map((target, index) => ({
        ...{
          kind: 'flow',
          id: `f${index}`,
          service: null,
          target,
          address: target,
          port: 3478,
          startMs: 0,
          durationMs: 1,
        },
        ...{ load: 'bindings', everyMs: 20, outcome },
      }));
      return world;
    };
    const cut = flows({ kind: 'cut', passed: 20, unanswered: 30, fresh: true, stream: null }).judge();
    expect(cut.row(service).calls).toMatchObject({ verdict: 'degraded', rule: 'U6' });
    expect(new World().judge(cut).row(service).calls.verdict).toBe('not-testable');
    const alive = flows({ kind: 'answered', rttMs: 40, stream: null });
    expect(alive.judge(cut).row(service).calls).toMatchObject({
      verdict: 'ok',
      rule: 'R1',
      probes: expect.arrayContaining(['f0']) as string[],
    });
  });

  it('stay untestable when port 3478 was closed and is still not seen open', () => {
    const closed = new World();
    for (const probe of closed.evidence.controls.stun) if (probe.port === 3478) probe.outcome = silent;
    closed.fail(
      closed.targets((target) => isKind('stun', 'turn')(target) && target.ports.includes(3478)),
      silent,
    );
    const earlier = closed.judge();
    expect(earlier.row(service).calls.rule).toBe('U1');

    const unseen = new World();
    unseen.evidence.controls.stun = unseen.evidence.controls.stun.filter(({ port }) => port !== 3478);
    expect(unseen.judge(earlier).row(service).calls.verdict).toBe('not-testable');
    expect(new World().judge(earlier).row(service).calls.rule).toBe('R1');
  });
});
