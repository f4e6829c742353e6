import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Judgement, Report, ServiceReport } from '../../../electron/check/report.ts';
import { opposites, type Opposite } from '../../lab/censor/opposites.ts';
import { checkIn } from '../../lab/check.ts';
import { buildLab, type Lab } from '../../lab/lab.ts';
import { findScenario, scenarios } from '../../lab/scenarios/all.ts';
import { openExpectation, type Scenario } from '../../lab/scenarios/scenario.ts';
import { catalogue } from '../judge/evidence-builder.ts';

// Each explanation is proved by its opposite: without the one rule of the censor, exactly what it explained is gone.

/** Together they have a rule of nearly every kind; SAWT_EVERY_FLIP=1 takes every scenario. */
const quick = ['patchwork', 'S10', 'names-and-stun', 'hijack'].map(findScenario);
/** Of an open network nothing can be taken away, and behind a portal or without any network nothing is judged. */
const isBlocking = ({ censor, expect: { states, mechanisms } }: Scenario): boolean =>
  mechanisms.length > 0 &&
  states.every((state) => state !== 'portal' && state !== 'offline') &&
  opposites(censor, catalogue.services).length > 0 &&
  !mechanisms.flat().includes('local');
const chosen = process.env['SAWT_EVERY_FLIP'] === '1' ? scenarios.filter(isBlocking) : quick;

let lab: Lab;
beforeAll(async () => {
  lab = await buildLab();
});
afterAll(() => lab.close());

async function check({ world, own, arguments: more }: Scenario, censor: Scenario['censor']): Promise<Report> {
  await lab.flip(censor, world, own);
  const { report, stderr } = await checkIn(lab, more);
  if (!report) throw new Error(`no report: ${stderr}`);
  return report;
}

type Part = 'messages' | 'calls';
interface Judged {
  service: string;
  part: Part;
  judgement: Judgement;
}

const all = ({ services }: Report): Judged[] =>
  services.flatMap((service) =>
    (['messages', 'calls'] as const).map((part) => ({ service: service.id, part, judgement: service[part] })),
  );
const same = (report: Report, { service, part }: Judged): Judgement => {
  const found: ServiceReport | undefined = report.services.find(({ id }) => id === service);
  if (!found) throw new Error(`no ${service} in the report`);
  return found[part];
};
const isHindered = ({ verdict }: Judgement): boolean => verdict === 'blocked' || verdict === 'degraded';
const isOpen = ({ service, part }: Judged, { verdict }: Judgement): boolean =>
  openExpectation(service)[part].verdicts.includes(verdict);
const isUnchanged = (one: Judgement, other: Judgement): boolean =>
  one.verdict === other.verdict && one.mechanisms.toSorted().join() === other.mechanisms.toSorted().join();

/** What the network-wide findings and verdicts name, as one text: taking a rule away has to change it. */
const told = (report: Report): string =>
  JSON.stringify([
    report.findings.map(({ mechanism }) => mechanism),
    all(report).map(({ judgement: { verdict, mechanisms } }) => [verdict, mechanisms]),
  ]);

/** Every explained verdict rests on evidence in the order of time, with a control that worked. */
function expectExplained(report: Report): void {
  const startOf = new Map(report.probes.map(({ id, startMs }) => [id, startMs]));
  for (const { service, part, judgement } of all(report)) {
    const { why } = judgement;
    const about = `${service} ${part}, rule ${judgement.rule}`;
    expect(why, about).toBeDefined();
    const starts = why?.evidence.map((id) => startOf.get(id) ?? NaN) ?? [];
    expect(starts, about).toEqual(starts.toSorted((a, b) => a - b));
    if (isHindered(judgement)) expect(why?.controls.length, about).toBeGreaterThan(0);
  }
}

function expectFlip(
  { expect: { mayName } }: Scenario,
  censored: Report,
  freed: Report,
  opposite: Opposite,
  isOnlyRule: boolean,
): void {
  const named = [
    ...(mayName ?? []),
    ...censored.findings.map(({ mechanism }) => mechanism),
    ...all(censored).flatMap(({ judgement }) => judgement.mechanisms),
  ];
  for (const judged of all(censored)) {
    const { service, part, judgement: before } = judged;
    const after = same(freed, judged);
    const about = `${service} ${part} without ${opposite.rule}: ${before.verdict} by ${before.rule}, then ${after.verdict} by ${after.rule} (${after.mechanisms.join()})`;
    const concerns = opposite.service === null || opposite.service === service;
    if (!concerns) expect(isUnchanged(before, after), about).toBe(true);
    else if (isOnlyRule) expect(isOpen(judged, after), about).toBe(true);
    else if (isHindered(before)) expect(isOpen(judged, after) || isHindered(after), about).toBe(true);
    else expect(isHindered(after), about).toBe(false);
    // Another rule may still stop it: in a way that was named before, or that the scenario knows to be there too.
    if (concerns && isHindered(after)) expect(named, about).toEqual(expect.arrayContaining(after.mechanisms));
  }
  expect(told(freed), `without ${opposite.rule}`).not.toBe(told(censored));
}

describe.each(chosen)('$id: $title', (scenario) => {
  const ways = opposites(scenario.censor, catalogue.services).filter(
    ({ service }) => catalogue.services.find(({ id }) => id === service)?.status !== 'retired',
  );
  let censored: Report;

  it('is explained, every verdict of it', async () => {
    censored = await check(scenario, scenario.censor);
    expect(all(censored).some(({ judgement }) => isHindered(judgement)) || censored.findings.length > 0).toBe(true);
    expectExplained(censored);
  });

  it.each(ways)('without $rule lets go of exactly what that explained', async (opposite) => {
    const freed = await check(scenario, opposite.censor);
    expectExplained(freed);
    expectFlip(scenario, censored, freed, opposite, ways.length === 1);
  });
});
