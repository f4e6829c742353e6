import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addresses } from '../addresses.ts';
import { createAuthority, issue, type Credential } from '../system/certificates.ts';
import { startProgram, type Helper, type HelperOptions } from '../system/helper.ts';
import { findProgram } from '../system/programs.ts';

interface Variant {
  proto: 'udp' | 'tcp';
  port: number;
  net: string;
  resolver: string;
}
const openvpnVariants: Record<'udp' | 'tcp', Variant> = {
  udp: { proto: 'udp', port: 1194, net: addresses.openvpnUdpNet, resolver: addresses.openvpnUdpServer },
  tcp: { proto: 'tcp', port: 443, net: addresses.openvpnTcpNet, resolver: addresses.openvpnTcpServer },
};

interface Material {
  authority: string;
  server: Credential;
  client: Credential;
  tlsCrypt: string;
}

/** Starts two real OpenVPN servers. The profiles are whole .ovpn files with everything inline. */
export async function startOpenvpn(
  folder: string,
  options: Omit<HelperOptions, 'name' | 'namespace'>,
): Promise<{ helpers: Helper[]; profiles: Record<'udp' | 'tcp', string> }> {
  const material = await createMaterial(folder);
  const start = async (variant: Variant): Promise<Helper> => {
    const config = join(folder, `server-${variant.proto}.conf`);
    await writeFile(config, serverConfig(variant, material), { mode: 0o600 });
    return startProgram({
      ...options,
      name: `openvpn-${variant.proto}`,
      namespace: 'vpn',
      argv: [findProgram('openvpn'), '--config', config],
      isReady: (output) => output.includes('Initialization Sequence Completed'),
    });
  };
  const helpers = await Promise.all([start(openvpnVariants.udp), start(openvpnVariants.tcp)]);
  const profile = (variant: Variant): string => clientProfile(variant, material);
  return { helpers, profiles: { udp: profile(openvpnVariants.udp), tcp: profile(openvpnVariants.tcp) } };
}

async function createMaterial(folder: string): Promise<Material> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authority = await createAuthority(folder, 'ca', 'Lab VPN root');
  const [server, client] = await Promise.all([
    issue(folder, authority, { name: 'server', usage: 'serverAuth', names: [] }),
    issue(folder, authority, { name: 'client', usage: 'clientAuth', names: [] }),
  ]);
  return { authority: authority.certificate, server, client, tlsCrypt: createStaticKey() };
}

/** OpenVPN's static key file: 2048 random bits in hexadecimal, sixteen bytes a line (openvpn(8), `--genkey secret`). */
export function createStaticKey(): string {
  const lines = randomBytes(256).toString('hex').match(/.{32}/g) ?? [];
  return ['-----BEGIN OpenVPN Static key V1-----', ...lines, '-----END OpenVPN Static key V1-----', ''].join('\n');
}

const inline = (name: string, text: string): string => `<${name}>\n${text.trim()}\n</${name}>\n`;

const serverConfig = ({ proto, port, net, resolver }: Variant, material: Material): string =>
  `dev ovs-${proto}
dev-type tun
proto ${proto === 'tcp' ? 'tcp-server' : 'udp'}
port ${port}
server ${net} 255.255.255.0
topology subnet
dh none
data-ciphers AES-256-GCM:CHACHA20-POLY1305
push "redirect-gateway def1"
push "dhcp-option DNS ${resolver}"
keepalive 5 20
verb 3
` +
  inline('ca', material.authority) +
  inline('cert', material.server.certificate) +
  inline('key', material.server.key) +
  inline('tls-crypt', material.tlsCrypt);

const clientProfile = ({ proto, port }: Variant, material: Material): string =>
  `client
dev tun
proto ${proto}
remote ${addresses.vpn.v4} ${port}
nobind
persist-key
persist-tun
remote-cert-tls server
data-ciphers AES-256-GCM:CHACHA20-POLY1305
verb 3
` +
  inline('ca', material.authority) +
  inline('cert', material.client.certificate) +
  inline('key', material.client.key) +
  inline('tls-crypt', material.tlsCrypt);
