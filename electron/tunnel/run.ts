import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { TunnelFailure } from './errors.ts';
import { installCommand, readOsRelease } from './install-advice.ts';
import { anonymousInput } from './runtime-folder.ts';

/** The caller's PATH is not asked: as root it could name anything. */
const systemFolders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'];
const outputLimit = 1024 * 1024;

interface RunOptions {
  /** Given as standard input; may be secret. Arguments never are: everybody on the computer can read them. */
  stdin?: string;
  /** Default 5000. */
  timeoutMs?: number;
  /** The tool's complaint could quote a secret from its input, so it must not become part of an error. */
  secret?: boolean;
}

interface Outcome {
  /** Exit code; null when the program was ended by a signal, ours at a limit included. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The only place of the room that runs programs: absolute paths, no shell, bounded time and output. */
export interface Programs {
  find(name: string): string | undefined;
  /** Any exit code is an answer. Throws `tool-missing`. */
  ask(name: string, args: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** A step that must succeed; standard output comes back. Throws `tool-missing`, `permission-refused` or `network-change-failed`. */
  run(name: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /** Starts a program that outlives us, in a session of its own, and returns its process id. */
  start(name: string, args: readonly string[]): Promise<number>;
}

export interface ProgramsOptions {
  runtimeFolder: string;
  /** Told of every program before it runs, for logs. */
  trace?: ((step: string) => void) | undefined;
}

export function createPrograms({ runtimeFolder, trace }: ProgramsOptions): Programs {
  async function ask(name: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const path = await mustFind(name);
    trace?.([name, ...args].join(' '));
    return await execute(path, args, options, runtimeFolder);
  }

  async function run(name: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
    const outcome = await ask(name, args, options);
    if (outcome.code !== 0) throw failedStep(name, args, outcome, options.secret ?? false);
    return outcome.stdout;
  }

  async function start(name: string, args: readonly string[]): Promise<number> {
    const path = await mustFind(name);
    trace?.([name, ...args].join(' '));
    const child = spawn(path, args, { detached: true, stdio: 'ignore', cwd: '/', env: environment() });
    await once(child, 'spawn');
    child.unref();
    if (child.pid === undefined) throw new TunnelFailure('program-died', `${name} could not be started.`);
    return child.pid;
  }

  return { find: findProgram, ask, run, start };
}

function findProgram(name: string): string | undefined {
  return systemFolders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function mustFind(name: string): Promise<string> {
  const path = findProgram(name);
  if (path !== undefined) return path;
  const command = installCommand(name, await readOsRelease());
  const how = command === undefined ? 'with the package manager of your system' : `with: ${command}`;
  throw new TunnelFailure(
    'tool-missing',
    `The program "${name}" is needed to connect and is not installed; install it ${how}.`,
  );
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: systemFolders.join(':'), LC_ALL: 'C', LOG_LEVEL: 'error' };
}

async function execute(path: string, args: readonly string[], options: RunOptions, folder: string): Promise<Outcome> {
  const input = options.stdin === undefined ? undefined : await anonymousInput(folder, options.stdin);
  try {
    // A session of its own: Ctrl-C in the terminal reaches us, and must not cut a tool off half-way.
    const child = spawn(path, args, {
      detached: true,
      cwd: '/',
      env: environment(),
      stdio: [input?.fd ?? 'ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs ?? 5000,
      killSignal: 'SIGKILL',
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
        if (output[name].length > outputLimit) child.kill('SIGKILL');
      });
    }
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...output };
  } finally {
    await input?.close();
  }
}

function failedStep(name: string, args: readonly string[], outcome: Outcome, secret: boolean): TunnelFailure {
  const step = [name, ...args].join(' ');
  if (/operation not permitted|permission denied/i.test(outcome.stderr)) {
    return new TunnelFailure(
      'permission-refused',
      `The system refused "${step}": connecting needs administrator rights.`,
    );
  }
  const words = secret ? '' : (outcome.stderr.split('\n').find((line) => line.trim() !== '') ?? '').trim();
  const ended = outcome.code === null ? 'took too long' : `failed with code ${outcome.code}`;
  return new TunnelFailure('network-change-failed', `The step "${step}" ${ended}${words === '' ? '' : ` (${words})`}.`);
}
