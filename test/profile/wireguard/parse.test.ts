import { expect, test } from 'vitest';
import { keyOf, parse, presharedKey, privateKey, publicKey, simple, withInterface, withPeer } from './samples.ts';

test('a simple file becomes fields', () => {
  expect(parse(simple)).toEqual({
    profile: {
      kind: 'wireguard',
      privateKey,
      addresses: ['10.2.0.2/32'],
      dns: ['10.2.0.1'],
      searchDomains: [],
      peers: [{ publicKey, allowedIps: ['0.0.0.0/0'], endpoint: { host: '198.51.100.7', port: 51820 } }],
    },
    dropped: [],
    warnings: [expect.objectContaining({ code: 'no-ipv6' }), expect.objectContaining({ code: 'private-endpoint' })],
  });
});

test('keys are case-blind, comments end a line anywhere, CRLF and a byte order mark do no harm', () => {
  const odd = `\ufeff# Madrid\r\n[INTERFACE] # mine\r\npRIVATEkEY=${privateKey}# x\r\n  address\t=10.2.0.2 \r\ndns = 10.2.0.1\r\n[peer]\r\nPUBLICKEY = ${publicKey}\r\nallowedips=0.0.0.0/0\r\nendpoint = 198.51.100.7:51820`;
  expect(parse(odd).profile).toEqual(parse(simple).profile);
});

test('lists add up over repeated keys, without doubles', () => {
  const { profile } = parse(
    withPeer('AllowedIPs = ::/0, 0.0.0.0/0').replace(
      'DNS =',
      'Address = fd00::2/128, 10.2.0.2\nDNS = 9.9.9.9, lan.example\nDNS =',
    ),
  );
  expect(profile.addresses).toEqual(['10.2.0.2/32', 'fd00::2/128']);
  expect(profile.dns).toEqual(['9.9.9.9', '10.2.0.1']);
  expect(profile.searchDomains).toEqual(['lan.example']);
  expect(profile.peers[0]?.allowedIps).toEqual(['0.0.0.0/0', '::/0']);
});

test('of another repeated key the last one counts, as for wg, and the earlier one is listed', () => {
  const { profile, dropped } = parse(withInterface(`PrivateKey = ${keyOf(9)}\nMTU = 1280\nMTU = 1420`));
  expect(profile.privateKey).toBe(keyOf(9));
  expect(profile.mtu).toBe(1420);
  expect(dropped.map(({ line, directive }) => [line, directive])).toEqual([
    [2, 'PrivateKey'],
    [6, 'MTU'],
  ]);
});

test('a section that is opened again goes on, and its commands are dropped all the same', () => {
  const { profile, dropped } = parse(`${simple}[interface]\npOstuP = touch /tmp/x\nMTU = 1380\n`);
  expect(profile.mtu).toBe(1380);
  expect(dropped).toEqual([{ line: 11, directive: 'PostUp', reason: 'runs a command' }]);
});

test.each(['PreUp', 'PostUp', 'PreDown', 'PostDown', 'POSTUP', 'post up', '\tPostUp', 'PostUp\t'])(
  '%j runs a command and is dropped, in both sections',
  (directive) => {
    for (const text of [withInterface(`${directive} = curl evil`), withPeer(`${directive}=curl evil`)]) {
      const { profile, dropped } = parse(text);
      expect(dropped).toEqual([expect.objectContaining({ reason: 'runs a command' })]);
      expect(JSON.stringify([profile, dropped])).not.toContain('evil');
    }
  },
);

test.each([
  ['Table = off', 'Table'],
  ['FwMark = 0xca6c', 'FwMark'],
  ['SaveConfig = true', 'SaveConfig'],
  ['ListenPort = 51820', 'ListenPort'],
  ['Frobnicate = 1', 'Frobnicate'],
])('%s is dropped with a reason', (line, directive) => {
  expect(parse(withInterface(line)).dropped).toEqual([
    { line: 5, directive, reason: expect.stringMatching(/\w+/) as string },
  ]);
});

test('a setting in the wrong section is dropped', () => {
  expect(parse(withPeer('DNS = 1.1.1.1')).dropped).toEqual([
    { line: 10, directive: 'DNS', reason: 'belongs into [Interface]' },
  ]);
  expect(parse(withInterface('AllowedIPs = 10.0.0.0/8')).dropped[0]?.reason).toBe('belongs into [Peer]');
  expect(parse(`DNS = 1.1.1.1\n${simple}`).dropped[0]?.line).toBe(1);
});

test('a key wrapped over two lines is never shown, neither in what was dropped nor in an error', () => {
  const [half, rest] = [privateKey.slice(0, 20), 'QUFBQUFBQUFBQUFBQUFBQUFBQUE='];
  try {
    parse(simple.replace(privateKey, `${half}\n${rest}`));
    expect.unreachable();
  } catch (error) {
    expect(String(error)).not.toContain(half);
    expect(String(error)).toContain('line 2, PrivateKey');
  }
  const { dropped } = parse(withInterface(rest));
  expect(dropped[0]?.directive).toBe('unreadable');
});

test('networks lose their host bits, addresses keep theirs, IPv6 has one spelling', () => {
  const { profile } = parse(
    withPeer('AllowedIPs = 192.168.7.9/24,2001:DB8:0::1/64').replace('10.2.0.2/32', '10.2.0.2/24, FD00:0:0::2'),
  );
  expect(profile.addresses).toEqual(['10.2.0.2/24', 'fd00::2/128']);
  expect(profile.peers[0]?.allowedIps).toEqual(['0.0.0.0/0', '192.168.7.0/24', '2001:db8::/64']);
});

test('several peers, an IPv6 endpoint, a name, a pre-shared key and keepalive', () => {
  const { profile } = parse(
    `${withPeer(`PresharedKey = ${presharedKey}\nPersistentKeepalive = 25`)}[Peer]\nPublicKey = ${keyOf(4)}\nEndpoint = [2001:db8::1]:443\nPersistentKeepalive = off\n[Peer]\nPublicKey=${keyOf(5)}\nEndpoint=VPN.Example.org:53\nPresharedKey = ${keyOf(0)}`,
  );
  expect(profile.peers).toEqual([
    expect.objectContaining({ presharedKey, persistentKeepalive: 25 }),
    { publicKey: keyOf(4), allowedIps: [], endpoint: { host: '2001:db8::1', port: 443 } },
    { publicKey: keyOf(5), allowedIps: [], endpoint: { host: 'vpn.example.org', port: 53 } },
  ]);
});

test.each([
  ['PrivateKey', simple.replace(privateKey, 'short'), 2],
  ['PrivateKey', simple.replace(privateKey, keyOf(0)), 2],
  ['PrivateKey', simple.replace(/PrivateKey.*\n/, ''), null],
  ['PublicKey', simple.replace(publicKey, `${publicKey.slice(0, -2)}B=`), 7],
  ['PublicKey', simple.replace(/PublicKey.*\n/, ''), null],
  ['PublicKey', `${simple}[Peer]\nPublicKey = ${publicKey}`, null],
  ['Peer', simple.replace(/\[Peer\][^]*/, ''), null],
  ['Address', simple.replace(/Address.*\n/, ''), null],
  ['Address', simple.replace('10.2.0.2/32', '/etc/pass*'), 3],
  ['Address', simple.replace('10.2.0.2/32', '10.2.0.2/33'), 3],
  ['Address', simple.replace('10.2.0.2/32', '010.2.0.2/32'), 3],
  ['Address', simple.replace('10.2.0.2/32', 'fe80::1%eth0/64'), 3],
  ['DNS', simple.replace('10.2.0.1', '10.2.0'), 4],
  ['DNS', simple.replace('10.2.0.1', '$(id)'), 4],
  ['AllowedIPs', simple.replace('0.0.0.0/0', '0.0.0.0/0,'), 8],
  ['AllowedIPs', simple.replace('0.0.0.0/0', 'default'), 8],
  ['Endpoint', simple.replace('198.51.100.7:51820', '198.51.100.7'), 9],
  ['Endpoint', simple.replace('198.51.100.7:51820', '198.51.100.7:0'), 9],
  ['Endpoint', simple.replace('198.51.100.7:51820', '198.51.100.7:http'), 9],
  ['Endpoint', simple.replace('198.51.100.7:51820', '2001:db8::1:51820'), 9],
  ['Endpoint', simple.replace('198.51.100.7:51820', '0x7f.1:51820'), 9],
  ['Endpoint', simple.replace('198.51.100.7:51820', 'a;b:51820'), 9],
  ['MTU', withInterface('MTU = 575'), 5],
  ['MTU', withInterface('MTU = 1420 bytes'), 5],
  ['PersistentKeepalive', withPeer('PersistentKeepalive = 65536'), 10],
  ['PresharedKey', withPeer('PresharedKey ='), 10],
  [null, simple.replace('[Peer]', '[Pe er]'), 6],
  [null, simple.replace('[Peer]', '[Peer] x'), 6],
  [null, simple.replace('[Interface]', '[Interface] = 1'), 1],
])('a bad %s is refused with its place (%#)', (directive, text, line) => {
  expect(() => parse(text)).toThrow(
    expect.objectContaining({ code: 'profile-invalid', file: 'test.conf', line, directive }),
  );
});

test('split routes, missing DNS, a server by name: each gives its warning', () => {
  const codes = (text: string): string[] => parse(text).warnings.map(({ code }) => code);
  expect(codes(simple.replace('0.0.0.0/0', '10.0.0.0/8'))).toContain('split-routes');
  expect(codes(simple.replace('0.0.0.0/0', '0.0.0.0/1, 128.0.0.0/1'))).not.toContain('split-routes');
  expect(codes(simple.replace(/DNS.*\n/, ''))).toContain('no-dns');
  expect(codes(simple.replace('198.51.100.7', 'vpn.example.org'))).toEqual(['no-ipv6', 'endpoint-by-name']);
  expect(
    codes(
      withPeer('AllowedIPs = ::/0')
        .replace('10.2.0.2/32', '10.2.0.2/32, fd00::2')
        .replace('198.51.100.7', '45.134.213.194'),
    ),
  ).toEqual([]);
});
