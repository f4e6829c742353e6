import { InvalidArgumentError, type Command } from 'commander';
import type { Server, ServersView } from '../../api/schema.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { columns, printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { probeText } from '../text/probe-text.ts';
import { addLists } from './lists.ts';

interface ListFlags {
  json?: true;
  near?: string;
}

interface ProbeFlags extends ListFlags {
  profile?: string;
}

export function addServers(program: Command, session: Session, finish: Finish): void {
  const servers = program.command('servers').description('the signed list of servers');
  servers
    .command('list', { isDefault: true })
    .description('list the servers')
    .option('--json', 'print the list as JSON')
    .option('--near <country>', 'nearest first, seen from this country (two letters, for example MA)', country)
    .action(async (flags: ListFlags) => finish(await list(session, flags)));
  servers
    .command('probe')
    .description('try which servers of your profiles, and which others their keys open, answer best; needs no root')
    .option('--json', 'print the results as JSON, best first')
    .option('--near <country>', 'prefer servers near this country (two letters, for example MA)', country)
    .option('--profile <id>', 'only with this profile')
    .action(async (flags: ProbeFlags) => finish(await probe(session, flags)));
  addLists(servers, session, finish);
}

async function probe({ terminal, call }: Session, { json, near, profile }: ProbeFlags): Promise<ExitCode> {
  terminal.progress('Asking the servers ...');
  const found = await call('servers.probe', {
    ...(near !== undefined && { near }),
    ...(profile !== undefined && { profile }),
  });
  if (json) printJson(terminal, found);
  else terminal.out(probeText(found.results));
  if (found.results.some(({ standing }) => standing === 'usable')) return exitCodes.done;
  terminal.err('sawt: no server answered. Try another network, another kind of profile, or "sawt check".');
  return exitCodes.failed;
}

async function list({ terminal, call }: Session, flags: ListFlags): Promise<ExitCode> {
  const view = await call('servers.list', { ...(flags.near !== undefined && { near: flags.near }) });
  if (flags.json) printJson(terminal, view);
  else terminal.out(listText(view));
  if (view.developmentKey) terminal.err('The list is signed with the development key: not for a release.');
  if (view.expired) terminal.err(`The list expired on ${view.expiresAt.slice(0, 10)}; some servers may have moved.`);
  return exitCodes.done;
}

function listText({ providers, servers }: ServersView): string {
  const names = new Map(providers.map(({ id, name }) => [id, name]));
  const row = (server: Server): string[] => [
    server.id,
    names.get(server.provider) ?? server.provider,
    server.country,
    server.city,
    [server.wireguard && 'WireGuard', server.openvpn && 'OpenVPN'].filter(Boolean).join(', '),
  ];
  return columns([['Server', 'Provider', 'Country', 'City', 'Kinds'], ...servers.map(row)]);
}

function country(text: string): string {
  if (!/^[A-Za-z]{2}$/.test(text)) throw new InvalidArgumentError('Write a country as two letters, for example MA.');
  return text.toUpperCase();
}
