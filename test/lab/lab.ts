import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { join } from 'node:path';
import { LabError } from './system/lab-error.ts';
import type { Helper } from './system/helper.ts';
import {
  findProgram,
  requirePrograms,
  run,
  runToEnd,
  searchPath,
  type Finished,
  type RunOptions,
} from './system/programs.ts';
import { isSandboxed } from './sandbox.ts';
import { buildTopology, processesInside, removeTopology, type Namespace } from './topology.ts';
import { vpnFirewall } from './vpn/firewall.ts';
import { startOpenvpn } from './vpn/openvpn.ts';
import { startWireguard } from './vpn/wireguard.ts';
import { createAuthority } from './system/certificates.ts';

/** A censored network that stands: client, ISP, world and VPN host, with real packets between them. */
export interface Lab {
  /** Holds wireguard.conf, openvpn-udp.ovpn, openvpn-tcp.ovpn and ca.pem for the client. */
  readonly folder: string;
  /** What a program in the client's network gets: SAWT_LAB_DIR, SAWT_HOME (fresh), NODE_EXTRA_CA_CERTS, PATH. */
  readonly clientEnv: NodeJS.ProcessEnv;
  /** How long building took, in milliseconds. */
  readonly buildMs: number;
  /** Rejects when the lab breaks: a helper died. Never resolves. */
  readonly broken: Promise<never>;
  /** Runs a program to its end in one of the namespaces. */
  exec(namespace: Namespace, argv: readonly [string, ...string[]], options?: RunOptions): Promise<Finished>;
  /** Starts a program in one of the namespaces. The caller ends it; `close` does at the latest. */
  spawn(namespace: Namespace, argv: readonly string[], options?: SpawnOptions): ChildProcess;
  /** A helper by its name, to kill it in a test. */
  helper(name: string): Helper;
  /** Ends every process inside and removes the namespaces. */
  close(): Promise<void>;
}

export interface SpawnOptions {
  stdio?: StdioOptions;
  env?: NodeJS.ProcessEnv;
}

/** All labs of one sandbox share its namespace names: one at a time. */
let standing = false;

/** Builds a lab without censorship. Only inside the sandbox. Throws LabError; nothing is left behind then. */
export async function buildLab(): Promise<Lab> {
  const begin = performance.now();
  if (!isSandboxed())
    throw new LabError('not-in-sandbox', 'A lab is built only inside the sandbox: npm run lab -- sandbox -- COMMAND.');
  if (standing) throw new LabError('usage', 'A lab stands already in this sandbox; close it first.');
  requirePrograms(['ip', 'nft', 'wg', 'wireguard-go', 'openvpn', 'openssl', 'conntrack', 'perl']);
  standing = true;
  process.env['PATH'] = searchPath(process.env['PATH']);
  const parts = new Parts();
  try {
    return await assemble(parts, begin);
  } catch (error) {
    await parts.tearDown();
    throw error;
  }
}

/** What has been started so far and must be ended together. */
class Parts {
  readonly helpers: Helper[] = [];
  readonly folders: string[] = [];
  readonly broken: Promise<never>;
  #break: (error: LabError) => void = () => undefined;
  #error: LabError | undefined;

  constructor() {
    this.broken = new Promise((_, reject) => {
      this.#break = reject;
    });
    this.broken.catch(() => undefined); // whoever uses the lab meets the error there
  }

  readonly onDeath = (error: LabError): void => {
    this.#error ??= error;
    this.#break(error);
  };

  mustStand(): void {
    if (this.#error !== undefined) throw this.#error;
    if (!standing) throw new LabError('closed', 'This lab is closed.');
  }

  async tearDown(): Promise<void> {
    this.#error ??= new LabError('closed', 'This lab is closed.');
    await Promise.all(this.helpers.map((helper) => helper.stop()));
    for (const pid of await processesInside()) killIfThere(pid);
    await removeTopology();
    await Promise.all(this.folders.map((folder) => rm(folder, { recursive: true, force: true })));
    standing = false;
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself in the meantime
  }
}

async function assemble(parts: Parts, begin: number): Promise<Lab> {
  const folder = await mkdtemp('/run/sawt-lab-');
  parts.folders.push(folder);
  await chmod(folder, 0o711);
  const secret = join(folder, 'private');
  await mkdir(secret, { mode: 0o700 });
  const { onDeath } = parts;
  const [authority] = await Promise.all([
    createAuthority(secret, 'root', 'Lab root'),
    buildTopology({ v4: [], v6: [] }),
  ]);
  await run('ip', ['netns', 'exec', 'vpn', findProgram('nft'), '-f', '-'], { input: vpnFirewall });
  await run('ip', ['netns', 'exec', 'isp', findProgram('nft'), '-f', '-'], {
    input: `
table inet isp {
  chain leave {
    type nat hook postrouting priority srcnat
    oifname "wan" meta nfproto ipv4 masquerade
  }
}
`,
  });
  const [wireguard, openvpn] = await Promise.all([
    startWireguard(secret, { onDeath }),
    startOpenvpn(join(secret, 'openvpn'), { onDeath }),
  ]);
  parts.helpers.push(wireguard.helper, ...openvpn.helpers);
  const home = join(folder, 'home');
  await mkdir(home, { mode: 0o700 });
  const files = {
    'ca.pem': authority.certificate,
    'wireguard.conf': wireguard.profile,
    'openvpn-udp.ovpn': openvpn.profiles.udp,
    'openvpn-tcp.ovpn': openvpn.profiles.tcp,
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text, { mode: 0o600 })));
  const clientEnv = {
    ...process.env,
    SAWT_LAB_DIR: folder,
    SAWT_HOME: home,
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  };
  const within = (namespace: Namespace, argv: readonly string[]): [string, ...string[]] => {
    parts.mustStand();
    return [findProgram('ip'), 'netns', 'exec', namespace, ...argv];
  };
  return {
    folder,
    clientEnv,
    buildMs: performance.now() - begin,
    broken: parts.broken,
    exec: (namespace, argv, options = {}) =>
      Promise.race([parts.broken, runToEnd(within(namespace, argv), { env: clientEnv, ...options })]),
    spawn: (namespace, argv, options = {}) => {
      const [file, ...args] = within(namespace, argv);
      return spawn(file, args, { env: clientEnv, ...options });
    },
    helper: (name) => {
      const helper = parts.helpers.find((one) => one.name === name);
      if (helper === undefined) throw new LabError('usage', `The lab has no helper ${name}.`);
      return helper;
    },
    close: () => parts.tearDown(),
  };
}
