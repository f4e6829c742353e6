import type { Command } from 'commander';
import { ApiError } from '../../api/errors.ts';
import type { Report, ServiceReport } from '../../api/schema.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { explainedJson, explanationText } from '../text/explanation-text.ts';

interface Flags {
  json?: true;
}

export function addExplain(program: Command, session: Session, finish: Finish): void {
  program
    .command('explain')
    .description('say why the last check of this network came out as it did, and what would change that')
    .argument('[service]', 'only this service, for example telegram; otherwise everything that does not simply work')
    .option('--json', 'print the explanation as one JSON document')
    .action(async (service: string | undefined, flags: Flags) => finish(await explain(session, service, flags)));
}

async function explain(session: Session, id: string | undefined, flags: Flags): Promise<ExitCode> {
  const report = await session.call('check.last', {});
  if (!report) {
    throw new ApiError({ code: 'not-found', message: 'This network was not checked yet. Run "sawt check" first.' });
  }
  const services = id === undefined ? report.services : [serviceOf(report, id)];
  const { terminal } = session;
  if (flags.json) printJson(terminal, explainedJson(report, services));
  else terminal.out(explanationText(report, services, id === undefined ? 'odd' : 'all', terminal.paint));
  return exitCodes.done;
}

function serviceOf({ services }: Report, id: string): ServiceReport {
  const found = services.find((service) => service.id === id);
  if (found) return found;
  throw new ApiError({
    code: 'bad-request',
    message: `The last check did not look at ${id}. It looked at: ${services.map((service) => service.id).join(', ')}.`,
    details: { what: 'service', field: id },
  });
}
