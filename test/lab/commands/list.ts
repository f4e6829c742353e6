import { scenarios } from '../scenarios/all.ts';

/** `list`: every scenario with what it is and what it stands for. */
export function listScenarios(): number {
  const width = Math.max(...scenarios.map(({ id }) => id.length));
  for (const { id, title, standsFor } of scenarios) console.log(`${id.padEnd(width)}  ${title} (${standsFor})`);
  return 0;
}
