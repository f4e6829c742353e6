import { existsSync } from 'node:fs';
import { arch, release, type } from 'node:os';
import { installCommand, readOsRelease } from './install-advice.ts';
import { isRoot } from './preflight.ts';
import type { Programs } from './run.ts';
import type { Doctor } from './types.ts';

const tools = [
  { name: 'ip', neededFor: 'every connection: routes and addresses', version: '-Version' },
  { name: 'nft', neededFor: 'every connection: the lock against leaks', version: '--version' },
  { name: 'wg', neededFor: 'WireGuard', version: '--version' },
  { name: 'wireguard-go', neededFor: 'WireGuard, where the kernel has none', version: '--version' },
  { name: 'openvpn', neededFor: 'OpenVPN', version: '--version' },
] as const;

type Tool = Doctor['tools'][number];

/** What this computer has. Changes nothing; `leftovers` is what the caller found. */
export async function examine(programs: Programs, leftovers: boolean): Promise<Doctor> {
  const osRelease = await readOsRelease();
  const found = await Promise.all(tools.map((tool) => examineTool(programs, tool, osRelease)));
  const reason = await whyNotDirect(programs, found);
  return {
    system: `${prettyName(osRelease) ?? type()}, kernel ${release()}, ${arch()}`,
    tools: found,
    backends: [{ name: 'direct', usable: reason === null, reason }],
    permission: isRoot() ? 'root' : 'user',
    leftovers,
  };
}

async function examineTool(programs: Programs, tool: (typeof tools)[number], osRelease: string): Promise<Tool> {
  const { name, neededFor } = tool;
  const path = programs.find(name) ?? null;
  const install = path === null ? (installCommand(name, osRelease) ?? null) : null;
  if (path === null) return { name, path, version: null, neededFor, install };
  const { stdout, stderr } = await programs.ask(name, [tool.version]);
  return { name, path, version: versionIn(stdout || stderr), neededFor, install };
}

/** The first thing in a program's own words that looks like a version. */
export function versionIn(text: string): string | null {
  return /\d+(?:\.\d+)+/.exec(text)?.[0] ?? null;
}

/** PRETTY_NAME of os-release(5). */
export function prettyName(osRelease: string): string | undefined {
  return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(osRelease)?.[1];
}

async function whyNotDirect(programs: Programs, found: readonly Tool[]): Promise<string | null> {
  const missing = new Set(found.filter(({ path }) => path === null).map(({ name }) => name));
  if (missing.has('ip')) return 'The program "ip" is missing.';
  if (missing.has('nft')) return 'The program "nft" is missing, without which leaks could not be blocked.';
  if (missing.has('wg') && missing.has('openvpn')) return 'Neither WireGuard (wg) nor OpenVPN (openvpn) is installed.';
  if (!existsSync('/dev/net/tun')) return 'This system offers no tunnel devices (/dev/net/tun is missing).';
  if (!isRoot()) return 'It changes routes and the firewall and needs administrator rights: run Sawt with sudo.';
  const { code } = await programs.ask('nft', ['list', 'tables']);
  return code === 0 ? null : 'The kernel of this system has no nftables, without which leaks could not be blocked.';
}
