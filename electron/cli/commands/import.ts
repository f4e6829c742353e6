import type { Command } from 'commander';
import { ApiError, type ErrorRecord } from '../../api/errors.ts';
import type { ImportOutcome, ProfileSummary } from '../../api/schema.ts';
import { exitCodeOf, exitCodes, worstOf, type ExitCode } from '../exit-codes.ts';
import { readBeside, readInputFile, type InputFile } from '../files.ts';
import { printJson } from '../output.ts';
import type { Finish, Session } from '../session.ts';
import { profileText } from '../text/profile-text.ts';

interface Flags {
  json?: true;
}

export function addImport(program: Command, session: Session, finish: Finish): void {
  program
    .command('import')
    .description('import WireGuard or OpenVPN profiles; what is dangerous in them does not survive')
    .argument(
      '<file...>',
      'a .conf, .ovpn or .zip file, a picture of a QR code, a vpn:// link, or - for standard input',
    )
    .option('--json', 'print the profile as JSON; several inputs give a list')
    .action(async (paths: string[], flags: Flags) => finish(await importFiles(session, paths, flags)));
}

interface Failure {
  input: string;
  error: ErrorRecord;
}

async function importFiles(session: Session, paths: readonly string[], flags: Flags): Promise<ExitCode> {
  const outcomes = (await Promise.all(paths.map((path) => importOne(session, path)))).flat();
  for (const outcome of outcomes) report(session, outcome, flags);
  if (flags.json) {
    const documents = outcomes.map(documentOf);
    printJson(session.terminal, documents.length === 1 ? documents[0] : documents);
  }
  return worstOf(outcomes.map((outcome) => (outcome.ok ? exitCodes.done : exitCodeOf(outcome.error.code))));
}

/** One bad input does not spoil the others, so its error becomes an outcome. */
async function importOne(session: Session, path: string): Promise<ImportOutcome[]> {
  try {
    const file = await readArgument(session, path);
    const outcomes = await importTogether(session, [file]);
    const needs = outcomes.flatMap((outcome) => (outcome.ok ? [] : (outcome.needs ?? [])));
    const beside = needs.length > 0 ? await readBeside(path, needs) : [];
    return beside.length > 0 ? await importTogether(session, [file, ...beside]) : outcomes;
  } catch (error) {
    if (error instanceof ApiError) return [{ input: path, ok: false, error: error.toRecord() }];
    throw error;
  }
}

function importTogether(session: Session, files: readonly InputFile[]): Promise<ImportOutcome[]> {
  const encoded = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
  return session.call('profiles.import', { files: encoded });
}

/** A link is itself the text to import. */
async function readArgument({ terminal }: Session, argument: string): Promise<InputFile> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(argument)) return { name: 'link', bytes: Buffer.from(argument) };
  return readInputFile(argument, terminal);
}

function documentOf(outcome: ImportOutcome): ProfileSummary | Failure {
  return outcome.ok ? outcome.profile : { input: outcome.input, error: outcome.error };
}

function report({ terminal }: Session, outcome: ImportOutcome, flags: Flags): void {
  if (!outcome.ok) terminal.err(`sawt: ${outcome.error.message}`);
  else if (!flags.json) terminal.out(profileText(outcome.profile));
}
