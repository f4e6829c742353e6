import { spawn, type ChildProcess } from 'node:child_process';
import type { Namespace } from '../topology.ts';
import { LabError } from './lab-error.ts';
import { places } from './places.ts';
import { findProgram } from './programs.ts';
import type { FromHelper, ToHelper } from './helper-messages.ts';

const startLimitMs = 10_000;

/** A running daemon of the lab. */
export interface Helper {
  readonly name: string;
  readonly pid: number;
  /** Ends it on purpose; resolves when it is gone. */
  stop(): Promise<void>;
  /** Ends it as an accident would: the lab then counts as broken. For tests of exactly that. */
  kill(): void;
}

/** A helper of our own, which takes orders. */
export interface OwnHelper extends Helper {
  /** Sends an order and waits for its answer. Throws LabError `helper-failed` when the helper refuses it or dies. */
  request(order: unknown): Promise<unknown>;
}

export interface HelperOptions {
  name: string;
  namespace: Namespace;
  /** Called once when the helper ends without having been told to. */
  onDeath: (error: LabError) => void;
}

/** Starts a program of the system in a namespace; `isReady` is asked until it says yes. */
export async function startProgram(
  options: HelperOptions & { argv: readonly string[]; isReady: (output: string) => boolean; env?: NodeJS.ProcessEnv },
): Promise<Helper> {
  const { name, namespace, argv } = options;
  const child = spawn(findProgram('ip'), ['netns', 'exec', namespace, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...options.env },
  });
  const output = collect(child);
  const watched = watch(child, options, output);
  const deadline = performance.now() + startLimitMs;
  while (!options.isReady(output.text())) {
    if (watched.ended()) throw died(name, output.text());
    if (performance.now() > deadline) throw died(name, `it was not ready in time. ${output.text()}`);
    await new Promise((wake) => setTimeout(wake, 3));
  }
  return watched.helper;
}

/**
 * Starts one of the lab's own bundled daemons. `wrapper` is a program that opens a socket as file descriptor 3 and
 * then becomes the daemon, for socket options that Node cannot set.
 */
export async function startOwn(
  options: HelperOptions & { config: unknown; wrapper?: readonly string[]; env?: NodeJS.ProcessEnv },
): Promise<OwnHelper> {
  const { name, namespace, wrapper = [] } = options;
  const argv = ['netns', 'exec', namespace, ...wrapper, process.execPath, '--enable-source-maps', places.program(name)];
  const child = spawn(findProgram('ip'), argv, {
    stdio: ['ignore', 'pipe', 'pipe', 'ignore', 'ipc'],
    env: { PATH: process.env['PATH'], ...options.env },
  });
  const output = collect(child);
  const watched = watch(child, options, output);
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  child.on('message', (message: FromHelper) => {
    const order = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) order?.resolve(message.body);
    else order?.reject(new LabError('helper-failed', `${name}: ${message.error}`));
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(died(name, output.text()));
    waiting.clear();
  });
  const request = (body: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (watched.ended()) return reject(died(name, output.text()));
      const message: ToHelper = { id: lastId++, body };
      waiting.set(message.id, { resolve, reject });
      child.send(message, (error) => {
        if (error !== null && waiting.delete(message.id)) reject(died(name, output.text()));
      });
    });
  await withLimit(request(options.config), () => died(name, `it was not ready in time. ${output.text()}`));
  return { ...watched.helper, request };
}

const died = (name: string, output: string): LabError =>
  new LabError(
    'helper-failed',
    `${name} is not running, so the lab is not what it says: ${output.trim().slice(-2000)}`,
  );

function collect(child: ChildProcess): { text(): string } {
  let text = '';
  const add = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-20_000);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return { text: () => text };
}

function watch(
  child: ChildProcess,
  { name, onDeath }: HelperOptions,
  output: { text(): string },
): { helper: Helper; ended(): boolean } {
  let stopping = false;
  let over = false;
  const gone = new Promise<void>((resolve) => {
    const end = (why: string): void => {
      if (over) return;
      over = true;
      if (!stopping) onDeath(died(name, `${why}. ${output.text()}`));
      resolve();
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(`it ended with ${signal ?? code ?? '?'}`));
  });
  const stop = async (): Promise<void> => {
    stopping = true;
    if (!over) child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 1000);
    await gone;
    clearTimeout(force);
  };
  return {
    helper: { name, pid: child.pid ?? 0, stop, kill: () => void child.kill('SIGKILL') },
    ended: () => over,
  };
}

async function withLimit<T>(work: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), startLimitMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
