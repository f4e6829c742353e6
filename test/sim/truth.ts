import type { Judgement, Report } from '../../electron/check/report.ts';
import type { Block } from './blocks.ts';
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
  blocked: { runs: number; missed: number; wrongMechanism: number };
}

export interface TruthOptions {
  openRuns: number;
  blockedRuns: number;
  blocks: readonly Block[];
  /** Told of every mistake, with what it takes to see it again. */
  onMistake: (where: string, seed: number, mistakes: Mistakes) => void;
}

/** Checks that many open networks, and as many of each block. Seeds count from 1. */
export async function measureTruth({ openRuns, blockedRuns, blocks, onMistake }: TruthOptions): Promise<Truth> {
  const truth: Truth = { open: { runs: 0, falseAlarms: 0 }, blocked: { runs: 0, missed: 0, wrongMechanism: 0 } };
  for (let seed = 1; seed <= openRuns; seed += 1) {
    const alarms = falseAlarms(await checkIn(openNetwork(seed), seed));
    truth.open.runs += 1;
    if (alarms.length === 0) continue;
    truth.open.falseAlarms += 1;
    onMistake('open', seed, alarms);
  }
  for (const block of blocks) {
    for (let seed = 1; seed <= blockedRuns; seed += 1) {
      const { missed, wrong } = misjudged(block, await checkIn(censoredNetwork(block.censor, seed), seed));
      truth.blocked.runs += 1;
      if (missed.length > 0) truth.blocked.missed += 1;
      else if (wrong.length > 0) truth.blocked.wrongMechanism += 1;
      if (missed.length + wrong.length > 0) onMistake(block.id, seed, [...missed, ...wrong]);
    }
  }
  return truth;
}
