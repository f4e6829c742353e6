import { Option, type Command } from 'commander';
import { ApiError } from '../../api/errors.ts';
import type { ProfileSummary } from '../../api/schema.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { profileText } from '../text/profile-text.ts';
import { notInThisVersion } from './later.ts';

interface Flags {
  server?: string;
  from?: string;
  account?: string;
  split: 'full' | 'calls';
  services?: string;
  json?: true;
}

export function addGenerate(program: Command, session: Session, finish: Finish): void {
  program
    .command('generate')
    .description('make a profile for a server of the list with the keys of an imported one, or one for calls only')
    .option('--server <id>', 'a server of "sawt servers list"; without it, the server of --from')
    .option('--from <profile>', 'the imported profile of the same provider whose keys are used')
    .option('--account <account>', 'not in this version')
    .addOption(new Option('--split <what>', 'what goes through the tunnel').choices(['full', 'calls']).default('full'))
    .option('--services <ids>', 'with --split calls: only these, for example whatsapp,telegram')
    .option('--json', 'print the profile as JSON')
    .action(async (flags: Flags) => finish(await generate(session, flags)));
}

async function generate(session: Session, flags: Flags): Promise<ExitCode> {
  if (flags.account !== undefined) throw notInThisVersion('sawt generate --account');
  const { terminal } = session;
  const profile = flags.split === 'calls' ? await callsOnly(session, flags) : await ofServer(session, flags);
  if (flags.json) printJson(terminal, profile);
  else terminal.out(profileText(profile));
  return exitCodes.done;
}

async function ofServer({ call }: Session, { server, from }: Flags): Promise<ProfileSummary> {
  if (server === undefined) throw wrong('Name a server with --server, or a profile with --from and --split calls.');
  return await call('servers.generate', { serverId: server, ...(from !== undefined && { fromProfile: from }) });
}

async function callsOnly(session: Session, flags: Flags): Promise<ProfileSummary> {
  const { call, terminal } = session;
  const { server, from, services } = flags;
  const id = server === undefined ? from : (await ofServer(session, flags)).id;
  if (id === undefined) throw wrong('Name a profile with --from, or a server with --server.');
  const { profile, inside, without, asOf } = await call('profiles.split', {
    id,
    // The profile of another server was made only for this; an imported one stays as it is.
    replace: server !== undefined,
    ...(services !== undefined && { services: services.split(',') }),
  });
  terminal.err(`Through the tunnel: ${inside.join(', ')} (addresses as of ${asOf ?? 'no date'}), and all look-ups.`);
  if (without.length > 0) terminal.err(`Outside, because they publish no addresses: ${without.join(', ')}.`);
  terminal.err('Calls that go straight to the other person stay outside too. If calls fail, use the whole tunnel.');
  return profile;
}

function wrong(message: string): ApiError {
  return new ApiError({ code: 'bad-request', message });
}
