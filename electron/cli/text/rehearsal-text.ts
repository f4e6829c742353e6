import type { Rehearsal, RehearsalOutcome, RehearsedWay } from '../../api/schema.ts';
import { columns } from '../output.ts';

const outcomeWords: Record<RehearsalOutcome, string> = {
  good: 'good',
  fair: 'fair',
  bad: 'bad',
  cut: 'began, then cut',
  silent: 'set up, then no sound',
  'no-relay': 'no answer',
  'wrong-password': 'the relay does not take this name and password',
  refused: 'the relay refused it',
};

/** What it means where no way goes well; of ways that differ, the best speaks. */
const sentences: Record<RehearsalOutcome, string> = {
  good: 'A call to your own relay goes well.',
  fair: 'A call to your own relay is fair: now and then a word is missing.',
  bad: 'A call to your own relay is bad: it can hardly be understood.',
  cut: 'A call to your own relay begins and is then cut.',
  silent: 'A call to your own relay is set up, and no sound comes through.',
  'no-relay': 'Your own relay does not answer: it is off, or its address is another one, or this network blocks it.',
  'wrong-password':
    'Your own relay does not take this name and password, so no call was rehearsed: "sawt relay set FILE" keeps others.',
  refused: 'Your own relay refused the call, so that nothing can be said about the network.',
};

/** The best way first in words, then all ways with their figures. */
export function rehearsalText({ outcome, ways }: Rehearsal): string {
  const table = columns(ways.map((way) => [`  ${wayText(way)}`, outcomeText(way), figuresText(way)]));
  return `${sentences[outcome]}\n${table}`;
}

const wayText = ({ transport, port }: RehearsedWay): string => `${transport.toUpperCase()} ${port}`;

function outcomeText({ outcome, code }: RehearsedWay): string {
  return outcome === 'refused' && code !== null && code > 0
    ? `${outcomeWords[outcome]} (${code})`
    : outcomeWords[outcome];
}

/** The loss is never given without its bound. */
function figuresText({ there, back, rttMs, jitterMs, mos, verdictMs }: RehearsedWay): string {
  const lost = (heard: RehearsedWay['there'], name: string): string[] =>
    heard && heard.sent > 0
      ? [`${name} ${heard.lost} of ${heard.sent} packets lost, so at most ${heard.lossUpperPct} %`]
      : [];
  return [
    ...(mos === null ? [] : [`MOS ${mos.toFixed(1)}`]),
    ...(rttMs === null ? [] : [`round trip ${Math.round(rttMs)} ms`]),
    ...(jitterMs === null ? [] : [`jitter ${Math.round(jitterMs)} ms`]),
    ...lost(there, 'there'),
    ...lost(back, 'back'),
    `known after ${(verdictMs / 1000).toFixed(1)} s`,
  ].join('; ');
}
