import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { connectionText } from '../text/connection-text.ts';

interface Flags {
  json?: true;
}

export function addStatus(program: Command, session: Session, finish: Finish): void {
  program
    .command('status')
    .description('say whether this computer is connected')
    .option('--json', 'print the connection as JSON')
    .action(async (flags: Flags) => finish(await status(session, flags)));
}

async function status({ terminal, call }: Session, flags: Flags): Promise<ExitCode> {
  const connection = await call('tunnel.status', {});
  if (flags.json) printJson(terminal, connection);
  else terminal.out(connectionText(connection));
  if (connection.error) terminal.err(`sawt: ${connection.error.message}`);
  return exitCodes.done;
}
