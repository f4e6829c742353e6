import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { profileText } from '../text/profile-text.ts';

interface Flags {
  json?: true;
  reveal?: true;
}

export function addProfiles(program: Command, session: Session, finish: Finish): void {
  const profiles = program.command('profiles').description('list, show, rename or remove imported profiles');
  profiles
    .command('list', { isDefault: true })
    .description('list the profiles')
    .option('--json', 'print them as JSON')
    .action(async (flags: Flags) => finish(await list(session, flags)));
  profiles
    .command('show')
    .description('show one profile as it would be exported, its secrets hidden')
    .argument('<id>')
    .option('--json', 'print it as JSON')
    .option('--reveal', 'show private keys and passwords too')
    .action(async (id: string, flags: Flags) => finish(await show(session, id, flags)));
  profiles
    .command('rename')
    .description('give a profile another name')
    .argument('<id>')
    .argument('<name>')
    .option('--json', 'print the profile as JSON')
    .action(async (id: string, name: string, flags: Flags) => finish(await rename(session, id, name, flags)));
  profiles
    .command('forget-credentials')
    .description('forget the user name and password that are kept with a profile')
    .argument('<id>')
    .option('--json', 'print the profile as JSON')
    .action(async (id: string, flags: Flags) => finish(await forgetCredentials(session, id, flags)));
  profiles
    .command('remove')
    .description('remove a profile')
    .argument('<id>')
    .option('--json', 'print what was removed as JSON')
    .action(async (id: string, flags: Flags) => finish(await remove(session, id, flags)));
}

async function forgetCredentials({ terminal, call }: Session, id: string, flags: Flags): Promise<ExitCode> {
  const profile = await call('profiles.forgetCredentials', { id });
  if (flags.json) printJson(terminal, profile);
  else terminal.err(`No user name and password are kept with ${profile.name}; connecting asks for them.`);
  return exitCodes.done;
}

async function list({ terminal, call }: Session, flags: Flags): Promise<ExitCode> {
  const profiles = await call('profiles.list', {});
  if (flags.json) printJson(terminal, profiles);
  else if (profiles.length === 0) terminal.err('There is no profile yet. "sawt import FILE" brings one in.');
  else terminal.out(profiles.map(profileText).join('\n'));
  return exitCodes.done;
}

async function show({ terminal, call }: Session, id: string, flags: Flags): Promise<ExitCode> {
  const { summary, text } = await call('profiles.show', { id, reveal: flags.reveal ?? false });
  if (flags.json) printJson(terminal, { ...summary, text });
  else terminal.out(`${profileText(summary)}\n\n${text.trimEnd()}`);
  return exitCodes.done;
}

async function rename({ terminal, call }: Session, id: string, name: string, flags: Flags): Promise<ExitCode> {
  const profile = await call('profiles.rename', { id, name });
  if (flags.json) printJson(terminal, profile);
  else terminal.err(`${profile.id} is now called ${profile.name}.`);
  return exitCodes.done;
}

async function remove({ terminal, call }: Session, id: string, flags: Flags): Promise<ExitCode> {
  await call('profiles.remove', { id });
  if (flags.json) printJson(terminal, { removed: id });
  else terminal.err(`${id} was removed.`);
  return exitCodes.done;
}
