import { expect, test } from 'vitest';
import { importProfiles } from '../../electron/profile/import.ts';
import { blocks, cert, key, simple as ovpn } from './openvpn/samples.ts';
import { privateKey, simple as conf, withInterface } from './wireguard/samples.ts';

const input = (name: string, text: string): { name: string; bytes: Uint8Array } => ({ name, bytes: Buffer.from(text) });

test('the kind is told by content, not by extension', async () => {
  const results = await importProfiles([input('Madrid.ovpn', conf), input('Paris.txt', ovpn)]);
  expect(
    results.map((result) => result.ok && [result.profile.name, result.profile.kind, result.profile.endpoint]),
  ).toEqual([
    ['Madrid', 'wireguard', '198.51.100.7:51820'],
    ['Paris', 'openvpn', '198.51.100.7:1194'],
  ]);
});

test('a new profile has an id of its own and no provider yet', async () => {
  const [one, two] = await importProfiles([input('a', conf), input('a', conf)]);
  expect(one).toMatchObject({
    ok: true,
    profile: { id: expect.stringMatching(/^p-[0-9a-f]{16}$/) as string, provider: null },
  });
  expect(one?.ok && two?.ok && one.profile.id !== two.profile.id).toBe(true);
});

test('one bad input does not spoil the others', async () => {
  const results = await importProfiles([input('a.conf', conf), input('b.conf', 'hello'), input('c.conf', conf)]);
  expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
});

test.each([
  ['', 'profile-invalid', 'empty'],
  ['hello', 'profile-invalid', 'neither'],
  ['  ss://abc@1.2.3.4:5#x', 'profile-unsupported', 'Shadowsocks'],
  ['SSCONF://x/y', 'profile-unsupported', 'Outline'],
  ['vless://abc', 'profile-unsupported', 'V2Ray'],
  ['vmess://abc', 'profile-unsupported', 'V2Ray'],
  ['https://x/y', 'profile-unsupported', 'web address'],
  ['[Interface]\0', 'profile-dangerous', 'line 1'],
  ['[Interface]\n', 'profile-invalid', 'PrivateKey'],
])('%j is refused as %s', async (text, code, says) => {
  const [result] = await importProfiles([input('x.conf', text)]);
  expect(result).toMatchObject({ ok: false, error: { code, message: expect.stringContaining(says) as string } });
});

test('odd spellings of OpenVPN still reach its parser', async () => {
  for (const text of ['--client\nup x', '"client"\n', "\t'remote' x", '<ca>\n']) {
    expect(await importProfiles([input('x', text)])).toMatchObject([
      { ok: false, error: { message: expect.not.stringContaining('neither') as string } },
    ]);
  }
});

test('no name becomes a path or carries invisible characters', async () => {
  const names = [
    '../../etc/passwd.conf',
    'C:\\Users\\x\\Madrid.conf',
    'a\u202egnp.conf',
    '\0',
    '',
    'é'.repeat(300),
    '-',
    'x\n\u001b[31mred',
  ];
  const results = await importProfiles(names.map((name) => input(name, conf)));
  expect(results.map((result) => result.ok && result.profile.name)).toEqual([
    'passwd',
    'Madrid',
    'agnp',
    'Profile',
    'Profile',
    'é'.repeat(40),
    'Profile',
    'x [31mred',
  ]);
});

test('no secret is in an error', async () => {
  const broken = withInterface('MTU = 1').replace(privateKey, privateKey);
  const [result] = await importProfiles([input('x.conf', broken)]);
  expect(JSON.stringify(result?.ok === false && [result.error.message, result.error])).not.toContain(privateKey);
});

const apart = `${ovpn.replace(blocks, '')}ca ca.crt\ncert me.crt\nkey me.key\n`;
const beside = [input('ca.crt', cert), input('me.crt', cert), input('me.key', key)];

test('certificates and keys are taken from the files that came along, and give no result of their own', async () => {
  const [whole] = await importProfiles([input('a.ovpn', ovpn)]);
  const results = await importProfiles([input('a.ovpn', apart), ...beside, input('b.conf', conf)]);
  expect(results.map((result) => [result.input, result.ok])).toEqual([
    ['a.ovpn', true],
    ['b.conf', true],
  ]);
  expect(results[0]?.ok && results[0].profile.profile).toEqual(whole?.ok && whole.profile.profile);
});

test('two profiles may share them', async () => {
  const results = await importProfiles([...beside, input('a.ovpn', apart), input('b.ovpn', apart)]);
  expect(results.map(({ ok }) => ok)).toEqual([true, true]);
});

test('all the names that are missing are told', async () => {
  const results = await importProfiles([input('a.ovpn', apart), input('me.crt', cert)]);
  expect(results[0]).toMatchObject({ ok: false, error: { code: 'profile-invalid', needs: ['ca.crt', 'me.key'] } });
});

test.each(['../ca.crt', '/ca.crt', 'CA.crt', 'a.ovpn'])('%s is no file that came along', async (name) => {
  const [result] = await importProfiles([input('a.ovpn', apart.replace('ca ca.crt', `ca ${name}`)), ...beside]);
  expect(result).toMatchObject({ ok: false });
});

test('of two files with one name none is taken', async () => {
  const [result] = await importProfiles([input('a.ovpn', apart), ...beside, input('ca.crt', cert)]);
  expect(result).toMatchObject({ ok: false, error: { needs: ['ca.crt'] } });
});
