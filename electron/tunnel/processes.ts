import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** A process id alone is reused; with its start time (clock ticks since boot, proc_pid_stat(5) field 22) it names one process. */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const startedAt = await startTime(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await startTime(identity.pid)) === identity.startedAt;
}

/** Undefined when there is no such process, or only its zombie. */
async function startTime(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The program's name in brackets may itself hold spaces and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/**
 * Processes with `argument` among their arguments. Our arguments hold a random interface name, so this finds a program
 * that was started a moment before we were killed and could write its number down.
 */
export async function findByArgument(matches: (argument: string) => boolean): Promise<ProcessIdentity[]> {
  const found: ProcessIdentity[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const text = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    const [program = '', ...args] = text.split('\0');
    if (!/(?:^|\/)(?:wireguard-go|openvpn)$/.test(program) || !args.some(matches)) continue;
    const identity = await identify(Number(name));
    if (identity) found.push(identity);
  }
  return found;
}

/** Asks to end, then insists after a second. Ends only exactly this process. */
export async function endProcess(identity: ProcessIdentity): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGTERM', 1000],
    ['SIGKILL', 1000],
  ] as const) {
    if (!(await isAlive(identity))) return;
    try {
      process.kill(identity.pid, signal);
    } catch {
      return; // ended between the two lines
    }
    for (let waitedMs = 0; waitedMs < patienceMs && (await isAlive(identity)); waitedMs += 5) await delay(5);
  }
}
