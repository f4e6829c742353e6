import { readFile } from 'node:fs/promises';

const managers = {
  apt: { install: 'apt install', families: ['debian', 'ubuntu'] },
  dnf: { install: 'dnf install', families: ['fedora', 'rhel', 'centos'] },
  pacman: { install: 'pacman -S', families: ['arch'] },
  zypper: { install: 'zypper install', families: ['suse', 'opensuse', 'sles'] },
  apk: { install: 'apk add', families: ['alpine'] },
} as const;
type Manager = keyof typeof managers;

/** Package that holds a tool, where its name differs from the tool's own. */
const packages: Record<string, Partial<Record<Manager | 'any', string>>> = {
  ip: { any: 'iproute2', dnf: 'iproute' },
  wg: { any: 'wireguard-tools' },
  nft: { any: 'nftables' },
  resolvectl: { any: 'systemd', apt: 'systemd-resolved', dnf: 'systemd-resolved' },
};

/** Reads ID and ID_LIKE of os-release(5). */
export function packageManager(osRelease: string): Manager | undefined {
  const ids = [...osRelease.matchAll(/^(?:ID|ID_LIKE)=(.*)$/gm)].flatMap(([, value = '']) =>
    value.replaceAll(/["']/g, '').toLowerCase().split(/\s+/),
  );
  const names = Object.keys(managers) as Manager[];
  return names.find((name) =>
    managers[name].families.some((family) => ids.some((id) => id === family || id.startsWith(`${family}-`))),
  );
}

/** The command that installs a tool here, or undefined on a system we do not know. */
export function installCommand(tool: string, osRelease: string): string | undefined {
  const manager = packageManager(osRelease);
  if (manager === undefined) return undefined;
  const known = packages[tool];
  return `${managers[manager].install} ${known?.[manager] ?? known?.any ?? tool}`;
}

/** Text of os-release; empty where the system has none. */
export async function readOsRelease(): Promise<string> {
  for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
    try {
      return await readFile(path, 'utf8');
    } catch {
      continue;
    }
  }
  return '';
}
