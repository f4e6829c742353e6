import { InvalidArgumentError, Option, type Command } from 'commander';
import { ApiError } from '../../api/errors.ts';
import type { CheckEvent, Report } from '../../api/schema.ts';
import { exitCodeOfReport, type ExitCode } from '../exit-codes.ts';
import { printJson, printJsonLine } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { reportHints, reportText } from '../text/report-text.ts';
import { signatureWarning } from '../text/signature-text.ts';
import { readRelay } from './relay.ts';

interface Flags {
  json?: true;
  ndjson?: true;
  service?: string[];
  depth: 'quick' | 'full';
  relay?: string;
  timeout?: number;
  reveal?: true;
  signatures?: string;
}

/** Of a check and a re-check. */
export const exitCodeHelp = `
Exit code: 0 everything that could be judged works; 10 something is blocked or hindered; 20 nothing could be judged.`;

export function addCheck(program: Command, session: Session, finish: Finish): void {
  program
    .command('check')
    .description('check which services this network blocks, messages and calls apart')
    .addOption(new Option('--json', 'print the report as one JSON document').conflicts('ndjson'))
    .option('--ndjson', 'print one JSON event a line while the check goes on, the report last')
    .option('--service <ids>', 'only these services, for example whatsapp,signal', serviceIds)
    .addOption(new Option('--depth <depth>', 'how much to look at').choices(['quick', 'full']).default('quick'))
    .option('--relay <file>', 'rehearse a call by this relay, once (- for standard input); needs --depth full')
    .option('--timeout <seconds>', 'give up waiting after this time', seconds)
    .option(
      '--signatures <servers>',
      "also send packets that look like services' calls to servers of your own: HOST[:PORT|:FIRST-LAST],...",
    )
    .option('--reveal', 'show your own address in the report')
    .addHelpText('after', exitCodeHelp)
    .action(async (flags: Flags) => finish(await check(session, flags)));
}

async function check(session: Session, flags: Flags): Promise<ExitCode> {
  const { terminal } = session;
  if (flags.signatures !== undefined) terminal.err(signatureWarning);
  const relay = await relayOf(session, flags);
  const stop = await session.on('check', (event) => {
    if (flags.ndjson && event.kind !== 'report') printJsonLine(terminal, event);
    if (!flags.ndjson) showProgress(session, event);
  });
  const report = await session
    .call('check.run', {
      depth: flags.depth,
      reveal: flags.reveal ?? false,
      ...relay,
      ...(flags.service && { services: flags.service }),
      ...(flags.signatures !== undefined && { signatures: flags.signatures }),
      ...(flags.timeout !== undefined && { timeoutMs: flags.timeout * 1000 }),
    })
    .finally(stop);
  print(session, flags, report);
  return exitCodeOfReport(report);
}

/** Without any relay a full check goes on as a quick one, and says how to get one. */
async function relayOf(session: Session, { depth, relay: file }: Flags): Promise<{ relay?: string }> {
  if (file !== undefined && depth !== 'full')
    throw new ApiError({ code: 'bad-request', message: 'A call is rehearsed by a relay only with --depth full.' });
  if (file !== undefined) return { relay: await readRelay(session, file) };
  if (depth === 'full' && (await session.call('relay.show', {})) === null)
    session.terminal.err(
      'No call is rehearsed, because that needs a relay of your own: "sawt own-server new" makes one, "sawt relay set FILE" takes any other; looking at what --depth quick does.',
    );
  return {};
}

function print({ terminal }: Session, flags: Flags, report: Report): void {
  if (flags.ndjson) printJsonLine(terminal, { kind: 'report', report } satisfies CheckEvent);
  else if (flags.json) printJson(terminal, report);
  else {
    terminal.out(reportText(report, terminal.paint));
    const hints = reportHints(report);
    if (hints.length > 0) terminal.err(['', ...hints].join('\n'));
  }
}

/** The progress line of a check; also used by a re-check. */
export function showProgress({ terminal }: Session, event: CheckEvent): void {
  if (event.kind === 'progress') terminal.progress(`Checking ... ${event.done} of ${event.planned}`);
}

/** `a,b` to its ids. */
export function serviceIds(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.some((id) => !/^[a-z0-9_]{1,64}$/.test(id)))
    throw new InvalidArgumentError('Write ids like whatsapp,signal with commas between them.');
  return ids;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value < 0.5 || value > 120)
    throw new InvalidArgumentError('Write a number of seconds from 0.5 to 120.');
  return value;
}
