import type { Command } from 'commander';
import { ApiError } from '../../api/errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readInputFile } from '../files.ts';
import type { Finish, Session } from '../session.ts';

const fileHelp = 'a configuration; standard input when left out or -';

export function addWg(program: Command, session: Session, finish: Finish): void {
  const { terminal, wg } = session;
  const group = program.command('wg').description("WireGuard's small tools, as wg(8) and wg-quick(8) have them");
  group
    .command('genkey')
    .description('make a private key')
    .action(() => terminal.out(wg.genkey()));
  group
    .command('genpsk')
    .description('make a preshared key')
    .action(() => terminal.out(wg.genpsk()));
  group
    .command('pubkey')
    .description('read a private key from standard input, print its public key')
    .action(async () => terminal.out(wg.pubkey(await inputText(session, '-'))));
  group
    .command('strip')
    .description('print a configuration without what only wg-quick understands')
    .argument('[file]', fileHelp, '-')
    .action(async (file: string) => terminal.outBytes(Buffer.from(wg.strip(await inputText(session, file)), 'latin1')));
  group
    .command('check')
    .description('say what wg and wg-quick would refuse in a configuration')
    .argument('[file]', fileHelp, '-')
    .action(async (file: string) => finish(checkText(session, await inputText(session, file))));
}

/** As Latin-1, so that bytes come out as they went in. Configurations are small; more than 64 KiB is none. */
async function inputText({ terminal }: Session, file: string): Promise<string> {
  const { bytes } = await readInputFile(file, terminal);
  if (bytes.length > 65_536)
    throw new ApiError({ code: 'profile-too-large', message: 'The input is larger than 64 KiB, so it was not read.' });
  return Buffer.from(bytes).toString('latin1');
}

/** Places only: the offending text may be a key. */
function checkText({ terminal, wg }: Session, text: string): ExitCode {
  const problems = wg.check(text);
  for (const { line, directive, reason } of problems) terminal.out(`line ${line}: ${directive}: ${reason}`);
  if (problems.length === 0) return exitCodes.done;
  terminal.err(`sawt: ${problems.length} line(s) would be refused.`);
  return exitCodes.failed;
}
