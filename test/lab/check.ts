import { reportSchema, type Report } from '../../electron/check/report.ts';
import type { Lab } from './lab.ts';
import { places } from './system/places.ts';

/** A check that takes longer than this hangs. */
const checkLimitMs = 60_000;

export interface CheckRun {
  /** Undefined when what came is no report. */
  report: Report | undefined;
  code: number | null;
  stderr: string;
}

/** The public command, run by the client of the lab as it stands; with more words where a scenario wants them. */
export async function checkIn(lab: Lab, more: readonly string[] = []): Promise<CheckRun> {
  const argv = [process.execPath, places.program('cli'), 'check', '--json', ...more] as const;
  const { code, stdout, stderr } = await lab.exec('client', argv, { timeoutMs: checkLimitMs });
  return { report: readReport(stdout), code, stderr };
}

function readReport(text: string): Report | undefined {
  try {
    const parsed = reportSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
