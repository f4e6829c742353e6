import { Option, type Command } from 'commander';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { profileText } from '../text/profile-text.ts';
import { notInThisVersion } from './later.ts';

interface Flags {
  server: string;
  from?: string;
  account?: string;
  split: 'full' | 'calls';
  json?: true;
}

export function addGenerate(program: Command, session: Session, finish: Finish): void {
  program
    .command('generate')
    .description('make a WireGuard profile for a server of the list, with the keys of an imported profile')
    .requiredOption('--server <id>', 'a server of "sawt servers list"')
    .option('--from <profile>', 'the imported profile of the same provider whose keys are used')
    .option('--account <account>', 'not in this version')
    .addOption(new Option('--split <what>', 'what goes through the tunnel').choices(['full', 'calls']).default('full'))
    .option('--json', 'print the profile as JSON')
    .action(async (flags: Flags) => finish(await generate(session, flags)));
}

async function generate({ terminal, call }: Session, flags: Flags): Promise<ExitCode> {
  if (flags.account !== undefined) throw notInThisVersion('sawt generate --account');
  if (flags.split === 'calls') throw notInThisVersion('sawt generate --split calls');
  const profile = await call('servers.generate', {
    serverId: flags.server,
    ...(flags.from !== undefined && { fromProfile: flags.from }),
  });
  if (flags.json) printJson(terminal, profile);
  else terminal.out(profileText(profile));
  return exitCodes.done;
}
