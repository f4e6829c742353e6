import { InvalidArgumentError, type Command } from 'commander';
import { ApiError } from '../../api/errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { writePrivateFile } from '../files.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { historyText, localTime, networkName, throughText } from '../text/history-text.ts';
import { comparisonText, reportText } from '../text/report-text.ts';

interface ListFlags {
  json?: true;
  export?: 'ooni';
  network?: string;
  force?: true;
}

export function addHistory(program: Command, session: Session, finish: Finish): void {
  const history = program.command('history').description('earlier checks, by network; they stay on this computer');
  history
    .command('list', { isDefault: true })
    .description('list the networks and the checks made in them, or export the checks')
    .argument('[file]', 'where to export to; readable by you only')
    .option('--json', 'print them as JSON')
    .option(
      '--export <format>',
      "write the checks made without a VPN in OONI's format, without addresses of yours",
      format,
    )
    .option('--network <id>', 'export only this network')
    .option('--force', 'replace the file when it exists')
    .action(async (file: string | undefined, flags: ListFlags) =>
      finish(await (flags.export === undefined ? list(session, file, flags) : exportAll(session, file, flags))),
    );
  history
    .command('show')
    .description('show one check')
    .argument('<id>')
    .option('--json', 'print its report as JSON')
    .action(async (id: string, flags: { json?: true }) => finish(await show(session, id, flags)));
  history
    .command('compare')
    .description('compare two checks: of two networks, of two days, with a VPN and without')
    .argument('<before>')
    .argument('<after>')
    .option('--json', 'print both reports and what changed as JSON')
    .action(async (before: string, after: string, flags: { json?: true }) =>
      finish(await compare(session, before, after, flags)),
    );
  history
    .command('rename')
    .description('give a network a name of your own; without a name it gets its number back')
    .argument('<network>')
    .argument('[name]')
    .option('--json', 'print the network as JSON')
    .action(async (network: string, name: string | undefined, flags: { json?: true }) =>
      finish(await rename(session, network, name, flags)),
    );
  history
    .command('clear')
    .description('forget all checks, or those of one network; this cannot be undone')
    .option('--network <id>', 'forget only this network')
    .option('--json', 'print how many were removed as JSON')
    .action(async (flags: ListFlags) => finish(await clear(session, flags)));
}

async function list({ terminal, call }: Session, file: string | undefined, { json }: ListFlags): Promise<ExitCode> {
  if (file !== undefined)
    throw new ApiError({ code: 'bad-request', message: 'There is no such command. "sawt history --help" lists them.' });
  const listed = await call('history.list', {});
  if (json) printJson(terminal, listed);
  else if (listed.entries.length === 0) terminal.err('Nothing was checked yet. "sawt check" does it.');
  else terminal.out(historyText(listed, terminal.paint));
  return exitCodes.done;
}

async function exportAll(session: Session, file: string | undefined, flags: ListFlags): Promise<ExitCode> {
  const { terminal, call } = session;
  if (file === undefined)
    throw new ApiError({ code: 'bad-request', message: 'Name the file to write to: sawt history --export ooni FILE.' });
  const { text, ...counts } = await call('history.export', {
    format: 'ooni',
    ...(flags.network !== undefined && { network: flags.network }),
  });
  if (counts.measurements === 0)
    throw new ApiError({ code: 'not-found', message: 'There is no check without a VPN to export. Run "sawt check".' });
  await writePrivateFile(file, text, flags.force ?? false);
  if (flags.json) printJson(terminal, { file, ...counts });
  const left = counts.leftOut === 0 ? '' : ` ${counts.leftOut} made through a VPN were left out.`;
  terminal.err(`${counts.measurements} written to ${file}, one a line, without addresses of yours.${left}`);
  return exitCodes.done;
}

async function show({ terminal, call }: Session, id: string, { json }: { json?: true }): Promise<ExitCode> {
  const { entry, report } = await call('history.show', { id });
  if (json) printJson(terminal, report);
  else
    terminal.out(
      `${[localTime(entry.startedAt), throughText(entry)].join(' ').trim()}\n\n${reportText(report, terminal.paint)}`,
    );
  return exitCodes.done;
}

async function compare(
  { terminal, call }: Session,
  before: string,
  after: string,
  { json }: { json?: true },
): Promise<ExitCode> {
  const comparison = await call('history.compare', { before, after });
  if (json) printJson(terminal, comparison);
  else terminal.out(comparisonText(comparison, terminal.paint));
  return exitCodes.done;
}

async function rename(
  { terminal, call }: Session,
  network: string,
  name: string | undefined,
  { json }: { json?: true },
): Promise<ExitCode> {
  const renamed = await call('history.rename', { network, name: name ?? null });
  if (json) printJson(terminal, renamed);
  else terminal.err(`${network} is now called ${networkName(renamed)}.`);
  return exitCodes.done;
}

async function clear({ terminal, call }: Session, { network, json }: ListFlags): Promise<ExitCode> {
  const { removed } = await call('history.clear', { ...(network !== undefined && { network }) });
  if (json) printJson(terminal, { removed });
  else terminal.err(removed === 1 ? 'One check was forgotten.' : `${removed} checks were forgotten.`);
  return exitCodes.done;
}

function format(text: string): 'ooni' {
  if (text !== 'ooni') throw new InvalidArgumentError('There is one format: ooni.');
  return text;
}
