import {
  mechanisms as allMechanisms,
  type Judgement,
  type Mechanism,
  type RehearsalOutcome,
  type Report,
} from '../../electron/check/report.ts';
import { openExpectation, type Judged, type Scenario, type ServiceExpectation } from './scenarios/scenario.ts';

/** What a report says that its scenario does not allow, one sentence each; empty when it is as expected. */
export function differences(scenario: Scenario, report: Report, exitCode: number | null): string[] {
  const { expect } = scenario;
  return [
    ...(expect.states.includes(report.network.state)
      ? []
      : [`network: ${report.network.state}, expected ${expect.states.join(' or ')}`]),
    ...missingMechanisms(scenario, report),
    ...unexpectedMechanisms(scenario, report),
    ...report.services.flatMap(({ id, messages, calls }) => {
      const wanted = expectationOf(scenario, id);
      return [
        ...judgement(`${id} messages`, messages, wanted.messages),
        ...judgement(`${id} calls`, calls, wanted.calls),
      ];
    }),
    ...signatureDifferences(scenario, report),
    ...(report.services.length > 0 ? [] : ['services: none in the report']),
    ...evidence(report),
    ...rehearsedCall(scenario, report),
    ...(expect.withinMs !== undefined && report.durationMs > expect.withinMs
      ? [`took ${report.durationMs} ms, at most ${expect.withinMs} ms allowed`]
      : []),
    ...exit(report, exitCode),
  ];
}

function expectationOf({ expect }: Scenario, service: string): ServiceExpectation {
  return { ...openExpectation(service), ...(expect.services?.[service] ?? expect.services?.['*']) };
}

/** Every mechanism that the report names, in findings and verdicts. */
function namedMechanisms(report: Report): Set<Mechanism> {
  return new Set([
    ...report.findings.map(({ mechanism }) => mechanism),
    ...report.services.flatMap(({ messages, calls }) => [...messages.mechanisms, ...calls.mechanisms]),
  ]);
}

function missingMechanisms({ expect }: Scenario, report: Report): string[] {
  const named = namedMechanisms(report);
  return expect.mechanisms
    .filter((group) => !group.some((mechanism) => named.has(mechanism)))
    .map((group) => `mechanism: ${group.join(' or ')} is not named`);
}

function unexpectedMechanisms({ expect }: Scenario, report: Report): string[] {
  const named = namedMechanisms(report);
  const allowed = new Set([...expect.mechanisms.flat(), ...(expect.mayName ?? [])]);
  return allMechanisms
    .filter((mechanism) => named.has(mechanism) && !allowed.has(mechanism))
    .map((mechanism) => `mechanism: ${mechanism} is named and must not be`);
}

function signatureDifferences({ expect }: Scenario, { signatures }: Report): string[] {
  if (expect.signatures === undefined) return signatures === undefined ? [] : ['signatures: nobody asked for them'];
  if (!signatures?.length) return ['signatures: none in the report'];
  const { filtered = {}, inconclusive = [] } = expect.signatures;
  const missing = [...Object.keys(filtered), ...inconclusive].filter((id) =>
    signatures.every(({ service }) => service !== id),
  );
  return [
    ...missing.map((id) => `signature of ${id}: not in the report`),
    ...signatures.flatMap(({ service, result, strength, reason }) => {
      const strongly = filtered[service];
      const unclear = inconclusive.includes(service) ? 'inconclusive' : 'passed';
      const wanted = strongly === undefined ? unclear : `filtered ${strongly}`;
      const said = strength === null ? result : `${result} ${strength}`;
      return said === wanted ? [] : [`signature of ${service}: ${said} (${reason ?? '-'}), expected ${wanted}`];
    }),
  ];
}

function judgement(what: string, { verdict, mechanisms, rule }: Judgement, wanted: Judged): string[] {
  const said = `${verdict}${mechanisms.length > 0 ? ` (${mechanisms.join(', ')})` : ''} by rule ${rule}`;
  if (!wanted.verdicts.includes(verdict)) return [`${what}: ${said}, expected ${wanted.verdicts.join(' or ')}`];
  const needsReason = verdict === 'blocked' || verdict === 'degraded';
  const reasons = wanted.mechanisms ?? [];
  if (!needsReason || reasons.length === 0 || reasons.some((reason) => mechanisms.includes(reason))) return [];
  return [`${what}: ${said}, expected by ${reasons.join(' or ')}`];
}

/** Whatever the scenario: `blocked` needs medium strength, and every judgement rests on probes of the same report. */
function evidence(report: Report): string[] {
  const ids = new Set(report.probes.map(({ id }) => id));
  const judgements = report.services.flatMap(({ id, messages, calls }) => [
    { what: `${id} messages`, ...messages },
    { what: `${id} calls`, ...calls },
  ]);
  return judgements.flatMap(({ what, verdict, strength, probes }) => [
    ...(verdict === 'blocked' && strength === 'weak' ? [`${what}: blocked on weak evidence`] : []),
    ...(verdict === 'blocked' && probes.length === 0 ? [`${what}: blocked on no evidence`] : []),
    ...probes
      .filter((probe) => !ids.has(probe))
      .map((probe) => `${what}: rests on ${probe}, which is not in the report`),
  ]);
}

function rehearsedCall({ expect: { call } }: Scenario, { rehearsal }: Report): string[] {
  if (!call) return rehearsal ? ['a call: rehearsed, and none was asked for'] : [];
  if (!rehearsal) return ['a call: not rehearsed'];
  const best = callDifference('a call', rehearsal, call.outcomes, call.rule);
  const ways = rehearsal.ways.flatMap((way) => {
    const name = `${way.transport} ${way.port}`;
    const [outcome, rule] = call.ways?.[name] ?? [];
    if (outcome !== undefined) return callDifference(`a call over ${name}`, way, [outcome], rule);
    return callDifference(`a call over ${name}`, way, call.outcomes, undefined);
  });
  return [...best, ...ways];
}

/** `wantedRule` undefined: any. */
function callDifference(
  what: string,
  { outcome, rule }: { outcome: RehearsalOutcome; rule: string | null },
  outcomes: readonly RehearsalOutcome[],
  wantedRule: string | null | undefined,
): string[] {
  const isWanted = outcomes.includes(outcome) && (wantedRule === undefined || rule === wantedRule);
  const by = wantedRule === undefined ? '' : ` by rule ${wantedRule ?? 'none'}`;
  return isWanted ? [] : [`${what}: ${outcome} by rule ${rule ?? 'none'}, expected ${outcomes.join(' or ')}${by}`];
}

/** The contract's exit codes: 10 when something is blocked or degraded, 20 when nothing could be judged, else 0. */
function exit(report: Report, exitCode: number | null): string[] {
  const verdicts = report.services.flatMap(({ messages, calls }) => [messages.verdict, calls.verdict]);
  const bad = verdicts.some((verdict) => verdict === 'blocked' || verdict === 'degraded');
  const wanted = bad ? 10 : verdicts.includes('ok') ? 0 : 20;
  return exitCode === wanted ? [] : [`exit code: ${exitCode ?? 'none'}, expected ${wanted}`];
}
