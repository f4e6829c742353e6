import type { Judgement, Report } from '../../electron/check/report.ts';
import { findBlock, type Block } from './blocks.ts';
import { checkIn } from './check.ts';
import { censoredNetwork, openNetwork } from './networks.ts';

/** What a report says that is not so, one sentence each, with the seed's number in front when told. */
export type Mistakes = readonly string[];

interface Said {
  service: string;
  of: 'messages' | 'calls';
  judgement: Judgement;
}

function judgements({ services }: Report): Said[] {
  return services.flatMap(({ id, messages, calls }) => [
    { service: id, of: 'messages' as const, judgement: messages },
    { service: id, of: 'calls' as const, judgement: calls },
  ]);
}

function isFound({ verdict }: Judgement): boolean {
  return verdict === 'blocked' || verdict === 'degraded';
}

const inWords = ({ service, of, judgement: { verdict, mechanisms, rule } }: Said): string =>
  `${service} ${of}: ${verdict} (${mechanisms.join(', ')}) by rule ${rule}`;

/** Cries of wolf: any `blocked`, any `degraded` that is not the line's honest `loss`, any such finding, any wrong state. */
export function falseAlarms(report: Report): Mistakes {
  const { network, findings } = report;
  return [
    ...(network.state === 'online' ? [] : [`network: ${network.state}`]),
    ...findings
      .filter(({ mechanism }) => mechanism !== 'loss')
      .map(({ mechanism, rule }) => `finding ${mechanism} by ${rule}`),
    ...judgements(report)
      .filter(({ judgement }) => isFound(judgement))
      .filter(({ judgement }) => judgement.verdict === 'blocked' || judgement.mechanisms.some((one) => one !== 'loss'))
      .map(inWords),
  ];
}

/** What of a block was not seen, and what was seen but called something else or found where nothing is. */
export function misjudged(block: Block, report: Report): { missed: Mistakes; wrong: Mistakes } {
  const said = judgements(report);
  const known = new Set(block.expect.flatMap(({ mechanisms }) => mechanisms));
  const missed: string[] = [];
  const wrong: string[] = [];
  for (const { service, of, mechanisms } of block.expect) {
    const found = said.find((each) => each.service === service && each.of === of);
    if (!found) continue;
    if (!isFound(found.judgement)) missed.push(inWords(found));
    else if (!mechanisms.some((each) => found.judgement.mechanisms.includes(each))) wrong.push(inWords(found));
  }
  for (const each of said.filter(({ judgement }) => isFound(judgement))) {
    if (!each.judgement.mechanisms.some((one) => known.has(one))) wrong.push(inWords(each));
  }
  return { missed, wrong: [...new Set(wrong)] };
}

export interface Truth {
  open: { runs: number; falseAlarms: number };
  blocked: BlockTally;
  /** The same for each block, by its id. */
  blocks: Record<string, BlockTally>;
}

interface BlockTally {
  runs: number;
  missed: number;
  wrongMechanism: number;
}

/** Some networks of one kind, that are checked one after the other. */
export interface Job {
  /** Id of a block; null for open networks. */
  block: string | null;
  /** Both are part of it. */
  firstSeed: number;
  lastSeed: number;
}

/** What one network made the check say that is not so: it is kept only where there is anything. */
export interface Mistaken {
  job: Job;
  seed: number;
  falseAlarms: Mistakes;
  missed: Mistakes;
  wrong: Mistakes;
}

export interface TruthOptions {
  openRuns: number;
  blockedRuns: number;
  blocks: readonly Block[];
  /** Told of every mistake, with what it takes to see it again. */
  onMistake: (where: string, seed: number, mistakes: Mistakes) => void;
  /** How many jobs may run at once, and how; absent: one, here. */
  crew?: { size: number; run: (job: Job) => Promise<readonly Mistaken[]> };
}

/** So many networks that handing them on costs nothing, and so few that the last ones do not keep everyone waiting. */
const jobRuns = 10;

/** Checks that many open networks, and as many of each block. Seeds count from 1. */
export async function measureTruth({
  openRuns,
  blockedRuns,
  blocks,
  onMistake,
  crew = { size: 1, run: runJob },
}: TruthOptions): Promise<Truth> {
  const none: BlockTally = { runs: 0, missed: 0, wrongMechanism: 0 };
  const truth: Truth = { open: { runs: 0, falseAlarms: 0 }, blocked: { ...none }, blocks: {} };
  for (const { id } of blocks) truth.blocks[id] = { ...none };
  const count = (job: Job, mistaken: readonly Mistaken[]): void => {
    const runs = job.lastSeed - job.firstSeed + 1;
    const missed = mistaken.filter((each) => each.missed.length > 0).length;
    if (job.block === null) {
      truth.open.runs += runs;
      truth.open.falseAlarms += mistaken.length;
    } else {
      for (const tally of [truth.blocked, truth.blocks[job.block] ?? none]) {
        tally.runs += runs;
        tally.missed += missed;
        tally.wrongMechanism += mistaken.length - missed;
      }
    }
    for (const { seed, ...said } of mistaken)
      onMistake(job.block ?? 'open', seed, [...said.falseAlarms, ...said.missed, ...said.wrong]);
  };
  const jobs = [...jobsOf(null, openRuns), ...blocks.flatMap(({ id }) => jobsOf(id, blockedRuns))].values();
  const work = async (): Promise<void> => {
    // They share the iterator: each takes the next job that nobody has.
    for (const job of jobs) count(job, await crew.run(job));
  };
  await Promise.all(Array.from({ length: crew.size }, work));
  return truth;
}

function jobsOf(block: string | null, runs: number): Job[] {
  return Array.from({ length: Math.ceil(runs / jobRuns) }, (_, index) => ({
    block,
    firstSeed: index * jobRuns + 1,
    lastSeed: Math.min(runs, (index + 1) * jobRuns),
  }));
}

/** Gives the networks in which the check was wrong. */
export async function runJob(job: Job): Promise<Mistaken[]> {
  const mistaken: Mistaken[] = [];
  for (let seed = job.firstSeed; seed <= job.lastSeed; seed += 1) {
    const found = job.block === null ? await openMistakes(seed) : await blockedMistakes(findBlock(job.block), seed);
    if (found.falseAlarms.length + found.missed.length + found.wrong.length > 0) mistaken.push({ job, seed, ...found });
  }
  return mistaken;
}

type Found = Omit<Mistaken, 'job' | 'seed'>;

async function openMistakes(seed: number): Promise<Found> {
  return { falseAlarms: falseAlarms(await checkIn(openNetwork(seed), seed)), missed: [], wrong: [] };
}

async function blockedMistakes(block: Block, seed: number): Promise<Found> {
  return { falseAlarms: [], ...misjudged(block, await checkIn(censoredNetwork(block, seed), seed)) };
}
