import { LabError } from '../system/lab-error.ts';
import { addressScenarios } from './addresses.ts';
import { callScenarios } from './calls.ts';
import { combinedScenarios } from './combined.ts';
import { flowScenarios } from './flows.ts';
import { localScenarios } from './local.ts';
import { mediaScenarios } from './media.ts';
import { nameScenarios } from './names.ts';
import { openScenarios } from './open.ts';
import type { Scenario } from './scenario.ts';
import { signatureScenarios } from './signatures.ts';
import { troubleScenarios } from './troubles.ts';
import { webScenarios } from './web.ts';
import { wholeScenarios } from './whole.ts';

export const scenarios: readonly Scenario[] = [
  ...openScenarios,
  ...nameScenarios,
  ...addressScenarios,
  ...webScenarios,
  ...mediaScenarios,
  ...flowScenarios,
  ...signatureScenarios,
  ...callScenarios,
  ...wholeScenarios,
  ...combinedScenarios,
  ...troubleScenarios,
  ...localScenarios,
];

/** Throws LabError `usage` for an id that there is not. */
export function findScenario(id: string): Scenario {
  const scenario = scenarios.find((one) => one.id === id);
  if (scenario === undefined) {
    throw new LabError('usage', `There is no scenario ${id}; npm run lab -- list shows them.`);
  }
  return scenario;
}
