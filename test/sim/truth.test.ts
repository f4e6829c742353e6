import { describe, expect, it } from 'vitest';
import { blocks } from './blocks.ts';
import { checkIn } from './check.ts';
import { censoredNetwork, openNetwork } from './networks.ts';
import { falseAlarms, measureTruth, misjudged, runJob, type Job } from './truth.ts';

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
      expect(truth.blocks).toEqual({ [block.id]: truth.blocked });
    },
  );
});

describe('the count of mistakes', () => {
  const [block] = blocks;
  if (!block) throw new Error('no block');

  it('takes a block for a false alarm where there should be none', async () => {
    expect(falseAlarms(await checkIn(censoredNetwork(block, 1), 1))).not.toEqual([]);
  });

  it('takes an open network for a missed block, and a block of another kind for a wrong mechanism', async () => {
    const open = await checkIn(openNetwork(1), 1);
    expect(misjudged(block, open).missed.length).toBe(block.expect.length);
    const other = { ...block, expect: block.expect.map((each) => ({ ...each, mechanisms: ['icmp' as const] })) };
    const { missed, wrong } = misjudged(other, await checkIn(censoredNetwork(block, 1), 1));
    expect([missed, wrong.length > 0]).toEqual([[], true]);
  });
});

describe('the division of labour', () => {
  it('checks every network once, whoever does it, and counts the mistakes of all', async () => {
    const seen: string[] = [];
    const told: string[] = [];
    const run = (job: Job) => {
      const where = job.block ?? 'open';
      for (let seed = job.firstSeed; seed <= job.lastSeed; seed += 1) seen.push(`${where} ${seed}`);
      const found = { falseAlarms: job.block === null ? ['wolf'] : [], missed: [], wrong: job.block ? ['other'] : [] };
      return Promise.resolve([{ job, seed: job.lastSeed, ...found }]);
    };
    const truth = await measureTruth({
      ...{ openRuns: 12, blockedRuns: 3, blocks: blocks.slice(0, 2) },
      onMistake: (where, seed, mistakes) => told.push(`${where} ${seed}: ${mistakes.join()}`),
      crew: { size: 3, run },
    });
    const [first = '', second = ''] = blocks.map(({ id }) => id);
    const networks = [first, second].flatMap((id) => [1, 2, 3].map((seed) => `${id} ${seed}`));
    expect(seen.toSorted()).toEqual(
      [...Array.from({ length: 12 }, (_, index) => `open ${index + 1}`), ...networks].toSorted(),
    );
    expect(told.toSorted()).toEqual(
      [`${first} 3: other`, `${second} 3: other`, 'open 10: wolf', 'open 12: wolf'].toSorted(),
    );
    const ofBlock = { runs: 3, missed: 0, wrongMechanism: 1 };
    expect(truth).toEqual({
      open: { runs: 12, falseAlarms: 2 },
      blocked: { runs: 6, missed: 0, wrongMechanism: 2 },
      blocks: { [first]: ofBlock, [second]: ofBlock },
    });
  });

  it('gives the same mistakes for the same job, also with others at once', async () => {
    const job: Job = { block: 'S21', firstSeed: 1, lastSeed: 2 };
    const [one, same] = await Promise.all([runJob(job), runJob(job)]);
    expect(same).toEqual(one);
  });
});
