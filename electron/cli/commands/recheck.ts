import type { Command } from 'commander';
import { exitCodeOfReport, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { comparisonText } from '../text/report-text.ts';
import { exitCodeHelp, serviceIds, showProgress } from './check.ts';

interface Flags {
  json?: true;
  service?: string[];
}

export function addRecheck(program: Command, session: Session, finish: Finish): void {
  program
    .command('recheck')
    .description('check again and compare with the last check on this network')
    .option('--json', 'print both reports and what changed as one JSON document')
    .option('--service <ids>', 'only these services, for example whatsapp,signal', serviceIds)
    .addHelpText('after', exitCodeHelp)
    .action(async (flags: Flags) => finish(await recheck(session, flags)));
}

async function recheck(session: Session, flags: Flags): Promise<ExitCode> {
  const stop = await session.on('check', (event) => showProgress(session, event));
  const comparison = await session
    .call('check.recheck', { ...(flags.service && { services: flags.service }) })
    .finally(stop);
  if (flags.json) printJson(session.terminal, comparison);
  else session.terminal.out(comparisonText(comparison, session.terminal.paint));
  return exitCodeOfReport(comparison.after);
}
