import { spawn } from 'node:child_process';
import { waitInForeground } from '../system/foreground.ts';
import { LabError } from '../system/lab-error.ts';
import { splitAtProgram } from './command-line.ts';

/** `sandbox -- PROGRAM`: runs it where labs may be built, with no lab standing yet. */
export async function runInSandbox(args: readonly string[]): Promise<number> {
  const { before, program } = splitAtProgram(args);
  if (before.length > 0) throw new LabError('usage', 'sandbox takes only a program after --.');
  const [file, ...rest] = program;
  return waitInForeground(spawn(file, rest, { stdio: 'inherit' }));
}
