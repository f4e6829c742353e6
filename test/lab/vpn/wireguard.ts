import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addresses } from '../addresses.ts';
import { constantAddresses } from '../world/providers/known.ts';
import { startProgram, type Helper, type HelperOptions } from '../system/helper.ts';
import { findProgram, run } from '../system/programs.ts';

export const wireguardPort = 51820;
/** More UDP ports of the VPN host that lead to the same server. */
export const wireguardMorePorts = [53, 443];
const device = 'wgs';
const a = addresses;

interface KeyPair {
  privateKey: string;
  publicKey: string;
}

/** Curve25519 keys in WireGuard's base64 form; the raw 32 bytes end the DER forms of RFC 8410. */
function createKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const raw = (der: Buffer): string => der.subarray(-32).toString('base64');
  return {
    privateKey: raw(privateKey.export({ type: 'pkcs8', format: 'der' })),
    publicKey: raw(publicKey.export({ type: 'spki', format: 'der' })),
  };
}

/** Starts the real wireguard-go on the VPN host. `profile` is what the client needs to connect, as a .conf file. */
export async function startWireguard(
  folder: string,
  options: Omit<HelperOptions, 'name' | 'namespace'>,
): Promise<{ helper: Helper; profile: string }> {
  const server = createKeyPair();
  const client = createKeyPair();
  const presharedKey = randomBytes(32).toString('base64');
  const helper = await startProgram({
    ...options,
    name: 'wireguard-go',
    namespace: 'vpn',
    argv: [findProgram('wireguard-go'), '--foreground', device],
    isReady: () => existsSync(`/run/wireguard/${device}.sock`),
  });
  // A file, because Node's pipes are sockets, and /dev/stdin cannot be opened when it is one.
  const config = join(folder, 'wireguard-server.conf');
  await writeFile(config, serverConfig(server, client, presharedKey), { mode: 0o600 });
  await run('ip', ['netns', 'exec', 'vpn', findProgram('wg'), 'setconf', device, config]);
  await run('ip', ['-n', 'vpn', '-batch', '-'], {
    input: [
      `addr add ${a.wireguardServer.v4}/24 dev ${device}`,
      `addr add ${a.wireguardServer.v6}/64 dev ${device} nodad`,
      `link set ${device} mtu 1420 up`,
      ...constantAddresses.map((address) => `route add ${address}/32 dev ${device}`),
      '',
    ].join('\n'),
  });
  return { helper, profile: clientProfile(server, client, presharedKey) };
}

const serverConfig = (server: KeyPair, client: KeyPair, presharedKey: string): string => `[Interface]
PrivateKey = ${server.privateKey}
ListenPort = ${wireguardPort}

[Peer]
PublicKey = ${client.publicKey}
PresharedKey = ${presharedKey}
AllowedIPs = ${a.wireguardClient.v4}/32, ${a.wireguardClient.v6}/128
`;

const clientProfile = (server: KeyPair, client: KeyPair, presharedKey: string): string => `[Interface]
PrivateKey = ${client.privateKey}
Address = ${a.wireguardClient.v4}/32, ${a.wireguardClient.v6}/128
DNS = ${a.wireguardServer.v4}, ${a.wireguardServer.v6}
MTU = 1420

[Peer]
PublicKey = ${server.publicKey}
PresharedKey = ${presharedKey}
Endpoint = ${a.vpn.v4}:${wireguardPort}
AllowedIPs = 0.0.0.0/0, ::/0
PersistentKeepalive = 25
`;
