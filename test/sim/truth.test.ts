import { describe, expect, it } from 'vitest';
import { blocks } from './blocks.ts';
import { checkIn } from './check.ts';
import { censoredNetwork, openNetwork } from './networks.ts';
import { falseAlarms, measureTruth, misjudged } from './truth.ts';

/** Runs `measureTruth` and gives the mistakes beside the counts, so that a failing test tells what was wrong. */
async function measured(openRuns: number, blockedRuns: number, of = blocks) {
  const mistakes: string[] = [];
  const onMistake = (where: string, seed: number, all: readonly string[]): void => {
    mistakes.push(`${where}, seed ${seed}: ${all.join('; ')}`);
  };
  return { truth: await measureTruth({ openRuns, blockedRuns, blocks: of, onMistake }), mistakes };
}

describe('the simulation', () => {
  it('gives the same report for the same seed, and another one for another', async () => {
    const [one, same, other] = await Promise.all([3, 3, 4].map((seed) => checkIn(openNetwork(3), seed)));
    expect({ ...same, startedAt: '' }).toEqual({ ...one, startedAt: '' });
    expect({ ...other, startedAt: '' }).not.toEqual({ ...one, startedAt: '' });
  });

  it('has a clean line behave like one: everything that can be judged is ok, in a few round trips and a second of packets', async () => {
    const line = { rttMs: 150, jitterMs: 0, loss: 0 };
    const report = await checkIn({ ...openNetwork(1), line, dead: new Set(), resolvers: 'one', ipv6: 'works' }, 1);
    expect(report.durationMs).toBeLessThan(8 * 150 + 200 + 1000);
    expect(report.services.filter(({ messages, retired }) => !retired && messages.verdict !== 'ok')).toEqual([]);
    expect(report.services.filter(({ calls }) => calls.verdict === 'ok').length).toBeGreaterThan(2);
  });
});

describe('the check', () => {
  it('cries wolf in none of 150 open networks with up to 15 % loss each way', { timeout: 120_000 }, async () => {
    const { truth, mistakes } = await measured(150, 0);
    expect(mistakes).toEqual([]);
    expect(truth.open).toEqual({ runs: 150, falseAlarms: 0 });
  });

  it.each(blocks.map((block) => [block.id, block] as const))(
    'finds %s on ten lines that lose up to a twentieth each way, and names it',
    { timeout: 60_000 },
    async (_, block) => {
      const { truth, mistakes } = await measured(0, 10, [block]);
      expect(mistakes).toEqual([]);
      expect(truth.blocked).toEqual({ runs: 10, missed: 0, wrongMechanism: 0 });
    },
  );
});

describe('the count of mistakes', () => {
  const [block] = blocks;
  if (!block) throw new Error('no block');

  it('takes a block for a false alarm where there should be none', async () => {
    expect(falseAlarms(await checkIn(censoredNetwork(block.censor, 1), 1))).not.toEqual([]);
  });

  it('takes an open network for a missed block, and a block of another kind for a wrong mechanism', async () => {
    const open = await checkIn(openNetwork(1), 1);
    expect(misjudged(block, open).missed.length).toBe(block.expect.length);
    const other = { ...block, expect: block.expect.map((each) => ({ ...each, mechanisms: ['icmp' as const] })) };
    const { missed, wrong } = misjudged(other, await checkIn(censoredNetwork(block.censor, 1), 1));
    expect([missed, wrong.length > 0]).toEqual([[], true]);
  });
});
