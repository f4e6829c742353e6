import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportSchema, type Report } from '../../electron/check/report.ts';
import type { Lab } from './lab.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { places } from './system/places.ts';

/** A check that takes longer than this hangs. */
const checkLimitMs = 60_000;

export interface CheckRun {
  /** Undefined when what came is no report. */
  report: Report | undefined;
  code: number | null;
  stderr: string;
}

/** The public command, run by the client of the lab as it stands; `more`: arguments besides `--json`. */
export async function checkIn(lab: Lab, more: readonly string[] = []): Promise<CheckRun> {
  const argv = [process.execPath, places.program('cli'), 'check', '--json', ...more] as const;
  const { code, stdout, stderr } = await lab.exec('client', argv, { timeoutMs: checkLimitMs });
  return { report: readReport(stdout), code, stderr };
}

/** What the check is asked for in this scenario: a full one where it has a relay. */
export async function checkArguments(lab: Lab, { relay, arguments: more = [] }: Scenario): Promise<readonly string[]> {
  if (relay === undefined) return more;
  const path = relay === 'down' ? await deadRelay(lab.folder) : await lab.relay(relay);
  return [...more, '--depth', 'full', '--relay', path];
}

/** Nobody has this address. */
async function deadRelay(folder: string): Promise<string> {
  const path = join(folder, 'relay-down.json');
  const urls = ['turn:203.0.113.99', 'turn:203.0.113.99?transport=tcp', 'turns:203.0.113.99:443'];
  await writeFile(path, JSON.stringify({ urls, username: 'lab', credential: 'lab' }), { mode: 0o600 });
  return path;
}

function readReport(text: string): Report | undefined {
  try {
    const parsed = reportSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
