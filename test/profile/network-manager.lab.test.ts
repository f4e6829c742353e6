import { describe, expect, test } from 'vitest';
import { leftOutOfOpenVpn, lostInNetworkManager } from '../../electron/profile/network-manager.ts';
import { writeProfile } from '../../electron/profile/write.ts';
import { hasNetworkManager, importByNetworkManager } from './import-by-network-manager.ts';
import { blocks, parse as parseOvpn, simple as ovpn, staticKey, withLines } from './openvpn/samples.ts';
import {
  keyOf,
  parse as parseConf,
  presharedKey,
  privateKey,
  publicKey,
  simple as conf,
  withInterface,
  withPeer,
} from './wireguard/samples.ts';

const written = (text: string): string =>
  writeProfile((text.startsWith('[') ? parseConf(text) : parseOvpn(text)).profile);

/** The lines of one section of a keyfile, empty values left out. */
function section(keyfile: string | undefined, name: string): Record<string, string> {
  const [, text = ''] = (keyfile ?? '').split(`[${name}]\n`);
  const lines = (text.split(/^\[/m)[0] ?? '').split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

describe.skipIf(!hasNetworkManager)('NetworkManager (skipped: it is not installed)', () => {
  test('means the same by our WireGuard files as we do', () => {
    const files = {
      'plain.conf': written(conf),
      'rich.conf': written(
        withPeer(
          `PresharedKey = ${presharedKey}\nPersistentKeepalive = 25\nAllowedIPs = ::/0\n[Peer]\nPublicKey = ${keyOf(7)}\nEndpoint = vpn.example.org:443\nAllowedIPs = 10.9.0.0/16`,
        ),
      ),
      'six.conf': written(withInterface('MTU = 1280\nDNS = 2001:db8::53, lan.example\nAddress = fd00::2/128')),
    };
    const read = importByNetworkManager(files);
    expect(section(read.get('plain.conf'), 'wireguard')).toEqual({ 'private-key': privateKey });
    expect(section(read.get('plain.conf'), `wireguard-peer.${publicKey}`)).toEqual({
      endpoint: '198.51.100.7:51820',
      'allowed-ips': '0.0.0.0/0;',
    });
    expect(section(read.get('plain.conf'), 'ipv4')).toMatchObject({
      address1: '10.2.0.2/32',
      dns: '10.2.0.1;',
      method: 'manual',
    });
    expect(section(read.get('rich.conf'), `wireguard-peer.${publicKey}`)).toMatchObject({
      'preshared-key': presharedKey,
      'persistent-keepalive': '25',
      'allowed-ips': '0.0.0.0/0;::/0;',
    });
    expect(section(read.get('rich.conf'), `wireguard-peer.${keyOf(7)}`)).toEqual({
      endpoint: 'vpn.example.org:443',
      'allowed-ips': '10.9.0.0/16;',
    });
    expect(section(read.get('six.conf'), 'wireguard')).toMatchObject({ mtu: '1280' });
    expect(section(read.get('six.conf'), 'ipv6')).toMatchObject({
      address1: 'fd00::2/128',
      dns: '2001:db8::53;',
      'dns-search': 'lan.example;',
    });
  });

  test('leaves out a resolver without an address of its family, as we say', () => {
    const { profile } = parseConf(withInterface('DNS = 2001:db8::53'));
    const read = importByNetworkManager({ 'a.conf': writeProfile(profile) });
    expect(read.get('a.conf')).not.toContain('2001:db8::53');
    expect(lostInNetworkManager(profile)).toEqual(['DNS']);
    expect(lostInNetworkManager(parseConf(conf).profile)).toEqual([]);
  });

  test('means the same by our OpenVPN files as we do', () => {
    const files = {
      'plain.ovpn': written(ovpn),
      'auth.ovpn': written(withLines(`key-direction 1\n<tls-auth>\n${staticKey}\n</tls-auth>`)),
      'two.ovpn': written(
        `client\nremote a.example 443 tcp\nremote 2001:db8::7 1194 udp\nauth-user-pass\n<tls-crypt>\n${staticKey}\n</tls-crypt>\n${blocks}`,
      ),
    };
    const read = importByNetworkManager(files);
    expect(section(read.get('plain.ovpn'), 'vpn')).toMatchObject({
      'connection-type': 'tls',
      dev: 'tun',
      remote: '198.51.100.7:1194:udp',
      'remote-cert-tls': 'server',
      ca: 'plain-ca.pem',
      cert: 'plain-cert.pem',
      key: 'plain-key.pem',
    });
    expect(section(read.get('auth.ovpn'), 'vpn')).toMatchObject({ ta: 'auth-tls-auth.pem', 'ta-dir': '1' });
    expect(section(read.get('two.ovpn'), 'vpn')).toMatchObject({
      'connection-type': 'password-tls',
      remote: 'a.example:443:tcp-client, [2001:db8::7]:1194:udp',
      'tls-crypt': 'two-tls-crypt.pem',
    });
  });

  test('takes over every directive but those that we name', () => {
    const plain = section(importByNetworkManager({ 'x.ovpn': written(ovpn) }).get('x.ovpn'), 'vpn');
    const files = Object.fromEntries(
      directives.map((line) => [`${line.split(' ')[0] ?? ''}.ovpn`, written(withLines(line))]),
    );
    const read = importByNetworkManager(files);
    const taken = (name: string): boolean => {
      const keyfile = read.get(`${name}.ovpn`);
      const vpn = section(keyfile, 'vpn');
      const added = Object.entries(vpn).filter(
        ([key, value]) => !['ca', 'cert', 'key'].includes(key) && plain[key] !== value,
      );
      return added.length > 0 || section(keyfile, 'ipv4')['route1'] !== undefined;
    };
    const names = directives.map((line) => line.split(' ')[0] ?? '');
    expect(names.filter((name) => read.get(`${name}.ovpn`)?.startsWith('[connection]') !== true)).toEqual([]);
    expect(names.filter((name) => !taken(name)).sort()).toEqual(Object.keys(leftOutOfOpenVpn).sort());
  });
});

/** Each that Sawt lets through, and that is not the same as something else here. */
const directives = [
  ...[
    'auth SHA512',
    'auth-nocache',
    'auth-retry nointeract',
    'comp-lzo no',
    'connect-retry 2 60',
    'connect-retry-max 5',
    'connect-timeout 20',
  ],
  ...[
    'data-ciphers AES-256-GCM:AES-128-GCM',
    'dhcp-option DNS 10.8.0.1',
    'explicit-exit-notify 2',
    'float',
    'fragment 1300',
    'hand-window 20',
  ],
  ...[
    'keepalive 10 60',
    'mssfix 1300',
    'mute-replay-warnings',
    'pull-filter ignore "route-ipv6 2000::"',
    'rcvbuf 0',
    'redirect-gateway def1 ipv6',
  ],
  ...[
    'remote-random',
    'reneg-bytes 0',
    'reneg-pkts 0',
    'reneg-sec 3600',
    'replay-window 128 30',
    'resolv-retry infinite',
    'route-delay 2',
  ],
  ...[
    'route 10.9.0.0 255.255.0.0 vpn_gateway 10',
    'route-ipv6 fd00::/64',
    'route-metric 5',
    'route-nopull',
    'server-poll-timeout 10',
  ],
  ...[
    'setenv opt block-outside-dns',
    'sndbuf 0',
    'tls-cert-profile preferred',
    'tls-cipher TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384',
  ],
  ...[
    'tls-ciphersuites TLS_AES_256_GCM_SHA384',
    'tls-groups X25519',
    'tls-timeout 5',
    'tls-version-min 1.2',
    'tls-version-max 1.3',
  ],
  ...['topology subnet', 'tran-window 3600', 'tun-mtu 1400', 'verb 3', 'verify-x509-name server.example name'],
];
