import { pubkey } from '../wg/commands.ts';
import type { OpenVpnProfile, WireGuardProfile } from '../types.ts';
import { serverName } from './certificates.ts';
import type { Credential, OwnServer, Person } from './record.ts';

/** The addresses inside the tunnels of one server. */
export function insideOf({ network: { second, third, global } }: Pick<OwnServer, 'network'>): {
  wireguard4: string;
  openvpn4: string;
  wireguard6: string;
  openvpn6: string;
} {
  // A unique local prefix with 40 random bits (RFC 4193 §3.2).
  const prefix = `fd${global.slice(0, 2)}:${global.slice(2, 6)}:${global.slice(6)}`.replaceAll(/:0{1,3}(?=\w)/g, ':');
  return {
    wireguard4: `10.${second}.${third}`,
    openvpn4: `10.${second}.${third + 1}`,
    wireguard6: `${prefix}:1:`,
    openvpn6: `${prefix}:2:`,
  };
}

/** Addresses of a person in WireGuard's network; the server itself is 1. */
export function personAddresses(server: Pick<OwnServer, 'network'>, { number }: Pick<Person, 'number'>): string[] {
  const { wireguard4, wireguard6 } = insideOf(server);
  return [`${wireguard4}.${number + 1}/32`, `${wireguard6}:${(number + 1).toString(16)}/128`];
}

export function wireGuardProfileOf(
  server: OwnServer,
  person: Person,
  { privateKey, resolvers }: { privateKey: string; resolvers: readonly string[] },
): WireGuardProfile {
  const { port, privateKey: serverKey } = server.wireguard ?? { port: 0, privateKey: '' };
  return {
    kind: 'wireguard',
    privateKey,
    addresses: personAddresses(server, person),
    dns: [...resolvers],
    searchDomains: [],
    peers: [
      {
        publicKey: pubkey(serverKey),
        presharedKey: person.presharedKey,
        endpoint: { host: server.endpoint, port },
        allowedIps: ['0.0.0.0/0', '::/0'],
        persistentKeepalive: 25,
      },
    ],
  };
}

export function openVpnProfileOf(server: OwnServer, { certificate, privateKey }: Credential): OpenVpnProfile {
  const { port, tlsCrypt } = server.openvpn ?? { port: 0, tlsCrypt: '' };
  return {
    kind: 'openvpn',
    remotes: [{ host: server.endpoint, port, transport: 'tcp' }],
    ca: server.authority.certificate,
    cert: certificate,
    key: privateKey,
    tlsCrypt,
    options: [
      { name: 'data-ciphers', args: ['AES-256-GCM:CHACHA20-POLY1305'] },
      { name: 'tls-version-min', args: ['1.2'] },
      { name: 'verify-x509-name', args: [serverName, 'name'] },
    ],
  };
}
