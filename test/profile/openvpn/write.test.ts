import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeProfile } from '../../../electron/profile/write.ts';
import { openVpnVersion, readByOpenVpn } from './real-openvpn.ts';
import { blocks, parse, simple, staticKey, withLines } from './samples.ts';

const withoutOpenVpn = openVpnVersion === undefined;

test('a file is written like this', () => {
  expect(writeProfile(parse(simple).profile)).toBe(
    `client\ndev tun\nnobind\npersist-key\npersist-tun\nremote-cert-tls server\nremote 198.51.100.7 1194 udp\n${blocks}`,
  );
});

const everyOption = `auth SHA512
auth-nocache
auth-retry nointeract
comp-lzo yes
connect-retry 2 60
connect-retry-max 5
connect-timeout 20
cipher AES-256-CBC
dhcp-option DNS 10.8.0.1
dhcp-option DOMAIN lan.example
explicit-exit-notify 2
float
hand-window 20
keepalive 10 60
mssfix 1300
mute-replay-warnings
pull-filter ignore "route-ipv6 2000::"
rcvbuf 0
redirect-gateway def1 ipv6
remote-random
reneg-bytes 0
reneg-sec 3600
replay-window 128 30
resolv-retry infinite
route 10.9.0.0 255.255.0.0 vpn_gateway 10
route-ipv6 fd00::/64
route-delay 2
route-metric 50
setenv opt block-outside-dns
sndbuf 0
tls-cert-profile preferred
tls-cipher TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384
tls-ciphersuites TLS_AES_256_GCM_SHA384
tls-groups X25519:prime256v1
tls-timeout 2
tls-version-min 1.2
topology subnet
tran-window 3600
tun-mtu 1400
verb 3
verify-x509-name "C=FR, CN=it's #1" subject`;

const conversions = [
  ['TCP and several servers', simple.replace('remote', 'remote a.example 443 tcp\nremote')],
  ['every option', withLines(everyOption)],
  ['tls-auth', withLines(`key-direction 1\n<tls-auth>\n${staticKey}\n</tls-auth>`)],
  ['tls-crypt', withLines(`<tls-crypt>\n${staticKey}\n</tls-crypt>`)],
  ['name and password', withLines('<auth-user-pass>\nme\nsecret\n</auth-user-pass>')],
] as const;

test.skipIf(withoutOpenVpn).each(conversions)(
  'OpenVPN itself takes what is written: %s (skipped: no openvpn)',
  (_, text) => {
    const { profile } = parse(text);
    const result = readByOpenVpn(writeProfile(profile));
    expect(result).toHaveProperty('settings');
    if (!('settings' in result)) return;
    const { settings } = result;
    expect(settings.get('remote')).toEqual(profile.remotes.map(({ host }) => host));
    expect(settings.get('remote_port')).toEqual(profile.remotes.map(({ port }) => String(port)));
    expect(settings.get('proto')).toEqual(
      profile.remotes.map(({ transport }) => (transport === 'tcp' ? 'tcp-client' : 'udp')),
    );
    const name = profile.options.find((option) => option.name === 'verify-x509-name')?.args[0];
    expect(settings.get('verify_x509_name')?.[0] ?? '[UNDEF]').toBe(name ?? '[UNDEF]');
  },
);

/** What must never be set, by OpenVPN's own names. */
const scripts = [
  ...['up_script', 'down_script', 'ipchange', 'route_script', 'client_connect_script', 'learn_address_script'],
  ...['client_disconnect_script', 'auth_user_pass_verify_script', 'tls_verify', 'chroot_dir', 'cd_dir', 'writepid'],
  ...['management_addr', 'status_file', 'auth_user_pass_file'],
];
const dangers = [
  'up /bin/x',
  'down /bin/x',
  'tls-verify /bin/x',
  'plugin /x.so',
  'script-security 2',
  'setenv opt up /bin/x',
  'cd /',
  'management 127.0.0.1 1',
  'route-up x',
  'status /tmp/x',
  'writepid /tmp/x',
  'config /etc/passwd',
];
const disguise = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => `--${text}`,
  (text) => text.replace(/^\S+/, '"$&"'),
  (text) => text.replace(/^\S+/, "'$&'"),
  (text) => `\t ${text}`,
  (text) => text.replace(' ', '\t\t'),
  (text) => `x\r\n${text}`,
  (text) => `<connection>\nremote 192.0.2.1\n${text}\n</connection>`,
  (text) => `<up>\n${text}\n</up>`,
  (text) => `# \\\n${text}`,
  (text) => `\\\n${text}`,
  (text) => `"\n${text}`,
);

test.skipIf(withoutOpenVpn)(
  'nothing dangerous comes through in any disguise, as OpenVPN itself reads it (skipped: no openvpn)',
  { timeout: 60_000 },
  () => {
    const files = fc.array(fc.tuple(fc.constantFrom(...dangers), disguise), { minLength: 1, maxLength: 4 });
    for (const lines of fc.sample(files, 40)) {
      const text = withLines(lines.map(([danger, disguised]) => disguised(danger)).join('\n'));
      const written = writeProfile(parse(text).profile);
      const result = readByOpenVpn(written);
      expect([text, result]).toEqual([text, { settings: expect.any(Map) as unknown }]);
      if (!('settings' in result)) return;
      for (const script of scripts) expect(result.settings.get(script)?.[0] ?? '[UNDEF]').toBe('[UNDEF]');
      expect(written).not.toMatch(/plugin|script-security|\/bin|\/tmp|\/etc/);
    }
  },
);

test.skipIf(withoutOpenVpn)('the judge sees danger where there is some (skipped: no openvpn)', () => {
  const result = readByOpenVpn(withLines('script-security 2\n"up" /bin/true'));
  expect('settings' in result && result.settings.get('up_script')).toEqual(['/bin/true']);
});

test('cleaning twice is cleaning once', () => {
  const line = fc.oneof(
    fc.tuple(fc.constantFrom(...dangers), disguise).map(([danger, disguised]) => disguised(danger)),
    fc.constantFrom(...everyOption.split('\n')),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const { profile } = parse(withLines(lines.join('\n')));
      expect(parse(writeProfile(profile))).toMatchObject({ profile, dropped: [] });
    }),
    { numRuns: 200 },
  );
});
