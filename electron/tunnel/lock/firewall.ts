import { TunnelFailure } from '../errors.ts';
import type { Programs } from '../run.ts';
import { lockFile, lockTable, type LockFile } from './nft-file.ts';

/** Loads the lock, or replaces it in one step. Throws `firewall-failed`: a network without the lock is never used. */
export async function raiseFirewall(programs: Programs, file: LockFile): Promise<void> {
  const { code, stderr } = await programs.ask('nft', ['-f', '-'], { stdin: lockFile(file) });
  if (code === 0) return;
  const words = stderr.split('\n')[0] ?? '';
  if (/operation not permitted/i.test(words)) {
    throw new TunnelFailure(
      'permission-refused',
      'The system refused to change the firewall: connecting needs administrator rights.',
    );
  }
  throw new TunnelFailure(
    'firewall-failed',
    `The firewall of this system did not accept Sawt's lock against leaks (${words}), so nothing was connected.`,
  );
}

export async function lowerFirewall(programs: Programs): Promise<boolean> {
  if (!(await isFirewallUp(programs))) return false;
  await programs.run('nft', ['delete', 'table', 'inet', lockTable]);
  return true;
}

export async function isFirewallUp(programs: Programs): Promise<boolean> {
  return (await readFirewall(programs)) !== undefined;
}

/** The lock as nft lists it, its note included; undefined when there is none. */
export async function readFirewall(programs: Programs): Promise<string | undefined> {
  const { code, stdout } = await programs.ask('nft', ['list', 'table', 'inet', lockTable]);
  return code === 0 ? stdout : undefined;
}
