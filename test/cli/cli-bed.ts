import { PassThrough } from 'node:stream';
import { schema, type CallName, type Report, type Verdict } from '../../electron/api/schema.ts';
import { runCli } from '../../electron/cli/run.ts';
import type { CliApp, WgTools } from '../../electron/cli/session.ts';
import { createTerminal } from '../../electron/cli/terminal.ts';
import { reportOf } from '../reports.ts';
import { appDouble, type AppDouble, type SomeHandlers } from '../app-double.ts';

export interface Run {
  code: number;
  out: string;
  err: string;
  /** Calls that reached the app, in order. */
  calls: { name: CallName; args: unknown }[];
}

export interface BedOptions {
  stdin?: string;
  terminal?: boolean;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  debug?: boolean;
  wg?: Partial<WgTools>;
}

type Emit = AppDouble['emit'];
/** Handlers may emit events while they run. */
export type FakeHandlers = {
  [Name in CallName]?: (args: never, context: { signal: AbortSignal; emit: Emit }) => unknown;
};

/** Runs the real command line over an app whose handlers are given; a call without one fails the test. */
export async function sawt(argv: string[], handlers: FakeHandlers = {}, options: BedOptions = {}): Promise<Run> {
  const stdin = new PassThrough();
  stdin.end(options.stdin ?? '');
  const [stdout, out] = collector(options.terminal ?? false);
  const [stderr, err] = collector(options.terminal ?? false);
  const calls: Run['calls'] = [];
  const code = await runCli({
    argv,
    version: '1.2.3',
    signal: options.signal ?? new AbortController().signal,
    debug: options.debug ?? false,
    wg: { ...noWg, ...options.wg },
    terminal: createTerminal({ stdin, stdout, stderr, env: options.env ?? {} }),
    openApp: () => Promise.resolve(fakeApp(handlers, calls)),
  });
  return { code, out: out(), err: err(), calls };
}

function fakeApp(fakes: FakeHandlers, calls: Run['calls']): CliApp {
  const entries = (Object.keys(schema.calls) as CallName[]).map((name) => [
    name,
    async (args: never, { signal }: { signal: AbortSignal }) => {
      calls.push({ name, args });
      const handler = fakes[name];
      if (!handler) throw new Error(`no fake for ${name}`);
      return await handler(args, { signal, emit });
    },
  ]);
  const { handlers, events, emit } = appDouble(Object.fromEntries(entries) as SomeHandlers);
  return { handlers, events, close: () => Promise.resolve() };
}

function collector(isTTY: boolean): [PassThrough & { isTTY: boolean }, () => string] {
  const stream = Object.assign(new PassThrough(), { isTTY });
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return [stream, () => Buffer.concat(chunks).toString()];
}

const noWg: WgTools = {
  genkey: () => '',
  pubkey: () => '',
  genpsk: () => '',
  strip: () => '',
  check: () => [],
};

/** A report with one service, whose messages and calls are as given. */
export function reportWith(messages: Verdict, calls: Verdict, state: Report['network']['state'] = 'online'): Report {
  const report = reportOf({ telegram: calls });
  return {
    ...report,
    network: { ...report.network, state },
    services: report.services.map((service) => ({ ...service, messages: { ...service.messages, verdict: messages } })),
  };
}
