import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import { createAuthority, issue, type Credential } from '../system/certificates.ts';
import { findProgram } from '../system/programs.ts';
import type { CertifiedMaterial } from '../world/providers/api.ts';
import { logins, openVpnServers } from '../world/providers/known.ts';
import { createStaticKey } from './openvpn.ts';

/** What the providers' OpenVPN servers are known by, and what lets one in. PEM. */
export interface ProviderOpenvpn {
  /** Of the servers that ask for a user name and a password. */
  membersAuthority: string;
  /** For tls-auth, of those that want it beside these: the servers' direction is 0, with SHA512. */
  membersKey: string;
  certified: CertifiedMaterial;
}

const startLimitMs = 20_000;
type Which = keyof typeof openVpnServers;

/** Starts the real OpenVPN servers of providers on the VPN host; they end with the lab. */
export async function startProviderOpenvpn(lab: Pick<Lab, 'folder' | 'spawn'>): Promise<ProviderOpenvpn> {
  const folder = join(lab.folder, 'provider-openvpn');
  await mkdir(join(folder, 'logins'), { recursive: true, mode: 0o700 });
  const [members, certified] = await Promise.all([
    createAuthority(folder, 'members', 'Lab members root'),
    createAuthority(folder, 'certified', 'Lab LEAP root'),
  ]);
  const [membersServer, keyedServer, certifiedServer, client] = await Promise.all([
    issue(folder, members, { name: openVpnServers.members.name, usage: 'serverAuth', names: [] }),
    issue(folder, members, { name: openVpnServers.keyed.name, usage: 'serverAuth', names: [] }),
    issue(folder, certified, { name: openVpnServers.certified.name, usage: 'serverAuth', names: [] }),
    issue(folder, certified, { name: 'anybody', usage: 'clientAuth', names: [] }),
  ]);
  const forMembers = [
    ...['verify-client-cert none', 'username-as-common-name', 'script-security 2'],
    `auth-user-pass-verify "/bin/sh ${await loginCheck(folder)}" via-file`,
  ];
  await start(lab, folder, 'members', [...materialLines(members.certificate, membersServer), ...forMembers]);
  const membersKey = createStaticKey();
  await start(lab, folder, 'keyed', [
    ...[...materialLines(members.certificate, keyedServer), ...forMembers],
    ...['auth SHA512', 'key-direction 0', `<tls-auth>\n${membersKey}</tls-auth>`],
  ]);
  await start(lab, folder, 'certified', materialLines(certified.certificate, certifiedServer));
  return { membersAuthority: members.certificate, membersKey, certified: { authority: certified.certificate, client } };
}

/** A program that is given a file with the name and the password, and ends well when they are somebody's. */
async function loginCheck(folder: string): Promise<string> {
  for (const [name, { username, password }] of Object.entries(logins))
    await writeFile(join(folder, 'logins', name), `${username}\n${password}\n`, { mode: 0o600 });
  const script = join(folder, 'check-login.sh');
  const each = `for known in ${join(folder, 'logins')}/*; do cmp -s "$known" "$1" && exit 0; done; exit 1\n`;
  await writeFile(script, each, { mode: 0o600 });
  return script;
}

const materialLines = (authority: string, { certificate, key }: Credential): string[] =>
  Object.entries({ ca: authority, cert: certificate, key }).map(
    ([name, pem]) => `<${name}>\n${pem.trim()}\n</${name}>`,
  );

async function start(lab: Pick<Lab, 'spawn'>, folder: string, which: Which, lines: readonly string[]): Promise<void> {
  const { port, net, resolver } = openVpnServers[which];
  const config = join(folder, `${which}.conf`);
  const common = [
    ...[`dev ovp-${which}`, 'dev-type tun', 'proto udp', `port ${port}`, `server ${net} 255.255.255.0`],
    ...['topology subnet', 'dh none', 'data-ciphers AES-256-GCM:AES-128-GCM:CHACHA20-POLY1305:AES-128-CBC'],
    ...['push "redirect-gateway def1"', `push "dhcp-option DNS ${resolver}"`, 'keepalive 5 20', 'verb 3'],
  ];
  await writeFile(config, [...common, ...lines, ''].join('\n'), { mode: 0o600 });
  const child = lab.spawn('vpn', [findProgram('openvpn'), '--config', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`OpenVPN (${which}) does not start: ${output}`)), startLimitMs);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (!output.includes('Initialization Sequence Completed')) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', read);
    child.once('exit', () => reject(new Error(`OpenVPN (${which}) ended: ${output}`)));
  });
}
