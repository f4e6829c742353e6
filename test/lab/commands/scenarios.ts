import { parseArgs } from 'node:util';
import type { Report } from '../../../electron/check/report.ts';
import { checkArguments, checkIn } from '../check.ts';
import { differences } from '../compare.ts';
import { buildLab, type Lab } from '../lab.ts';
import { findScenario, scenarios } from '../scenarios/all.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { LabError } from '../system/lab-error.ts';

interface Outcome {
  id: string;
  title: string;
  passed: boolean;
  /** Why not, one sentence each. */
  differences: string[];
  state: Report['network']['state'] | null;
  durationMs: number | null;
}

/** `scenarios [--only ID,ID] [--json]`: the check in every scenario, compared with what it has to say. 1 when one differs. */
export async function checkScenarios(args: readonly string[]): Promise<number> {
  const { only, json } = readOptions(args);
  const chosen = only === undefined ? scenarios : only.split(',').map(findScenario);
  const lab = await buildLab();
  const outcomes: Outcome[] = [];
  for (const scenario of chosen) {
    await lab.flip(scenario.censor, scenario.world, scenario.own);
    const outcome = await outcomeOf(lab, scenario);
    outcomes.push(outcome);
    if (!json) console.log(describe(outcome));
  }
  await lab.close();
  const failed = outcomes.filter(({ passed }) => !passed).length;
  if (json) console.log(JSON.stringify({ passed: outcomes.length - failed, failed, scenarios: outcomes }, null, 2));
  else console.log(`${outcomes.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function readOptions(args: readonly string[]): { only: string | undefined; json: boolean } {
  try {
    const options = { only: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
    const { values } = parseArgs({ args: [...args], options });
    return { only: values.only, json: values.json };
  } catch (error) {
    throw new LabError('usage', error instanceof Error ? error.message : String(error));
  }
}

async function outcomeOf(lab: Lab, scenario: Scenario): Promise<Outcome> {
  const { id, title } = scenario;
  const { report, code, stderr } = await checkIn(lab, await checkArguments(lab, scenario));
  const found =
    report === undefined
      ? [`no report: exit code ${code ?? 'none'}, ${stderr.trim().slice(-500) || 'nothing said'}`]
      : differences(scenario, report, code);
  return {
    id,
    title,
    passed: found.length === 0,
    differences: found,
    state: report?.network.state ?? null,
    durationMs: report?.durationMs ?? null,
  };
}

function describe({ id, title, passed, differences: found, state, durationMs }: Outcome): string {
  const head = `${passed ? 'ok  ' : 'FAIL'} ${id.padEnd(12)} ${title} (${state ?? 'no report'}, ${durationMs ?? '?'} ms)`;
  return [head, ...found.map((line) => `       ${line}`)].join('\n');
}
