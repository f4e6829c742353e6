import type { OpenVpnProfile, WireGuardProfile } from '../../../electron/profile/types.ts';

/** The lab's own profile files to fields; they are known to be well-formed. */
export function parseLabWireGuard(text: string): WireGuardProfile {
  const value = (key: string): string => new RegExp(`^${key} = (.*)$`, 'm').exec(text)?.[1] ?? '';
  const list = (key: string): string[] =>
    value(key)
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
  const [host = '', port] = value('Endpoint').split(':');
  const presharedKey = value('PresharedKey');
  return {
    kind: 'wireguard',
    privateKey: value('PrivateKey'),
    addresses: list('Address'),
    dns: list('DNS'),
    searchDomains: [],
    peers: [
      {
        publicKey: value('PublicKey'),
        ...(presharedKey === '' ? {} : { presharedKey }),
        endpoint: { host, port: Number(port) },
        allowedIps: list('AllowedIPs'),
      },
    ],
  };
}

export function parseLabOpenVpn(text: string): OpenVpnProfile {
  const block = (name: string): string => new RegExp(`<${name}>\\n([\\s\\S]*?)</${name}>`).exec(text)?.[1] ?? '';
  const [, host = '', port = ''] = /^remote (\S+) (\d+)/m.exec(text) ?? [];
  const transport = /^(?:proto|remote .*) *tcp/m.test(text) ? 'tcp' : 'udp';
  return {
    kind: 'openvpn',
    remotes: [{ host, port: Number(port), transport }],
    ca: block('ca'),
    cert: block('cert'),
    key: block('key'),
    tlsCrypt: block('tls-crypt'),
    options: [
      { name: 'remote-cert-tls', args: ['server'] },
      { name: 'data-ciphers', args: ['AES-256-GCM:CHACHA20-POLY1305'] },
    ],
  };
}
