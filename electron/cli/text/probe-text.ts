import type { ProbedServer } from '../../api/schema.ts';
import { columns } from '../output.ts';
import { rankReasonWords, standingWords } from './words.ts';

/** Probed servers for people, best first, each with why it stands where it stands. */
export function probeText(results: readonly ProbedServer[]): string {
  const rows = results.map((result) => [
    String(result.rank),
    result.name,
    `${result.endpoint} ${result.method}`,
    result.rttMs === null ? '-' : `${Math.round(result.rttMs)} ms`,
    `${Math.round(result.lossPct)} %`,
    whyText(result),
  ]);
  return columns([['', 'Server', 'Address', 'Delay', 'Loss', 'Why here'], ...rows]);
}

/** What did not answer says what it was; what did says what decided. */
export function whyText({ standing, reason }: ProbedServer): string {
  return standing === 'usable' ? rankReasonWords[reason] : standingWords[standing];
}
