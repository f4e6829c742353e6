import type { Command } from 'commander';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { connectionText } from '../text/connection-text.ts';

interface Flags {
  json?: true;
}

export function addDisconnect(program: Command, session: Session, finish: Finish): void {
  program
    .command('disconnect')
    .description('end the connection and put the network back')
    .option('--json', 'print the connection as JSON')
    .action(async (flags: Flags) => finish(await disconnect(session, flags)));
}

async function disconnect({ terminal, call }: Session, flags: Flags): Promise<ExitCode> {
  const connection = await call('tunnel.disconnect', {});
  if (flags.json) printJson(terminal, connection);
  else terminal.out(connectionText(connection));
  if (connection.state === 'disconnected') return exitCodes.done;
  if (connection.error) terminal.err(`sawt: ${connection.error.message}`);
  return connection.error ? exitCodeOf(connection.error.code) : exitCodes.failed;
}
