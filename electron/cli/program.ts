import { Command } from 'commander';
import { addAccounts } from './commands/accounts.ts';
import { addCheck } from './commands/check.ts';
import { addConnect } from './commands/connect.ts';
import { addDisconnect } from './commands/disconnect.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExplain } from './commands/explain.ts';
import { addExport } from './commands/export.ts';
import { addGenerate } from './commands/generate.ts';
import { addHistory } from './commands/history.ts';
import { addImport } from './commands/import.ts';
import { addOwnServer } from './commands/own-server.ts';
import { addProfiles } from './commands/profiles.ts';
import { addRecheck } from './commands/recheck.ts';
import { addRelay } from './commands/relay.ts';
import { addRepair } from './commands/repair.ts';
import { addServers } from './commands/servers.ts';
import { addStatus } from './commands/status.ts';
import { addWg } from './commands/wg.ts';
import type { Finish, Session } from './session.ts';

const commands = [
  addCheck,
  addRecheck,
  addExplain,
  addHistory,
  addImport,
  addProfiles,
  addGenerate,
  addAccounts,
  addExport,
  addServers,
  addOwnServer,
  addRelay,
  addConnect,
  addStatus,
  addDisconnect,
  addRepair,
  addDoctor,
  addWg,
];

const firstSteps = `
First steps:
  sawt check             which calls does this network block?
  sudo sawt import FILE  take in a VPN profile, from a provider or a friend
  sudo sawt connect      connect through it, and check again what was blocked
  sudo sawt disconnect   end the connection
Connecting needs root for now, and root has profiles of its own: so import as root, too.`;

/** All commands. Parsing throws a CommanderError for help, version (exit code 0) and a wrong command line. */
export function createProgram(session: Session, finish: Finish): Command {
  const program = new Command('sawt')
    .description('See which internet calls your network blocks, and make them work again.')
    .addHelpText('after', firstSteps)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => session.terminal.out(text.trimEnd()),
      writeErr: (text) => session.terminal.err(text.trimEnd()),
      outputError: () => undefined, // the one sentence about a wrong command line is said in run.ts
    });
  for (const add of commands) add(program, session, finish);
  withVersion(program, session.version);
  return program;
}

/** `--version` works on every command, as `--help` does. */
function withVersion(command: Command, version: string): void {
  command.version(version, '--version', 'show the version');
  for (const child of command.commands) withVersion(child, version);
}
