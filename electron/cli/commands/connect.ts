import type { Command } from 'commander';
import { ApiError } from '../../api/errors.ts';
import type { Connection } from '../../api/schema.ts';
import { exitCodeOfConnect, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { connectionText } from '../text/connection-text.ts';
import { comparisonText } from '../text/report-text.ts';
import { stageWords } from '../text/words.ts';
import { connectToBest } from './connect-best.ts';

interface Flags {
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
    .action(async (id: string | undefined, flags: Flags) => finish(await connect(session, id, flags)));
}

async function connect(session: Session, id: string | undefined, flags: Flags): Promise<ExitCode> {
  const { terminal } = session;
  if (flags.best && id !== undefined)
    throw new ApiError({ code: 'bad-request', message: 'Name a profile or use --best, not both.' });
  const chosen = flags.best ? undefined : (id ?? (await onlyProfile(session)));
  const stops = [
    await session.on('tunnel', (connection) => showStage(session, connection)),
    await session.on('comparison', (comparison) => {
      if (!flags.json) terminal.err(comparisonText(comparison, terminal.paint));
    }),
  ];
  const connectTo = (profile: string): Promise<Connection> =>
    session.call('tunnel.connect', {
      profile,
      killSwitch: flags.killSwitch ?? false,
      recheck: flags.recheck,
      ...(flags.backend !== undefined && { backend: flags.backend }),
    });
  const connecting = chosen === undefined ? connectToBest(session, connectTo) : connectTo(chosen);
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
