import { Option, type Command } from 'commander';
import type { ProfileSummary } from '../../api/schema.ts';
import { providerOfServer, readAccount } from '../account-text.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { profileText } from '../text/profile-text.ts';
import { notInThisVersion } from './later.ts';

interface Flags {
  server: string;
  from?: string;
  account?: string;
  for?: 'computer' | 'phone';
  split: 'full' | 'calls';
  json?: true;
}

export function addGenerate(program: Command, session: Session, finish: Finish): void {
  program
    .command('generate')
    .description('make a WireGuard profile for a server, with the keys of an imported profile or with an account')
    .requiredOption('--server <id>', 'a server of "sawt servers list" or "sawt accounts places"')
    .option('--from <profile>', 'the imported profile of the same provider whose keys are used')
    .addOption(
      new Option(
        '--account <file>',
        'register a new key with the account in this file (number or token on one line, or user name and password on two); - asks, or reads standard input',
      ).conflicts('from'),
    )
    .addOption(
      new Option('--for <device>', 'with --account: whose key it is; a phone gets one of its own').choices([
        'computer',
        'phone',
      ]),
    )
    .addOption(new Option('--split <what>', 'what goes through the tunnel').choices(['full', 'calls']).default('full'))
    .option('--json', 'print the profile as JSON')
    .action(async (flags: Flags) => finish(await generate(session, flags)));
}

async function generate(session: Session, flags: Flags): Promise<ExitCode> {
  if (flags.split === 'calls') throw notInThisVersion('sawt generate --split calls');
  const { terminal } = session;
  const profile =
    flags.account === undefined ? await fromProfile(session, flags) : await fromAccount(session, flags, flags.account);
  terminal.progress('');
  if (flags.json) printJson(terminal, profile);
  else terminal.out(profileText(profile));
  if (flags.for === 'phone')
    terminal.err(`For the phone: sawt export ${profile.id} --format qr-png --out FILE. Do not connect with it here.`);
  return exitCodes.done;
}

function fromProfile({ call }: Session, { server, from }: Flags): Promise<ProfileSummary> {
  return call('servers.generate', { serverId: server, ...(from !== undefined && { fromProfile: from }) });
}

async function fromAccount(session: Session, flags: Flags, path: string): Promise<ProfileSummary> {
  const provider = await providerOfServer(session, flags.server);
  // Where a file is needed the app says so and how to get it; nothing is asked in vain.
  const account = provider.registers ? await readAccount(session, path, provider) : '-';
  session.terminal.progress(`Asking ${provider.name} for a key ...`);
  return session.call('accounts.register', { serverId: flags.server, account, purpose: flags.for ?? 'computer' });
}
