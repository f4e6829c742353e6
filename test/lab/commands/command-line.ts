import { LabError } from '../system/lab-error.ts';

/** Splits `A B -- PROGRAM ARGUMENT...`. Throws LabError `usage` when there is no program. */
export function splitAtProgram(args: readonly string[]): { before: string[]; program: [string, ...string[]] } {
  const at = args.indexOf('--');
  const [file, ...rest] = at < 0 ? [] : args.slice(at + 1);
  if (file === undefined) throw new LabError('usage', 'Name the program to run after --.');
  return { before: args.slice(0, at), program: [file, ...rest] };
}
