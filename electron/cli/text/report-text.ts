import type { Comparison, Judgement, Quality, Report, ServiceReport, Verdict } from '../../api/schema.ts';
import { columns, type Cell } from '../output.ts';
import type { Colour, Paint } from '../terminal.ts';
import { signatureLines } from './signature-text.ts';
import { rehearsalText } from './rehearsal-text.ts';
import { aroundSentences, changeWords, mechanismSentences, networkSentences, verdictWords } from './words.ts';

const verdictColours: Partial<Record<Verdict, Colour>> = { ok: 'green', blocked: 'red', degraded: 'yellow' };

const shutDown = 'shut down';

/** A report for people: what the network is like, then one row a service. */
export function reportText(report: Report, paint: Paint): string {
  const parts: string[] = [networkSentences[report.network.state]];
  parts.push(...tunnelSentences(report.network));
  parts.push(...report.findings.map(({ summary }) => summary));
  if (report.quality) parts.push(qualityLine(report.quality));
  if (report.rehearsal) parts.push(rehearsalText(report.rehearsal));
  if (report.services.length > 0 && report.network.state !== 'offline') {
    const head = ['Service', 'Messages', 'Calls', 'Why'].map((text) => painted(paint, 'bold', text));
    parts.push('', columns([head, ...report.services.map((service) => serviceRow(service, paint))]));
  }
  if (report.signatures) parts.push('', ...signatureLines(report.signatures, paint));
  return parts.join('\n');
}

/** With a VPN on, the verdicts are about its network; what it does not carry is a leak. */
function tunnelSentences({ tunnel, aroundTunnel = [] }: Report['network']): string[] {
  if (tunnel === 'none') return [];
  const on = "A VPN is on: this check describes the VPN's network, not the one underneath.";
  return [on, ...aroundTunnel.map((kind) => aroundSentences[kind])];
}

/** The loss is never given without its bound: none lost of fifty is not the same as no loss. */
function qualityLine({ rating, mos, rttMs, jitterMs, lossPct, lossUpperPct, samples }: Quality): string {
  const lost = Math.round((lossPct * samples) / 100);
  const figures = [
    `MOS ${mos.toFixed(1)}`,
    `round trip ${Math.round(rttMs)} ms`,
    `jitter ${Math.round(jitterMs)} ms`,
    `${lost} of ${samples} packets lost, so at most ${lossUpperPct} %`,
  ];
  return `Line for calls: ${rating} (${figures.join('; ')}).`;
}

function serviceRow({ name, messages, calls, retired }: ServiceReport, paint: Paint): (Cell | string)[] {
  if (retired && messages.verdict === 'stale') {
    const gone = painted(paint, 'dim', shutDown);
    return [name, gone, gone, `its makers shut it down on ${retired.on}${instead(retired.successor)}`];
  }
  return [name, verdictCell(messages, paint), verdictCell(calls, paint), reason(messages, calls)];
}

const instead = (successor: string | null): string => (successor === null ? '' : ` and point to ${successor}`);

function verdictCell({ verdict }: Judgement, paint: Paint): Cell {
  const text = verdictWords[verdict];
  const colour = verdictColours[verdict] ?? 'dim';
  return painted(paint, colour, text);
}

function painted(paint: Paint, colour: Colour, text: string): Cell {
  return { text, shown: paint(colour, text) };
}

/** The mechanisms of both judgements, each said once. */
function reason(...judgements: Judgement[]): string {
  const mechanisms = new Set(
    judgements
      .filter(({ verdict }) => verdict === 'blocked' || verdict === 'degraded')
      .flatMap((judgement) => judgement.mechanisms),
  );
  return [...mechanisms].map((mechanism) => mechanismSentences[mechanism]).join('; ');
}

/** Before and after, one row a service. */
export function comparisonText({ before, after, services }: Comparison, paint: Paint): string {
  const find = (report: Report, id: string): ServiceReport | undefined => report.services.find((s) => s.id === id);
  const head = ['Service', 'Messages', '', 'Calls', ''].map((text) => painted(paint, 'bold', text));
  const rows = services.map(({ id, name, messages, calls }) => [
    name,
    ...beforeAfter(wordOf(find(before, id), 'messages'), wordOf(find(after, id), 'messages'), changeWords[messages]),
    ...beforeAfter(wordOf(find(before, id), 'calls'), wordOf(find(after, id), 'calls'), changeWords[calls]),
  ]);
  const about = [networkSentences[after.network.state], ...tunnelSentences(after.network)].join('\n');
  return `${about}\n\n${columns([head, ...rows])}`;
}

/** The verdict, and what became of it. The same verdict twice is said once. */
function beforeAfter(was: string, is: string, change: string): [string, string] {
  return was === is ? [is, 'as before'] : [`${was} -> ${is}`, change];
}

function wordOf(service: ServiceReport | undefined, part: 'messages' | 'calls'): string {
  if (service?.retired && service[part].verdict === 'stale') return shutDown;
  return verdictWords[service?.[part].verdict ?? 'not-run'];
}

const unclearWords: Partial<Record<Verdict, string>> = {
  degraded: 'Calls or messages may fail, or get through only by a detour.',
  'not-testable': 'Nobody can tell without an account of the service.',
  inconclusive: 'This check could not tell.',
  stale: 'The service itself changed or is out of order everywhere; it is not this network.',
};

/** What those of the words in a report mean that do not explain themselves, and what can be done next. */
export function reportHints({ services, network }: Report): string[] {
  const verdicts = new Set(
    services
      .filter(({ retired }) => retired === undefined)
      .flatMap(({ messages, calls }) => [messages.verdict, calls.verdict]),
  );
  const known = Object.entries(unclearWords) as [Verdict, string][];
  const words = known.filter(([verdict]) => verdicts.has(verdict));
  const isHindered = verdicts.has('blocked') || verdicts.has('degraded');
  return [
    ...words.map(([verdict, meaning]) => `${verdictWords[verdict]}: ${meaning}`),
    ...(isHindered ? ['Why: "sawt explain".'] : []),
    ...(isHindered && network.tunnel === 'none'
      ? ['To get around it: "sawt import FILE" takes a VPN profile, "sawt connect" connects and checks again.']
      : []),
  ];
}
