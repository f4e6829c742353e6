import { Option, type Command } from 'commander';
import { ApiError } from '../../api/errors.ts';
import type { ChoosingEvent, Connection } from '../../api/schema.ts';
import { connectWithCredentials, type CredentialFlags, type Credentials } from '../credentials.ts';
import { exitCodeOfConnect, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { connectionText } from '../text/connection-text.ts';
import { whyText } from '../text/probe-text.ts';
import { comparisonText } from '../text/report-text.ts';
import { stageWords } from '../text/words.ts';

interface Flags extends CredentialFlags {
  best?: true;
  json?: true;
  killSwitch?: true;
  backend?: string;
  recheck: boolean;
}

const cancelled = { code: 'cancelled', message: 'Cancelled. The network is as it was before.' } as const;

export function addConnect(program: Command, session: Session, finish: Finish): void {
  program
    .command('connect')
    .description('connect through a profile and check again what was blocked')
    .argument('[id]', 'a profile of "sawt profiles"; may be left out when there is only one')
    .option('--best', 'try the servers of all profiles first and take the one that answers best')
    .option('--json', 'print the connection as JSON')
    .option('--kill-switch', 'hold all traffic back when the tunnel fails, until you disconnect')
    .option('--backend <name>', 'which program carries the tunnel (see "sawt doctor")')
    .option('--no-recheck', 'do not check again after connecting')
    .addOption(
      new Option(
        '--credentials <file>',
        'user name and password on two lines, for a server that wants them; - asks, or reads standard input',
      ).conflicts('best'),
    )
    .option('--remember', 'keep user name and password with the profile, readable by you only, once they were accepted')
    .action(async (id: string | undefined, flags: Flags) => finish(await connect(session, id, flags)));
}

async function connect(session: Session, id: string | undefined, flags: Flags): Promise<ExitCode> {
  const { terminal } = session;
  if (flags.best && id !== undefined)
    throw new ApiError({ code: 'bad-request', message: 'Name a profile or use --best, not both.' });
  const chosen = flags.best ? undefined : (id ?? (await onlyProfile(session)));
  const stops = [
    await session.on('tunnel', (connection) => showStage(session, connection)),
    await session.on('choosing', (event) => showChoice(session, event)),
    await session.on('probing', ({ done, planned }) =>
      terminal.progress(`Asking the servers ... ${done} of ${planned}`),
    ),
    await session.on('comparison', (comparison) => {
      if (!flags.json) terminal.err(comparisonText(comparison, terminal.paint));
    }),
  ];
  if (flags.best) terminal.progress('Asking the servers ...');
  const wishes = {
    killSwitch: flags.killSwitch ?? false,
    recheck: flags.recheck,
    ...(flags.backend !== undefined && { backend: flags.backend }),
  };
  const connectTo = (profile: string, credentials?: Credentials): Promise<Connection> =>
    session.call('tunnel.connect', { profile, ...wishes, ...(credentials && { credentials }) });
  const connecting = connectWithCredentials(
    session,
    flags,
    (given) => (chosen === undefined ? session.call('tunnel.connectBest', wishes) : connectTo(chosen, given)),
    connectTo,
  );
  const connection = await connecting.finally(() => stops.forEach((stop) => stop()));
  // Only Ctrl-C, or "sawt disconnect" elsewhere, ends a connect without a connection and without an error.
  const error = connection.state === 'disconnected' ? cancelled : connection.error;
  if (flags.json) printJson(terminal, { ...connection, error });
  else terminal.out(connectionText(connection));
  if (error) terminal.err(`sawt: ${error.message}`);
  return exitCodeOfConnect(connection);
}

function showStage({ terminal }: Session, { stage }: Connection): void {
  if (stage) terminal.progress(`Connecting: ${stageWords[stage]} ...`);
}

function showChoice({ terminal }: Session, event: ChoosingEvent): void {
  if (event.kind === 'ranked') return;
  const { name, endpoint } = event.server;
  if (event.kind === 'trying') terminal.err(`${name} ${endpoint}: ${whyText(event.server)}, of ${event.of} tried.`);
  else terminal.err(`${name}: ${event.error.message}`);
}

async function onlyProfile({ call }: Session): Promise<string> {
  const profiles = await call('profiles.list', {});
  const [first] = profiles;
  if (first && profiles.length === 1) return first.id;
  throw first
    ? new ApiError({
        code: 'bad-request',
        message: 'There are several profiles. Name one: "sawt profiles" lists them, "sawt connect ID" connects.',
      })
    : new ApiError({
        code: 'not-found',
        message: 'There is no profile yet. Bring one in with "sawt import FILE", then connect.',
      });
}
