import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { OwnServerKit } from '../../api/schema.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { columns, printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { conclusionWords, kitText, ownServerCheckText } from '../text/own-server-text.ts';

interface WriteFlags {
  out?: string;
  force?: true;
  json?: true;
}

type AddFlags = WriteFlags & Pick<NewFlags, 'peers' | 'split'>;

interface NewFlags extends WriteFlags {
  endpoint: string;
  port?: number;
  openvpnPort?: number;
  protocol: 'wireguard' | 'openvpn' | 'both';
  split: 'full' | 'calls';
  peers: number;
}

const protocols = ['wireguard', 'openvpn', 'both'] as const;

export function addOwnServer(program: Command, session: Session, finish: Finish): void {
  const group = program.command('own-server').description('a VPN server of your own, on a rented Linux server');
  const splitting = (): Option =>
    new Option('--split <what>', 'what goes through the tunnel').choices(['full', 'calls']).default('full');
  const writes = (command: Command): Command =>
    command
      .option('--out <folder>', 'where to write; default: sawt-server-HOST here')
      .option('--force', 'replace files that exist')
      .option('--json', 'print what was made as JSON');

  writes(
    group
      .command('new')
      .description('make one script that sets up a fresh Debian or Ubuntu server, and the files of its people')
      .requiredOption('--endpoint <host>', 'address or name of the server')
      .option('--port <port>', 'UDP port of WireGuard (TCP port of OpenVPN, where it is alone)', number(1, 65535))
      .option('--openvpn-port <port>', 'TCP port of OpenVPN; default 443', number(1, 65535))
      .addOption(new Option('--protocol <name>', 'what it speaks').choices(protocols).default('both'))
      .addOption(splitting())
      .option('--peers <n>', 'how many people (one for each device)', number(1, 50), 1),
  ).action(async (flags: NewFlags) => finish(await make(session, flags)));

  writes(
    group
      .command('add')
      .description('write files for more people, and the script that lets them in')
      .argument('<id>')
      .addOption(splitting())
      .option('--peers <n>', 'how many', number(1, 50), 1),
  ).action(async (id: string, flags: AddFlags) => finish(await add(session, id, flags)));

  writes(
    group
      .command('revoke')
      .description('write the script that lets some people in no more')
      .argument('<id>')
      .argument('<person...>', 'their numbers', numbers),
  ).action(async (id: string, people: number[], flags: WriteFlags) => finish(await revoke(session, id, people, flags)));

  group
    .command('check')
    .description(
      'try from this network whether a server can be reached, before and after it is set up; sends a few packets',
    )
    .argument('<server>', 'an id of "sawt own-server list", or an address or name')
    .option('--port <port>', 'UDP port to try at a server that is not set up yet', number(1, 65535))
    .option('--json', 'print the result as JSON')
    .action(async (server: string, flags: WriteFlags & { port?: number }) =>
      finish(await check(session, server, flags)),
    );
  group
    .command('list', { isDefault: true })
    .description('list the servers that were made here')
    .option('--json', 'print them as JSON')
    .action(async (flags: WriteFlags) => finish(await list(session, flags)));
  group
    .command('remove')
    .description('forget a server here; the server itself is not touched')
    .argument('<id>')
    .option('--json', 'print what was removed as JSON')
    .action(async (id: string, flags: WriteFlags) => finish(await remove(session, id, flags)));
}

async function make({ terminal, call }: Session, flags: NewFlags): Promise<ExitCode> {
  const { endpoint, port, openvpnPort, protocol, split, peers } = flags;
  const kit = await call('ownServer.create', {
    ...{ endpoint, protocol, split, people: peers },
    ...(port !== undefined && { port }),
    ...(openvpnPort !== undefined && { openvpnPort }),
    ...placeOf(flags, endpoint),
  });
  return tell({ terminal }, kit, flags);
}

async function add({ terminal, call }: Session, id: string, flags: AddFlags): Promise<ExitCode> {
  const { endpoint } = await find(call, id);
  return tell(
    { terminal },
    await call('ownServer.add', { id, people: flags.peers, split: flags.split, ...placeOf(flags, endpoint) }),
    flags,
  );
}

async function revoke({ terminal, call }: Session, id: string, people: number[], flags: WriteFlags): Promise<ExitCode> {
  const { endpoint } = await find(call, id);
  return tell({ terminal }, await call('ownServer.revoke', { id, people, ...placeOf(flags, endpoint) }), flags);
}

/** For its name; that it is not there is said by the call that follows. */
async function find(call: Session['call'], id: string): Promise<{ endpoint: string }> {
  return (await call('ownServer.list', {})).find((server) => server.id === id) ?? { endpoint: 'unknown' };
}

function placeOf({ out, force }: WriteFlags, endpoint: string): { folder: string; force: boolean } {
  const folder = resolve(out ?? `sawt-server-${endpoint.replaceAll(/[^A-Za-z0-9.-]/g, '-')}`);
  return { folder, force: force ?? false };
}

function tell({ terminal }: Pick<Session, 'terminal'>, kit: OwnServerKit, { json }: WriteFlags): ExitCode {
  if (json) printJson(terminal, kit);
  else terminal.out(kitText(kit));
  return exitCodes.done;
}

async function list({ terminal, call }: Session, { json }: WriteFlags): Promise<ExitCode> {
  const servers = await call('ownServer.list', {});
  if (json) printJson(terminal, servers);
  else if (servers.length === 0) terminal.err('There is none yet. "sawt own-server new --endpoint HOST" makes one.');
  else
    terminal.out(
      columns(
        servers.map(({ id, endpoint, protocols: kinds, people }) => [
          id,
          endpoint,
          kinds.join(', '),
          people.map(({ number: n, revoked }) => (revoked ? `(${n} revoked)` : String(n))).join(' '),
        ]),
      ),
    );
  return exitCodes.done;
}

async function check(
  { terminal, call }: Session,
  server: string,
  { json, port }: WriteFlags & { port?: number },
): Promise<ExitCode> {
  terminal.progress('Asking the server ...');
  const found = await call('ownServer.check', { server, ...(port !== undefined && { port }) });
  if (json) printJson(terminal, found);
  else terminal.out(ownServerCheckText(found));
  const good = found.conclusion === 'ready' || found.conclusion === 'reachable';
  if (!good) terminal.err(`sawt: ${conclusionWords[found.conclusion]}`);
  return found.conclusion === 'name-not-found' || found.conclusion === 'silent' || found.conclusion === 'not-set-up'
    ? exitCodes.failed
    : exitCodes.done;
}

async function remove({ terminal, call }: Session, id: string, { json }: WriteFlags): Promise<ExitCode> {
  await call('ownServer.remove', { id });
  if (json) printJson(terminal, { removed: id });
  else terminal.err(`${id} was forgotten here. On the server itself, "sh server.sh uninstall" takes it away.`);
  return exitCodes.done;
}

function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`write a number from ${least} to ${most}.`);
  };
}

function numbers(text: string, before: number[] | undefined): number[] {
  return [...(before ?? []), number(1, 200)(text)];
}
