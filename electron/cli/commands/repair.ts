import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';

interface Flags {
  json?: true;
}

export function addRepair(program: Command, session: Session, finish: Finish): void {
  program
    .command('repair')
    .description('put the network back after a crash')
    .option('--json', 'print what was removed as JSON')
    .action(async (flags: Flags) => finish(await repair(session, flags)));
}

async function repair({ terminal, call }: Session, flags: Flags): Promise<ExitCode> {
  const result = await call('tunnel.repair', {});
  if (flags.json) printJson(terminal, result);
  else if (result.removed.length === 0) terminal.out('Nothing of Sawt was left behind.');
  else terminal.out(`The network was put back. Removed:\n${result.removed.map((what) => `  ${what}`).join('\n')}`);
  return exitCodes.done;
}
