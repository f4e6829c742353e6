import { Option, type Command } from 'commander';
import { ApiError } from '../../api/errors.ts';
import type { AccountProviderView, ProfileSummary } from '../../api/schema.ts';
import { providerOfServer, readAccount } from '../account-text.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { profileText } from '../text/profile-text.ts';

type Protocol = ProfileSummary['kind'];

interface Flags {
  server?: string;
  from?: string;
  account?: string;
  for?: 'computer' | 'phone';
  protocol?: Protocol;
  acceptStrangers?: true;
  split: 'full' | 'calls';
  services?: string;
  json?: true;
}

export function addGenerate(program: Command, session: Session, finish: Finish): void {
  program
    .command('generate')
    .description('make a profile for a server, with an imported profile or an account, or a profile for calls only')
    .option('--server <id>', 'a server of "sawt servers list" or "sawt accounts places"; without it, that of --from')
    .option('--from <profile>', 'the imported profile of the same provider whose keys are used')
    .option(
      '--account <file>',
      'register a new key with the account in this file (number or token on one line, or user name and password on two); - asks, or reads standard input. For OpenVPN: the user name and the password, which stay in the profile',
    )
    .addOption(
      new Option('--protocol <which>', 'without it: that of --from, else WireGuard where there is a choice').choices([
        'wireguard',
        'openvpn',
      ]),
    )
    .option(
      '--accept-strangers',
      'take a server that is the computer of a stranger (VPN Gate), who can see where you go',
    )
    .addOption(
      new Option('--for <device>', 'with --account: whose key it is; a phone gets one of its own').choices([
        'computer',
        'phone',
      ]),
    )
    .addOption(new Option('--split <what>', 'what goes through the tunnel').choices(['full', 'calls']).default('full'))
    .option('--services <ids>', 'with --split calls: only these, for example whatsapp,telegram')
    .option('--json', 'print the profile as JSON')
    .action(async (flags: Flags) => finish(await generate(session, flags)));
}

async function generate(session: Session, flags: Flags): Promise<ExitCode> {
  const { terminal } = session;
  const profile = flags.split === 'calls' ? await callsOnly(session, flags) : await ofServer(session, flags);
  terminal.progress('');
  if (flags.json) printJson(terminal, profile);
  else terminal.out(profileText(profile));
  if (flags.for === 'phone')
    terminal.err(`For the phone: sawt export ${profile.id} --format qr-png --out FILE. Do not connect with it here.`);
  return exitCodes.done;
}

async function ofServer(session: Session, { server, ...flags }: Flags): Promise<ProfileSummary> {
  if (server === undefined) throw wrong('Name a server with --server, or a profile with --from and --split calls.');
  const { from, account, protocol } = flags;
  if (account !== undefined && from !== undefined && protocol !== 'openvpn')
    throw wrong('It is either --account or --from, except with --protocol openvpn.');
  if ((await protocolOf(session, server, flags)) === 'openvpn') return await openVpn(session, { ...flags, server });
  if (account !== undefined) return await fromAccount(session, { ...flags, server, account });
  return await session.call('servers.generate', {
    serverId: server,
    ...(from !== undefined && { fromProfile: from }),
  });
}

async function fromAccount(
  session: Session,
  flags: Flags & { server: string; account: string },
): Promise<ProfileSummary> {
  const provider = await providerOfServer(session, flags.server);
  // Where a file is needed the app says so and how to get it; nothing is asked in vain.
  const account = provider.registers ? await readAccount(session, flags.account, provider) : '-';
  session.terminal.progress(`Asking ${provider.name} for a key ...`);
  return session.call('accounts.register', { serverId: flags.server, account, purpose: flags.for ?? 'computer' });
}

/** What was asked for; else that of the profile to start from; else OpenVPN where a provider has only that. */
async function protocolOf(session: Session, server: string, { protocol, from }: Flags): Promise<Protocol> {
  if (protocol !== undefined) return protocol;
  if (from !== undefined)
    return (await session.call('profiles.list', {})).find(({ id }) => id === from)?.kind ?? 'wireguard';
  const provider = await providerOfServer(session, server).catch(() => null);
  return provider?.openvpn?.free === true ? 'openvpn' : 'wireguard';
}

async function openVpn(session: Session, flags: Flags & { server: string }): Promise<ProfileSummary> {
  const { server, from, account, acceptStrangers } = flags;
  if (flags.for === 'phone') throw wrong('With OpenVPN the phone uses the same profile: export it, without --for.');
  const provider = await providerOfServer(session, server);
  const login = account === undefined ? undefined : await readAccount(session, account, asLogin(provider));
  session.terminal.progress(`Asking ${provider.name} ...`);
  return session.call('accounts.openVpn', {
    serverId: server,
    ...(from !== undefined && { fromProfile: from }),
    ...(login !== undefined && { account: login }),
    ...(acceptStrangers && { acceptStrangers }),
  });
}

/** OpenVPN asks for a name and a password, whatever is typed for a key of WireGuard. */
const asLogin = (provider: AccountProviderView): AccountProviderView => ({ ...provider, asks: 'login' });

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
