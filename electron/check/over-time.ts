import type { Judgement, Report, ServiceReport, Verdict } from './report.ts';

/** How many services a report judges how; `unclear` are all that no verdict could be given on. */
export interface Counts {
  ok: number;
  blocked: number;
  degraded: number;
  unclear: number;
}

export function countVerdicts(report: Report, side: Side): Counts {
  const counts: Counts = { ok: 0, blocked: 0, degraded: 0, unclear: 0 };
  for (const service of report.services) counts[asJudged(service[side].verdict) ?? 'unclear'] += 1;
  return counts;
}

type Side = 'messages' | 'calls';
type Judged = 'ok' | 'blocked' | 'degraded';

/** The verdict of the latest report that could give one, and since when every report that could gave the same. */
export interface Since {
  verdict: Judged;
  /** Start of the first report of the unbroken row, ISO 8601 UTC. */
  since: string;
  /** No report before it says otherwise: it may have been so for longer. */
  orEarlier: boolean;
}

export interface ServiceOverTime {
  id: string;
  name: string;
  messages: Since | null;
  calls: Since | null;
}

/** Each service of the reports of one network, which may come in any order. Null where no report could judge. */
export function servicesOverTime(reports: readonly Report[]): ServiceOverTime[] {
  const newestFirst = [...reports].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  const names = new Map<string, string>();
  for (const { services } of newestFirst) for (const { id, name } of services) if (!names.has(id)) names.set(id, name);
  return [...names].map(([id, name]) => ({
    id,
    name,
    messages: sinceWhen(newestFirst, id, 'messages'),
    calls: sinceWhen(newestFirst, id, 'calls'),
  }));
}

function sinceWhen(newestFirst: readonly Report[], id: string, side: Side): Since | null {
  let row: Since | null = null;
  for (const { startedAt, services } of newestFirst) {
    const verdict = asJudged(judgementOf(services, id, side)?.verdict);
    if (verdict === undefined) continue;
    if (row && row.verdict !== verdict) return { ...row, orEarlier: false };
    row = { verdict, since: startedAt, orEarlier: true };
  }
  return row;
}

function judgementOf(services: readonly ServiceReport[], id: string, side: Side): Judgement | undefined {
  return services.find((service) => service.id === id)?.[side];
}

function asJudged(verdict: Verdict | undefined): Judged | undefined {
  return verdict === 'ok' || verdict === 'blocked' || verdict === 'degraded' ? verdict : undefined;
}
