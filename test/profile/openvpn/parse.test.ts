import { expect, test } from 'vitest';
import { blocks, cert, key, parse, simple, staticKey, withLines } from './samples.ts';

const optionsOf = (text: string): string[] =>
  parse(text).profile.options.map(({ name, args }) => [name, ...args].join(' '));
const droppedOf = (text: string): (string | number | null)[][] =>
  parse(text).dropped.map(({ line, directive, reason }) => [line, directive, reason]);
const codesOf = (text: string): string[] => parse(text).warnings.map(({ code }) => code);

test('a simple profile becomes fields', () => {
  const { profile, dropped, warnings } = parse(simple);
  expect(profile).toEqual({
    kind: 'openvpn',
    remotes: [{ host: '198.51.100.7', port: 1194, transport: 'udp' }],
    ca: cert,
    cert,
    key,
    options: [],
  });
  expect(dropped).toEqual([]);
  expect(warnings).toEqual([expect.objectContaining({ code: 'private-endpoint' })]);
});

test('servers: defaults from port and proto, own ones, IPv6, names, <connection> blocks', () => {
  const { profile, dropped } = parse(
    `client\nproto tcp\nport 443\nremote a.Example\nremote 2001:DB8::1 53 udp6\n<connection>\nremote b.example 80 tcp4\nup x\n</connection>\n${blocks}`,
  );
  expect(profile.remotes).toEqual([
    { host: 'a.example', port: 443, transport: 'tcp' },
    { host: '2001:db8::1', port: 53, transport: 'udp' },
    { host: 'b.example', port: 80, transport: 'tcp' },
  ]);
  expect(dropped).toEqual([expect.objectContaining({ line: 8, directive: 'up' })]);
});

test('plain options pass with their arguments checked, in the order of the file', () => {
  const lines = [
    'auth SHA512',
    'keepalive 10 60',
    'reneg-sec 0',
    'remote-random',
    'verify-x509-name "my server" name',
    'tls-version-min 1.2',
    'pull-filter ignore "route-ipv6 x"',
    'setenv opt block-outside-dns',
    'route 10.0.0.0 255.0.0.0',
    'dhcp-option DNS 10.8.0.1',
    'mssfix 1300',
  ];
  expect(optionsOf(withLines(lines.join('\n')))).toEqual(lines.map((line) => line.replaceAll('"', '')));
});

test.each([
  ['up /tmp/x', 'up', 'runs a command'],
  ['route-up /tmp/x', 'route-up', 'runs a command'],
  ['tls-verify /tmp/x', 'tls-verify', 'runs a command'],
  ['ipchange x', 'ipchange', 'runs a command'],
  ['auth-user-pass-verify x via-file', 'auth-user-pass-verify', 'runs a command'],
  ['dns-updown x', 'dns-updown', 'runs a command'],
  ['script-security 2', 'script-security', 'allows commands to be run'],
  ['plugin /tmp/x.so', 'plugin', 'loads a program into OpenVPN'],
  ['engine x', 'engine', 'loads a program into OpenVPN'],
  ['config /etc/passwd', 'config', 'can carry any other directive'],
  ['setenv opt up /tmp/x', 'setenv', 'can carry any other directive'],
  ['setenv opt script-security 2', 'setenv', 'can carry any other directive'],
  ['setenv opt block-outside-dns up', 'setenv', 'can carry any other directive'],
  ['setenv UV_X 1', 'setenv', 'can carry any other directive'],
  ['setenv-safe X 1', 'setenv-safe', 'can carry any other directive'],
  ['management 127.0.0.1 7505', 'management', 'lets another program steer the connection'],
  ['log /etc/cron.d/x', 'log', 'writes a file'],
  ['status /tmp/x', 'status', 'writes a file'],
  ['cd /tmp', 'cd', 'reads a file or a folder'],
  ['http-proxy 1.2.3.4 80 /tmp/auth', 'http-proxy', 'connects through a proxy, which Sawt does not do'],
  ['"up" x', 'up', 'runs a command'],
  ["'up' x", 'up', 'runs a command'],
  ['--up x', 'up', 'runs a command'],
  ['\tup\tx', 'up', 'runs a command'],
  ['"--up" x', 'up', 'runs a command'],
  ['u\\p x', 'unreadable', 'its quotes or backslashes are wrong'],
  ['UP x', 'unreadable', 'is not needed, or Sawt does not know it'],
  ['route 10.0.0.0 255.0.0.0 net_gateway', 'route', 'this value is not safe, or Sawt does not know it'],
  ['tls-cert-profile insecure', 'tls-cert-profile', 'this value is not safe, or Sawt does not know it'],
  ['tls-cipher DEFAULT:@SECLEVEL=0', 'tls-cipher', 'this value is not safe, or Sawt does not know it'],
  ['auth none', 'auth', 'this value is not safe, or Sawt does not know it'],
  ['verb 11', 'verb', 'this value is not safe, or Sawt does not know it'],
  ['toString x', 'unreadable', 'is not needed, or Sawt does not know it'],
  ['constructor', 'constructor', 'is not needed, or Sawt does not know it'],
  ['keepalive 10 11', 'keepalive', 'this value is not safe, or Sawt does not know it'],
  ['remote-cert-tls client', 'remote-cert-tls', 'is not needed, or Sawt does not know it'],
])('%s is dropped and listed', (line, directive, reason) => {
  expect(droppedOf(withLines(line))).toEqual([[6, directive, reason]]);
  expect(parse(withLines(line)).profile).toEqual(parse(simple).profile);
});

test('of an option given twice the last one counts', () => {
  const text = withLines('auth SHA1\nauth SHA256');
  expect(optionsOf(text)).toEqual(['auth SHA256']);
  expect(droppedOf(text)).toEqual([[6, 'auth', 'is given again further down']]);
});

test('what is only for UDP goes when a server is reached over TCP, and ping goes beside keepalive', () => {
  expect(optionsOf(withLines('fragment 1300\nexplicit-exit-notify 2'))).toEqual([
    'fragment 1300',
    'explicit-exit-notify 2',
  ]);
  expect(optionsOf(withLines('fragment 1300\nexplicit-exit-notify 2').replace('proto udp', 'proto tcp'))).toEqual([]);
  expect(optionsOf(withLines('ping 10\nping-restart 60\nkeepalive 10 60'))).toEqual(['keepalive 10 60']);
});

test.each([
  [
    'cipher AES-256-CBC',
    ['data-ciphers AES-256-GCM:AES-128-GCM:CHACHA20-POLY1305:AES-256-CBC', 'data-ciphers-fallback AES-256-CBC'],
  ],
  [
    'cipher aes-256-gcm',
    ['data-ciphers AES-256-GCM:AES-128-GCM:CHACHA20-POLY1305', 'data-ciphers-fallback AES-256-GCM'],
  ],
  [
    'ncp-ciphers AES-128-GCM\ncipher AES-128-CBC',
    ['data-ciphers AES-128-GCM:AES-128-CBC', 'data-ciphers-fallback AES-128-CBC'],
  ],
  ['data-ciphers AES-256-GCM:?CHACHA20-POLY1305:BF-CBC', ['data-ciphers AES-256-GCM:CHACHA20-POLY1305']],
  ['cipher BF-CBC', []],
  ['cipher none', []],
])('%s is offered as OpenVPN 2.6 wants it', (lines, options) => {
  expect(optionsOf(withLines(lines))).toEqual(options);
});

test('weak ciphers are left out, with a warning', () => {
  expect(codesOf(withLines('cipher BF-CBC'))).toContain('weak-cipher');
  expect(codesOf(withLines('auth MD5'))).toContain('weak-cipher');
  expect(codesOf(withLines('cipher AES-256-CBC'))).not.toContain('weak-cipher');
});

test('compressing is switched off, its framing kept', () => {
  expect(optionsOf(withLines('comp-lzo yes'))).toEqual(['comp-lzo no']);
  expect(optionsOf(withLines('compress lz4'))).toEqual([]);
});

test('keys of the control channel, with their direction from either place', () => {
  const block = `<tls-auth>\n${staticKey}\n</tls-auth>`;
  expect(parse(withLines(`key-direction 1\n${block}`)).profile.tlsAuth).toEqual({ key: staticKey, direction: 1 });
  expect(parse(withLines(`tls-auth [inline] 0\n${block}`)).profile.tlsAuth).toEqual({ key: staticKey, direction: 0 });
  expect(parse(withLines(block)).profile.tlsAuth).toEqual({ key: staticKey });
  expect(parse(withLines(block.replaceAll('tls-auth', 'tls-crypt'))).profile.tlsCrypt).toBe(staticKey);
  expect(() => parse(withLines(`${block}\n${block.replaceAll('tls-auth', 'tls-crypt')}`))).toThrow(
    'exclude each other',
  );
});

test('name and password: asked for, given inside, or in a file that is not read', () => {
  const base = simple.replace(/<cert>[^]*<\/key>\n/, '');
  expect(parse(`${base}auth-user-pass\n`).profile.userPass).toEqual({ required: true });
  expect(codesOf(`${base}auth-user-pass\n`)).toContain('needs-password');
  const given = parse(`${base}<auth-user-pass>\nme\n pass word \n</auth-user-pass>\n`);
  expect(given.profile.userPass).toEqual({ required: true, username: 'me', password: ' pass word ' });
  const referred = parse(`${base}auth-user-pass /home/me/secret.txt\n`);
  expect(referred.profile.userPass).toEqual({ required: true });
  expect(referred.dropped[0]?.directive).toBe('auth-user-pass');
});

test('text around certificates is left out, and base64 of any width is written anew', () => {
  const [head = '', ...rest] = cert.split('\n');
  const wide = [head, rest.slice(0, -1).join(''), rest.at(-1)].join('\n').replace(/(.{150})/g, '$1\n');
  expect(parse(simple.replace(cert, `Certificate:\n    Data:\n  up /bin/x\n${wide}\n`)).profile.ca).toBe(cert);
});

test.each([
  [simple.replace(/<ca>[^]*<\/ca>/, 'ca ca.crt'), 'profile-invalid', 6, 'ca'],
  [withLines('tls-auth ta.key 1'), 'profile-invalid', 6, 'tls-auth'],
  [simple.replace(/<ca>[^]*<\/ca>\n/, ''), 'profile-invalid', null, 'ca'],
  [simple.replace(/<cert>[^]*<\/cert>\n/, ''), 'profile-invalid', null, 'cert'],
  [simple.replace(/<cert>[^]*<\/key>\n/, ''), 'profile-invalid', null, 'cert'],
  [simple.replace('</key>', ''), 'profile-invalid', expect.any(Number), 'key'],
  [simple.replace(key, 'hello'), 'profile-invalid', expect.any(Number), 'key'],
  [simple.replace(/remote .*\n/, ''), 'profile-invalid', null, 'remote'],
  [simple.replace('198.51.100.7', '0x7f.1'), 'profile-invalid', 4, 'remote'],
  [simple.replace('1194', '0'), 'profile-invalid', 4, 'remote'],
  [simple.replace('proto udp', 'proto tcp-server'), 'profile-invalid', 3, 'proto'],
  [simple.replace('dev tun', 'dev tap0'), 'profile-unsupported', 2, 'dev'],
  [withLines('dev-type tap'), 'profile-unsupported', 6, 'dev-type'],
  [withLines('server 10.8.0.0 255.255.255.0'), 'profile-unsupported', 6, 'server'],
  [withLines(`<secret>\n${staticKey}\n</secret>`), 'profile-unsupported', 6, 'secret'],
  [withLines('secret static.key'), 'profile-unsupported', 6, 'secret'],
  [withLines('pkcs12 me.p12'), 'profile-unsupported', 6, 'pkcs12'],
  [simple.replace('client\n', ''), 'profile-unsupported', null, 'client'],
  [simple.replaceAll('BEGIN PRIVATE', 'BEGIN ENCRYPTED PRIVATE'), 'profile-unsupported', expect.any(Number), 'key'],
  [simple.replace('</ca>', '</ca>X'), 'profile-dangerous', expect.any(Number), 'ca'],
  [simple.replace('</ca>', '</ca>\tup x'), 'profile-dangerous', expect.any(Number), 'ca'],
  [simple.replace('</ca>', `${'A'.repeat(255)}</ca>\nup x\n</ca>`), 'profile-dangerous', expect.any(Number), null],
  [withLines(`# ${'A'.repeat(255)}up x`), 'profile-dangerous', 6, null],
])('refused, with code and place (%#)', (text, code, line, directive) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code, line: line as unknown, directive }));
});

test('who the server is: checked by name, by kind, or weakly', () => {
  expect(codesOf(simple)).not.toContain('weak-identity');
  expect(codesOf(simple.replace('remote-cert-tls server\n', ''))).toContain('weak-identity');
  expect(codesOf(simple.replace('remote-cert-tls server', 'verify-x509-name a name'))).not.toContain('weak-identity');
});

test('routes that keep traffic out of the tunnel are warned about', () => {
  expect(codesOf(withLines('route-nopull'))).toContain('split-routes');
  expect(codesOf(withLines('pull-filter ignore redirect-gateway'))).toContain('split-routes');
  expect(codesOf(withLines('pull-filter ignore route-ipv6'))).not.toContain('split-routes');
});
