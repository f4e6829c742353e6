import { controlValues, shown } from '../../api/evidence.ts';
import { controlSentences, explanations } from '../../api/explanations.ts';
import type { Finding, Judgement, Probe, Report, ServiceReport } from '../../api/schema.ts';
import { columns } from '../output.ts';
import type { Paint } from '../terminal.ts';
import { strengthWords, verdictWords } from './words.ts';

/** A judgement with its explanation in words, and the probes themselves in the order of time. */
interface Explained {
  rule: string;
  means: string | null;
  overturned: string | null;
  controls: { role: string; says: string; probes: string[] }[];
  evidence: (Probe & { shown: string | null })[];
}

/** `odd`: only what does not simply work, and without the measurements: of all services they fill many screens. */
type Extent = 'all' | 'odd';

function explained({ rule, why, probes: ids }: Judgement | Finding, probes: readonly Probe[]): Explained {
  const texts = why && explanations[why.case];
  const listed = why?.evidence ?? ids;
  return {
    rule,
    means: texts?.means ?? null,
    overturned: texts?.overturned ?? null,
    controls: (why?.controls ?? []).map((control) => ({
      role: control.role,
      says: fillIn(controlSentences[control.role], controlValues(control, probes)),
      probes: control.probes,
    })),
    evidence: listed
      .flatMap((id) => probes.find((probe) => probe.id === id) ?? [])
      .map((probe) => ({ ...probe, shown: shown(probe) })),
  };
}

function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, place: string) => values[place] ?? '');
}

/** `sawt explain --json`: verdicts as in the report, each with its explanation. */
export function explainedJson(report: Report, services: readonly ServiceReport[]): unknown {
  const judged = (judgement: Judgement): unknown => {
    const { verdict, mechanisms, strength } = judgement;
    return { verdict, mechanisms, strength, ...explained(judgement, report.probes) };
  };
  return {
    startedAt: report.startedAt,
    network: report.findings.map((finding) => ({
      mechanism: finding.mechanism,
      strength: finding.strength,
      ...explained(finding, report.probes),
    })),
    services: services.map(({ id, name, messages, calls }) => ({
      id,
      name,
      messages: judged(messages),
      calls: judged(calls),
    })),
  };
}

/** For people: a paragraph for each judgement, with what it rests on. */
export function explanationText(
  report: Report,
  services: readonly ServiceReport[],
  extent: Extent,
  paint: Paint,
): string {
  const paragraphs = [
    ...report.findings.map((finding) =>
      paragraph('This network', finding, finding.summary, report.probes, extent, paint),
    ),
    ...services.flatMap(({ name, messages, calls }) => [
      ...about(`${name}, messages`, messages, report.probes, extent, paint),
      ...about(`${name}, calls`, calls, report.probes, extent, paint),
    ]),
  ];
  if (paragraphs.length === 0) return 'Everything that could be judged works.';
  const more = '"sawt explain SERVICE", for example "sawt explain whatsapp", shows the measurements behind it, too.';
  return [...paragraphs, ...(extent === 'odd' ? [more] : [])].join('\n\n');
}

const plain: readonly Judgement['verdict'][] = ['ok', 'not-testable'];

function about(
  subject: string,
  judgement: Judgement,
  probes: readonly Probe[],
  extent: Extent,
  paint: Paint,
): string[] {
  if (extent === 'odd' && plain.includes(judgement.verdict)) return [];
  return [paragraph(subject, judgement, verdictWords[judgement.verdict], probes, extent, paint)];
}

function paragraph(
  subject: string,
  judged: Judgement | Finding,
  said: string,
  probes: readonly Probe[],
  extent: Extent,
  paint: Paint,
): string {
  const { means, overturned, controls, evidence } = explained(judged, probes);
  const isControl = new Set(controls.flatMap((control) => control.probes));
  const lines = [
    `${paint('bold', `${subject}: ${said}`)} (rule ${judged.rule}, ${strengthWords[judged.strength]})`,
    ...(means === null ? [] : [`  ${means}`]),
    ...(overturned === null ? [] : [`  This would no longer hold if ${overturned}.`]),
    ...(controls.length === 0 ? [] : ['  Controls:', ...controls.map(({ says }) => `    ${says}`)]),
  ];
  if (evidence.length === 0 || extent === 'odd') return lines.join('\n');
  const rows = columns(evidence.map((probe) => evidenceRow(probe, isControl.has(probe.id))));
  return [...lines, '  Evidence, in the order of time:', ...rows.split('\n').map((row) => `    ${row}`)].join('\n');
}

function evidenceRow(probe: Explained['evidence'][number], isControl: boolean): string[] {
  const { kind, target, address, port, failure, operation, startMs, durationMs } = probe;
  const named = probe.detail?.['serverName'];
  const as = typeof named === 'string' && named !== target ? ` as ${named}` : '';
  const place = `${address === null || address === target ? target : `${target} at ${address}`}${as}`;
  const seen = failure === null ? 'answered' : operation === null ? failure : `${failure} (${operation})`;
  return [
    `${(startMs / 1000).toFixed(2)} s`,
    isControl ? 'control' : '',
    kind,
    port === null ? place : `${place} port ${port}`,
    `${seen} after ${durationMs} ms${probe.shown === null ? '' : `: ${probe.shown}`}`,
  ];
}
