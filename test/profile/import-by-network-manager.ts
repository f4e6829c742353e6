import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The real importers of NetworkManager, as judges: a daemon of its own in namespaces of its own, that manages nothing. */

const settings =
  '[main]\nauth-polkit=false\nplugins=keyfile\nno-auto-default=*\ndns=none\n[keyfile]\nunmanaged-devices=*\n';

// A read-only /sys tells NetworkManager that it is in a container, where it does not wait for udev.
const script = `
set -eu
for place in /etc/NetworkManager /var/lib/NetworkManager /run; do mount -t tmpfs tmpfs $place; done
mkdir -p /etc/NetworkManager/system-connections /run/dbus
cp settings /etc/NetworkManager/NetworkManager.conf
mount -t sysfs -o ro sysfs /sys
dbus-daemon --system --fork --nopidfile
NetworkManager --no-daemon >daemon.log 2>&1 &
tries=0
until nmcli -t -f RUNNING general 2>/dev/null | grep -q '^running'; do
  tries=$((tries + 1))
  if [ $tries -gt 400 ]; then cat daemon.log >&2; exit 1; fi
  sleep 0.05
done
export HOME="$PWD/home"
for file in files/*; do
  case $file in *.conf) type=wireguard ;; *) type=openvpn ;; esac
  nmcli connection import type $type file "$file" >"$file.said" 2>&1 || true
done
cp -r /etc/NetworkManager/system-connections out
`;

export const hasNetworkManager =
  spawnSync('sh', [
    '-c',
    'command -v NetworkManager nmcli dbus-daemon && ls /usr/lib/NetworkManager/VPN/nm-openvpn-service.name',
  ]).status === 0;

/** By name of the file, which ends in .conf or .ovpn: the keyfile that came of it, or what was said instead. */
export function importByNetworkManager(files: Readonly<Record<string, string>>): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'sawt-nm-'));
  try {
    for (const each of ['files', 'home']) mkdirSync(join(folder, each));
    writeFileSync(join(folder, 'settings'), settings);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'files', name), text, { mode: 0o600 });
    const apart = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-c', script];
    const { status, stderr } = spawnSync('unshare', apart, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`NetworkManager did not start: ${stderr}`);
    const made = new Set(readdirSync(join(folder, 'out')));
    const read = (name: string): string => {
      const keyfile = `${name.replace(/\.\w+$/, '')}.nmconnection`;
      const path = made.has(keyfile) ? join(folder, 'out', keyfile) : join(folder, 'files', `${name}.said`);
      return readFileSync(path, 'utf8').replaceAll(/=.*\/\.cert\/nm-openvpn\//g, '=');
    };
    return new Map(Object.keys(files).map((name) => [name, read(name)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
