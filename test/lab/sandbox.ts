import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, realpathSync, readlinkSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { addresses } from './addresses.ts';
import { LabError } from './system/lab-error.ts';
import { findProgram, requirePrograms, run, searchPath } from './system/programs.ts';

/** Set by the sandbox for the program it starts in itself, which clears it: a sandbox inside a sandbox is a new one. */
const insideVariable = 'SAWT_LAB_INSIDE';
/** Stands on the sandbox's own /run. Labs are built only where it is, never in the computer's own network. */
const markFile = '/run/sawt-sandbox';
const resolvConf = '/etc/resolv.conf';
/** File descriptor over which the outer program passes signals on, as one signal name a line. */
const signalChannel = 3;

/** Whether this process runs inside a sandbox that is ready for a lab. */
export const isSandboxed = (): boolean => existsSync(markFile);

/** Whether this process was started by `enterSandbox` and has to prepare the sandbox. */
export const isFirstInside = (): boolean => process.env[insideVariable] === '1';

/**
 * Runs this program again inside fresh network, mount and process namespaces (and a user namespace for an ordinary
 * user) and returns its exit code. Everything in there dies with this process, even when it is killed by SIGKILL:
 * setpriv ties unshare to us, and unshare ties the first process of the namespaces to itself.
 */
export function enterSandbox(script: string, args: readonly string[]): Promise<number> {
  requirePrograms(['setpriv', 'unshare', 'sh', 'mount', 'ip']);
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const argv = [
    ...['--pdeathsig', 'KILL', findProgram('unshare'), ...user],
    ...['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
    // The first process of a process namespace adopts orphans and must reap them: a shell does, Node does not.
    ...['sh', '-c', '"$@"; exit $?', 'sandbox', process.execPath, script, ...args],
  ];
  const child = spawn(findProgram('setpriv'), argv, {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, PATH: searchPath(process.env['PATH']), [insideVariable]: '1' },
  });
  passSignalsOn(child.stdio[signalChannel] as Writable);
  return new Promise((settle, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => settle(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** A terminal sends Ctrl-C to the whole group by itself; sent once more it would interrupt a program twice. */
function passSignalsOn(channel: Writable): void {
  channel.on('error', () => undefined); // the sandbox has ended: its exit code follows
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (name !== 'SIGINT' || !process.stdin.isTTY) channel.write(`${name}\n`);
    });
  }
}

/**
 * First thing inside: own mounts, /run and resolv.conf, loopback up. Nothing of it is seen outside.
 * Throws LabError `sandbox-failed` with what the system refused.
 */
export async function prepareSandbox(): Promise<void> {
  Reflect.deleteProperty(process.env, insideVariable);
  try {
    await run('mount', ['--make-rprivate', '/']);
    const resolvTarget = resolvConfTarget();
    await run('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/run']);
    for (const folder of ['/run/netns', '/run/wireguard', '/run/lock']) mkdirSync(folder, { mode: 0o700 });
    await Promise.all([ownResolvConf(resolvTarget), run('ip', ['link', 'set', 'lo', 'up'])]);
    writeFileSync(markFile, '');
  } catch (error) {
    if (error instanceof LabError && error.code === 'program-missing') throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw new LabError('sandbox-failed', `The private sandbox of the lab could not be prepared: ${said}`);
  }
}

/** The file that /etc/resolv.conf stands for; it may be a link into /run, which is about to be covered. */
function resolvConfTarget(): string {
  if (!lstatSync(resolvConf).isSymbolicLink()) return resolvConf;
  return existsSync(resolvConf) ? realpathSync(resolvConf) : resolve(dirname(resolvConf), readlinkSync(resolvConf));
}

async function ownResolvConf(target: string): Promise<void> {
  const text = `nameserver ${addresses.ispLan.v4}\n`;
  if (target.startsWith('/run/')) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    return;
  }
  const own = '/run/resolv.conf';
  writeFileSync(own, text);
  await run('mount', ['--bind', own, target]);
}

/** Calls `deliver` for each signal that the outer program passes on. Only for the first program inside. */
export function receiveSignals(deliver: (signal: NodeJS.Signals) => void): void {
  const channel = new Socket({ fd: signalChannel, readable: true, writable: false });
  channel.on('error', () => undefined); // the outer program is gone, and with it everything here in a moment
  channel.on('data', (chunk) => {
    for (const name of chunk.toString().split('\n')) if (name in constants.signals) deliver(name as NodeJS.Signals);
  });
}
