import type { Command } from 'commander';
import { ApiError } from '../../api/errors.ts';
import type { AccountProviderView } from '../../api/schema.ts';
import { readAccount } from '../account-text.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { columns, printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';

interface Flags {
  json?: true;
  account?: string;
}

export function addAccounts(program: Command, session: Session, finish: Finish): void {
  const accounts = program
    .command('accounts')
    .description('the keys that were registered with providers from here, and what providers need');
  accounts
    .command('list', { isDefault: true })
    .description('keys that were registered from here')
    .option('--json', 'print JSON')
    .action(async (flags: Flags) => finish(await list(session, flags)));
  accounts
    .command('providers')
    .description('which providers a key can be had from with an account, and how to get a file from the others')
    .option('--json', 'print JSON')
    .action(async (flags: Flags) => finish(await providers(session, flags)));
  accounts
    .command('places')
    .description("servers of a provider whose list is its own; asks the provider's site")
    .argument('<provider>')
    .option('--json', 'print JSON')
    .action(async (id: string, flags: Flags) => finish(await places(session, id, flags)));
  accounts
    .command('remove')
    .description('give a key back to its provider, and forget it here')
    .argument('<id>', 'of "sawt accounts list"')
    .option('--account <file>', 'the account, where the provider wants it for this; as in "sawt generate"')
    .action(async (id: string, flags: Flags) => finish(await remove(session, id, flags)));
}

async function list({ terminal, call }: Session, { json }: Flags): Promise<ExitCode> {
  const devices = await call('accounts.devices', {});
  if (json) printJson(terminal, devices);
  else if (devices.length === 0) terminal.err('No key was registered from here.');
  else
    terminal.out(
      columns(
        devices.map(({ id, provider, purpose, profile, createdAt, expiresAt }) => [
          id,
          provider,
          purpose,
          profile,
          `since ${createdAt.slice(0, 10)}${expiresAt === null ? '' : `, until ${expiresAt.slice(0, 10)}`}`,
        ]),
      ),
    );
  return exitCodes.done;
}

const asked = { number: 'account number', login: 'user name and password', token: 'access token' } as const;

async function providers({ terminal, call }: Session, { json }: Flags): Promise<ExitCode> {
  const all = await call('accounts.providers', {});
  if (json) printJson(terminal, all);
  else terminal.out(columns(all.map((provider) => [provider.id, provider.name, wants(provider), ownWay(provider)])));
  return exitCodes.done;
}

/** What is typed for a key, and what for OpenVPN. */
function wants({ asks, openvpn }: AccountProviderView): string {
  if (openvpn?.free) return openvpn.strangers ? 'no account; servers are strangers’' : 'no account';
  const key = asks === null ? 'file' : asked[asks];
  if (openvpn === null) return key;
  const login = [openvpn.asks === null ? [] : 'user name and password', openvpn.needsFile ? 'file' : []].flat();
  return `${key}; OpenVPN: ${login.join(' and ')}`;
}

const ownWay = ({ file, openvpn }: AccountProviderView): string => (openvpn?.free ? openvpn.file : file);

async function places({ terminal, call }: Session, provider: string, { json }: Flags): Promise<ExitCode> {
  const servers = await call('accounts.places', { provider });
  if (json) printJson(terminal, servers);
  else if (servers.length === 0) terminal.err('Its servers are in the list that comes with Sawt: "sawt servers list".');
  else terminal.out(columns(servers.map(({ id, country, city }) => [id, country, city])));
  return exitCodes.done;
}

async function remove(session: Session, id: string, { account }: Flags): Promise<ExitCode> {
  const { terminal, call } = session;
  const provider = await providerOfDevice(session, id);
  const text = account === undefined ? undefined : await readAccount(session, account, provider);
  await call('accounts.giveBack', { id, ...(text !== undefined && { account: text }) });
  terminal.err(
    provider.giveBack === 'site'
      ? `Forgotten here. ${provider.name} takes keys back on its site only: ${provider.website}`
      : `${provider.name} has taken the key back; the profile made with it no longer works.`,
  );
  return exitCodes.done;
}

async function providerOfDevice({ call }: Session, id: string): Promise<AccountProviderView> {
  const device = (await call('accounts.devices', {})).find((other) => other.id === id);
  const provider = (await call('accounts.providers', {})).find((other) => other.id === device?.provider);
  if (provider) return provider;
  throw new ApiError({ code: 'not-found', message: 'There is no such key. "sawt accounts list" shows the ids.' });
}
