import { CommanderError } from 'commander';
import { ApiError, type ErrorRecord } from '../api/errors.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { createSession, type SessionOptions } from './session.ts';

export interface CliOptions extends SessionOptions {
  /** Arguments after the program's name. */
  argv: readonly string[];
  /** `SAWT_LOG` is `debug`: an unforeseen error also shows where it came from. */
  debug?: boolean;
}

/** Runs one command to its end and says how it ended. Never throws. */
export async function runCli(options: CliOptions): Promise<ExitCode> {
  const session = createSession(options);
  let exitCode: ExitCode = exitCodes.done;
  try {
    await createProgram(session, (code) => (exitCode = code)).parseAsync(options.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done; // help or version was asked for
    // A command that needs another word after it has just shown its help.
    if (error instanceof CommanderError && error.code === 'commander.help') return exitCodes.wrongCommandLine;
    return reportError(error, options);
  } finally {
    options.terminal.progress('');
    await session.close().catch(() => undefined); // what matters was said; leaving must not fail
  }
}

function reportError(error: unknown, { argv, terminal, signal, debug = false }: CliOptions): ExitCode {
  const record = toRecord(error, signal);
  if (wantsJson(argv)) terminal.out(JSON.stringify({ error: record }, null, 2));
  if (wantsLines(argv)) terminal.out(JSON.stringify({ kind: 'error', error: record }));
  terminal.err(`sawt: ${record.message}`);
  // Only the places in the program: an unforeseen message could carry what it was working on.
  if (debug && record.code === 'internal' && error instanceof Error)
    terminal.err([error.name, ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))].join('\n'));
  return exitCodeOf(record.code);
}

function toRecord(error: unknown, signal: AbortSignal): ErrorRecord {
  if (error instanceof CommanderError)
    return { code: 'bad-request', message: sentenceOf(error.message), details: { what: 'the command line' } };
  if (error instanceof ApiError) return error.toRecord();
  if (signal.aborted) return { code: 'cancelled', message: 'Cancelled. Nothing was left running.', details: {} };
  return {
    code: 'internal',
    message: 'Something in Sawt itself went wrong. Set SAWT_LOG=debug and run it again to see where.',
    details: {},
  };
}

/** Commander's own text, without its prefix. */
function sentenceOf(message: string): string {
  const text = message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/[.\s]+$/, '');
  return `${text}. "sawt --help" lists what there is.`;
}

const beforeDashes = (argv: readonly string[]): readonly string[] =>
  argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
const wantsJson = (argv: readonly string[]): boolean => beforeDashes(argv).includes('--json');
const wantsLines = (argv: readonly string[]): boolean => beforeDashes(argv).includes('--ndjson');
