import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readInputFile } from '../files.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { relayText } from '../text/relay-text.ts';

interface Flags {
  json?: true;
}

export function addRelay(program: Command, session: Session, finish: Finish): void {
  const group = program.command('relay').description('the relay by which "sawt check --depth full" rehearses a call');
  group
    .command('set')
    .description('keep a relay: relay.json of "sawt own-server new", or the RTCIceServer of whoever lends one')
    .argument('<file>', 'a JSON file, or - for standard input')
    .option('--json', 'print what is kept as JSON, without the password')
    .action(async (file: string, flags: Flags) => finish(await set(session, file, flags)));
  group
    .command('show', { isDefault: true })
    .description('show the relay that is kept, without its password')
    .option('--json', 'print it as JSON; null when there is none')
    .action(async (flags: Flags) => finish(await show(session, flags)));
  group
    .command('remove')
    .description('forget the relay here')
    .action(async () => finish(await remove(session)));
}

async function set(session: Session, file: string, { json }: Flags): Promise<ExitCode> {
  const { terminal, call } = session;
  const relay = await call('relay.set', { text: await readRelay(session, file) });
  if (json) printJson(terminal, relay);
  else terminal.out(relayText(relay));
  return exitCodes.done;
}

/** The text of a relay's file, or of standard input for `-`. */
export async function readRelay({ terminal }: Session, file: string): Promise<string> {
  const { bytes } = await readInputFile(file, terminal);
  return new TextDecoder().decode(bytes);
}

async function show({ terminal, call }: Session, { json }: Flags): Promise<ExitCode> {
  const relay = await call('relay.show', {});
  if (json) printJson(terminal, relay);
  else if (relay) terminal.out(relayText(relay));
  else terminal.err('No relay is kept. "sawt own-server new" makes one; "sawt relay set FILE" keeps it.');
  return exitCodes.done;
}

async function remove({ terminal, call }: Session): Promise<ExitCode> {
  await call('relay.remove', {});
  terminal.err('The relay is forgotten here; the relay itself was not touched.');
  return exitCodes.done;
}
