import type { Command } from 'commander';
import type { Doctor } from '../../api/schema.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { columns, printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';

interface Flags {
  json?: true;
}

export function addDoctor(program: Command, session: Session, finish: Finish): void {
  program
    .command('doctor')
    .description('say which tools, back-ends and permissions this computer has')
    .option('--json', 'print it as JSON')
    .action(async (flags: Flags) => finish(await doctor(session, flags)));
}

async function doctor({ terminal, call }: Session, flags: Flags): Promise<ExitCode> {
  const result = await call('doctor.run', {});
  if (flags.json) printJson(terminal, result);
  else terminal.out(doctorText(result));
  return exitCodes.done;
}

function doctorText({ system, tools, backends, permission, leftovers }: Doctor): string {
  const toolRows = tools.map(({ name, version, path, neededFor, install }) => [
    name,
    path === null ? 'missing' : (version ?? 'present'),
    path === null && install !== null ? `needed for ${neededFor}; to install: ${install}` : `for ${neededFor}`,
  ]);
  const backendRows = backends.map(({ name, usable, reason }) => [
    name,
    usable ? 'usable' : 'not usable',
    reason ?? '',
  ]);
  const permissionText =
    permission === 'root'
      ? 'Connecting is allowed: Sawt runs as root.'
      : 'Checking works. Connecting needs root in this version: run the same command with sudo.';
  return [
    system,
    '',
    columns(toolRows),
    '',
    'Ways to connect:',
    columns(backendRows),
    '',
    permissionText,
    ...(leftovers ? ['A crash left something behind: "sawt repair" puts the network back.'] : []),
  ].join('\n');
}
