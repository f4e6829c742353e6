import type { Command } from 'commander';
import { ApiError } from '../../api/errors.ts';
import type { DocumentUpdate } from '../../api/schema.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readInputFile } from '../files.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { updateText } from '../text/update-text.ts';
import { addHandOn } from './hand-on.ts';

interface Flags {
  json?: true;
}

/** What `sawt servers` does with the signed documents themselves. */
export function addLists(servers: Command, session: Session, finish: Finish): void {
  servers
    .command('update')
    .description('ask the mirrors for a newer server list and catalogue; through the tunnel when one is up')
    .option('--json', 'print what became of each as JSON')
    .action(async (flags: Flags) => finish(await update(session, flags)));
  servers
    .command('verify')
    .description('verify a server list or a catalogue against the signature beside it (FILE.minisig)')
    .argument('<file>')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, flags: Flags) => finish(await verify(session, file, flags)));
  addHandOn(servers, session, finish);
}

async function update({ terminal, call }: Session, { json }: Flags): Promise<ExitCode> {
  terminal.progress('Asking the mirrors ...');
  const result = await call('servers.update', {});
  if (json) printJson(terminal, result);
  else terminal.out(result.documents.map(updateText).join('\n'));
  const code = exitCodeOfUpdate(result.documents);
  if (code === exitCodes.refusedForSafety)
    terminal.err('sawt: what the mirrors offered was refused. The last good lists stay in use; nothing else to do.');
  if (code === exitCodes.failed)
    terminal.err(
      'sawt: no mirror could be reached. The lists that are there stay in use; connect first, then try again.',
    );
  return code;
}

/** Refused for safety goes before not reached; one good mirror is enough, whatever others offered. */
function exitCodeOfUpdate(documents: readonly DocumentUpdate[]): ExitCode {
  const outcomes = new Set(documents.map(({ outcome }) => outcome));
  if (outcomes.has('refused')) return exitCodes.refusedForSafety;
  return outcomes.has('unreachable') ? exitCodes.failed : exitCodes.done;
}

async function verify({ terminal, call }: Session, file: string, flags: Flags): Promise<ExitCode> {
  const [list, signature] = await Promise.all([
    readInputFile(file, terminal),
    readInputFile(`${file}.minisig`, terminal),
  ]);
  if (signature.bytes.length > 4096)
    throw new ApiError({ code: 'list-signature', message: `${file}.minisig is too large to be a signature.` });
  const result = await call('servers.verify', {
    listBase64: Buffer.from(list.bytes).toString('base64'),
    signature: Buffer.from(signature.bytes).toString('utf8'),
  });
  if (flags.json) printJson(terminal, result);
  terminal.err(result.ok ? result.message : `sawt: ${result.message}`);
  return result.ok ? exitCodes.done : exitCodes.refusedForSafety;
}
