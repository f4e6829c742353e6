import { invoke, type Events } from '../api/server.ts';
import type { Args, CallName, EventName, Handlers, Payload, Result } from '../api/schema.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** The part of the app that commands use. */
export interface CliApp {
  handlers: Handlers;
  events: Events;
  close(): Promise<void>;
}

/** wg(8)'s and wg-quick(8)'s small tools; texts are Latin-1, a byte a character, without the line end after a key. */
export interface WgTools {
  genkey(): string;
  pubkey(privateKey: string): string;
  genpsk(): string;
  strip(text: string): string;
  check(text: string): { line: number; directive: string; reason: string }[];
}

/** Takes the exit code that a command's work ended with. */
export type Finish = (exitCode: ExitCode) => void;

/** What every command gets: the terminal, the app (opened on first use), and the signal that Ctrl-C ends. */
export interface Session {
  readonly terminal: Terminal;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly wg: WgTools;
  /** Same calls, checks and errors as a window has. */
  readonly call: <Name extends CallName>(name: Name, args: Args<Name>) => Promise<Result<Name>>;
  /** Resolves when listening; the returned function ends it. */
  readonly on: <Name extends EventName>(name: Name, listener: (payload: Payload<Name>) => void) => Promise<() => void>;
  readonly close: () => Promise<void>;
}

export interface SessionOptions {
  terminal: Terminal;
  version: string;
  signal: AbortSignal;
  wg: WgTools;
  openApp: () => Promise<CliApp>;
}

export function createSession({ terminal, version, signal, wg, openApp }: SessionOptions): Session {
  let opened: Promise<CliApp> | undefined;
  const app = (): Promise<CliApp> => (opened ??= openApp());
  return {
    terminal,
    version,
    signal,
    wg,
    call: async <Name extends CallName>(name: Name, args: Args<Name>) =>
      (await invoke((await app()).handlers, name, args, signal)) as Result<Name>,
    on: async (name, listener) => (await app()).events.on(name, listener),
    close: async () => {
      await (await opened)?.close();
    },
  };
}
