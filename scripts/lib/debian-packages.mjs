import { existsSync } from 'node:fs';
import { outputOf, run, say } from './run.mjs';

/** What the lab, the tunnels and the end-to-end tests are made of. */
export const packages = [
  'chromium',
  'conntrack',
  'coturn',
  'fonts-noto-core',
  'gcc',
  'iproute2',
  'iputils-ping',
  'iptables',
  'libc6-dev',
  'libndpi-dev',
  'libnetfilter-queue-dev',
  'minisign',
  'nftables',
  'openssl',
  'openvpn',
  'procps',
  'shellcheck',
  'util-linux',
  'wireguard-go',
  'wireguard-tools',
  'wireshark-common',
  'xauth',
  'xvfb',
];

/**
 * Judges of what Sawt writes for other programs. NetworkManager would take over the network of a computer that is managed
 * otherwise, so it is installed only where nobody minds; elsewhere its tests run where it is there already.
 */
const packagesInCi = ['dbus', 'network-manager', 'network-manager-openvpn'];

/** @returns {string[]} those that are not installed; empty where packages are not Debian's */
function missingPackages() {
  const wanted = process.env['CI'] ? [...packages, ...packagesInCi] : packages;
  return wanted.filter(
    (name) => !outputOf('dpkg-query', ['-W', '-f=${db:Status-Status}', name])?.startsWith('installed'),
  );
}

/**
 * Installs what is missing where this is root on a Debian-like system.
 * @returns {Promise<string | undefined>} why parts of the tests cannot run here, one sentence; undefined when all is there
 */
export async function ensureDebianPackages() {
  if (process.platform !== 'linux') return 'the censored network needs Linux';
  if (!existsSync('/usr/bin/apt-get'))
    return `this is no Debian-like system; install by hand what these Debian packages hold: ${packages.join(' ')}`;
  const missing = missingPackages();
  if (missing.length === 0) return undefined;
  if (process.getuid?.() !== 0) return `not root, and packages are missing: apt-get install ${missing.join(' ')}`;
  say(`Installing Debian packages: ${missing.join(' ')} ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing];
  // A fresh machine has no package lists yet; an old list may name versions that are gone.
  await run('apt-get', ['update', '-qq'], { env, quiet: true });
  const code = await run('apt-get', install, { env, quiet: true });
  return code === 0 ? undefined : `apt-get could not install ${missing.join(' ')}`;
}
