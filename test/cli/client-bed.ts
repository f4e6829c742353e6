import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildLab, type Lab } from '../lab/lab.ts';
import { findScenario } from '../lab/scenarios/all.ts';
import { places } from '../lab/system/places.ts';
import type { Finished } from '../lab/system/programs.ts';

/** The built command line in the client of the lab, as a person there would use it. */
export interface ClientBed {
  lab: Lab;
  /** Changes what the ISP does. */
  flip(scenario: string): Promise<void>;
  /** Runs one command to its end. `before` is a program to run it with, such as unshare(1). */
  sawt(args: readonly string[], before?: readonly string[], input?: string): Promise<Finished & { durationMs: number }>;
  /** Starts one command on a terminal of its own; what is typed there goes to its standard input. */
  onTerminal(args: readonly string[]): ChildProcess;
  /** Starts one command on a terminal of its own, and types Ctrl-C as soon as `seen` stands on that terminal. */
  interrupt(args: readonly string[], seen: string): Promise<Interrupted>;
  /** Id of the lab's WireGuard profile. */
  importProfile(): Promise<string>;
  /** Everything that a connection may change, as one text. */
  snapshot(): Promise<string>;
  /** Ids of the processes that run in the client's network. */
  processes(): Promise<string>;
}

export interface Interrupted {
  code: number;
  /** All that stood on the terminal. */
  screen: string;
  /** From Ctrl-C to the end. */
  endedAfterMs: number;
}

const snapshotLine = [
  'ip rule',
  'ip -6 rule',
  'ip route show table all',
  'ip -6 route show table all',
  'ip -o link | sed "s/ state .*//"',
  'nft --stateless list ruleset',
  'base64 /etc/resolv.conf',
  'cat /proc/sys/net/ipv4/conf/all/arp_ignore /proc/sys/net/ipv4/conf/all/src_valid_mark',
].join('; ');

export async function makeClientBed(): Promise<ClientBed> {
  const lab = await buildLab();
  const cli = [process.execPath, places.program('cli')];

  const sawt: ClientBed['sawt'] = async (args, before = [], input = '') => {
    const [program = '', ...rest] = [...before, ...cli, ...args];
    const start = performance.now();
    const finished = await lab.exec('client', [program, ...rest], { input });
    return { ...finished, durationMs: performance.now() - start };
  };

  const onTerminal: ClientBed['onTerminal'] = (args) => {
    // script(1) gives the program a terminal, in which Ctrl-C is what it is for a person: a signal to all that runs there.
    // `exec`: a shell that stayed would answer Ctrl-C with a code of its own (dash does, which script(1) takes without $SHELL).
    const argv = ['script', '-qefc', ['exec', ...cli, ...args].join(' '), '/dev/null'];
    // Progress is waited for, and only a terminal that can show it gets any, whatever the tests run in.
    const env = { ...lab.clientEnv, NO_COLOR: '', TERM: 'xterm' };
    return lab.spawn('client', argv, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  };

  return {
    lab,
    flip: (id) => {
      const { censor, world, own } = findScenario(id);
      return lab.flip(censor, world, own);
    },
    sawt,
    onTerminal,
    interrupt: async (args, seen) => {
      const child = onTerminal(args);
      let screen = '';
      let typedAt: number | undefined;
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        screen += text;
        if (typedAt !== undefined || !screen.includes(seen)) return;
        typedAt = performance.now();
        child.stdin?.write('\u0003');
      });
      const [code] = (await once(child, 'close')) as [number | null];
      if (typedAt === undefined || code === null) throw new Error(`It ended before it could be interrupted: ${screen}`);
      return { code, screen, endedAfterMs: performance.now() - typedAt };
    },
    importProfile: async () => {
      const { stdout } = await sawt(['import', join(lab.folder, 'wireguard.conf'), '--json']);
      return (JSON.parse(stdout) as { id: string }).id;
    },
    snapshot: async () => (await lab.exec('client', ['sh', '-c', snapshotLine])).stdout,
    processes: async () => (await lab.exec('isp', ['ip', 'netns', 'pids', 'client'])).stdout,
  };
}
