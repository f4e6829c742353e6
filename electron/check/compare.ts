import type { Change, Comparison, Judgement, Report } from './report.ts';

/** Two reports side by side, for the services that both of them have. */
export function compareReports(before: Report, after: Report): Comparison {
  const earlier = new Map(before.services.map((service) => [service.id, service]));
  const services = after.services.flatMap(({ id, name, messages, calls }) => {
    const old = earlier.get(id);
    if (!old) return [];
    return [{ id, name, messages: changeOf(old.messages, messages), calls: changeOf(old.calls, calls) }];
  });
  return { before, after, services };
}

/** Only verdicts that say something count: a service that could not be judged on one side has no known change. */
function changeOf(before: Judgement, after: Judgement): Change {
  const from = hindered(before);
  const to = hindered(after);
  if (from === undefined || to === undefined) return 'unknown';
  if (from) return to ? 'still-blocked' : 'fixed';
  return to ? 'newly-blocked' : 'same-ok';
}

function hindered({ verdict }: Judgement): boolean | undefined {
  if (verdict === 'blocked' || verdict === 'degraded') return true;
  return verdict === 'ok' ? false : undefined;
}
