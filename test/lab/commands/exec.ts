import { buildLab } from '../lab.ts';
import { findScenario } from '../scenarios/all.ts';
import { waitInForeground } from '../system/foreground.ts';
import { LabError } from '../system/lab-error.ts';
import { splitAtProgram } from './command-line.ts';

/** `exec SCENARIO -- PROGRAM`: runs it in the client of the censored network and passes its exit code on. */
export async function runInClient(args: readonly string[]): Promise<number> {
  const { before, program } = splitAtProgram(args);
  const [id] = before;
  if (id === undefined || before.length > 1) {
    throw new LabError('usage', 'exec takes one scenario, then -- and a program.');
  }
  const { censor, world, own, relay } = findScenario(id);
  const lab = await buildLab();
  if (relay !== undefined && relay !== 'down') await lab.relay(relay);
  await lab.flip(censor, world, own);
  const child = lab.spawn('client', program, { stdio: 'inherit' });
  try {
    return await Promise.race([lab.broken, waitInForeground(child)]);
  } finally {
    child.kill('SIGKILL');
  }
}
