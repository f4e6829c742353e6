import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LabError } from './lab-error.ts';

/** Every program the lab runs, with the Debian package that brings it. */
const packages = {
  conntrack: 'conntrack',
  dumpcap: 'wireshark-common',
  gcc: 'gcc',
  ip: 'iproute2',
  'ip6tables-restore': 'iptables',
  'iptables-restore': 'iptables',
  mount: 'mount',
  nft: 'nftables',
  openssl: 'openssl',
  openvpn: 'openvpn',
  perl: 'perl-base',
  setpriv: 'util-linux',
  sh: 'dash',
  turnserver: 'coturn',
  unshare: 'util-linux',
  wg: 'wireguard-tools',
  'wireguard-go': 'wireguard-go',
} as const;
export type Program = keyof typeof packages;

/** Folders of system programs; an ordinary user's PATH on Debian lacks the sbin ones. */
const systemFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** PATH with the system folders added at its end, for every program started in the lab. */
export function searchPath(path: string | undefined): string {
  const given = (path ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...new Set([...given, ...systemFolders])].join(delimiter);
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Absolute path of a program of this system. Throws LabError `program-missing`, naming the Debian package. */
export function findProgram(name: Program, path = process.env['PATH']): string {
  for (const folder of searchPath(path).split(delimiter)) {
    const candidate = join(folder, name);
    if (isExecutable(candidate)) return candidate;
  }
  throw new LabError(
    'program-missing',
    `The lab needs the program ${name}, which is not installed; on Debian: apt-get install --no-install-recommends ${packages[name]}.`,
  );
}

/** Fails before anything is built when one of the programs is missing. */
export function requirePrograms(names: readonly Program[]): void {
  for (const name of names) findProgram(name);
}

export interface Finished {
  /** Exit code; 128 + signal number is never made up here: `signal` tells it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  input?: string;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** Runs a program to its end and returns what it said, whatever its exit code. */
export function runToEnd(argv: readonly [string, ...string[]], options: RunOptions = {}): Promise<Finished> {
  const [file, ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: options.env ?? process.env,
      cwd: options.cwd,
      signal: options.signal,
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => undefined); // a program that does not read its input closes the pipe; its exit code tells
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({ code, signal, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
    child.stdin.end(options.input);
  });
}

/** Runs a system program that must succeed. Throws LabError `program-failed` with what it said on standard error. */
export async function run(name: Program, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, signal, stdout, stderr } = await runToEnd([findProgram(name), ...args], options);
  if (code === 0) return stdout;
  const said = stderr.trim() || stdout.trim();
  throw new LabError('program-failed', `${name} ${args.join(' ')} ended with ${signal ?? code ?? '?'}: ${said}`);
}
