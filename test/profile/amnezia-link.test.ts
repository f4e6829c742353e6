import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { importProfiles, type ImportResult } from '../../electron/profile/import.ts';
import { simple as ovpn } from './openvpn/samples.ts';
import { simple as conf, withInterface } from './wireguard/samples.ts';

const importText = (text: string): Promise<ImportResult[]> =>
  importProfiles([{ name: 'link', bytes: Buffer.from(text) }]);
/** As the app's qCompress does it. */
function pack(json: string | Buffer): string {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return `vpn://${Buffer.concat([length, deflateSync(json, { level: 8 })]).toString('base64url')}`;
}
const container = (kind: string, config: string): Record<string, unknown> => ({
  container: `amnezia-${kind}`,
  [kind]: { port: '1', last_config: JSON.stringify({ config, hostName: '198.51.100.7' }) },
});
const link = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({
    containers: [container('openvpn', ovpn), container('wireguard', conf)],
    defaultContainer: 'amnezia-wireguard',
    description: 'Server 1',
    hostName: '198.51.100.7',
    dns1: '1.1.1.1',
    dns2: '1.0.0.1',
    ...changes,
  });
const codes = (results: readonly ImportResult[]): string[] =>
  results.map((result) => (result.ok ? result.profile.kind : result.error.code));

describe('a key of the AmneziaVPN app', () => {
  it('gives its profiles, its own choice first', async () => {
    const results = await importText(pack(link()));
    expect(codes(results)).toEqual(['wireguard', 'openvpn']);
    expect(results).toMatchObject([{ profile: { name: 'Server 1', endpoint: '198.51.100.7:51820' } }, {}]);
  });

  it('is read when it is not packed, or has white space around it', async () => {
    expect(codes(await importText(` VPN://${Buffer.from(link()).toString('base64')}\n`))).toHaveLength(2);
  });

  it('is called after its server when it has no name', async () => {
    expect(await importText(pack(link({ description: '' })))).toMatchObject([{ profile: { name: '198.51.100' } }, {}]);
  });

  it('has its resolvers filled in', async () => {
    const config = conf.replace(/DNS = .*/, 'DNS = $PRIMARY_DNS, $SECONDARY_DNS');
    const results = await importText(pack(link({ containers: [container('awg', config)] })));
    expect(results).toMatchObject([{ profile: { profile: { dns: ['1.1.1.1', '1.0.0.1'] } } }]);
    const none = await importText(pack(link({ containers: [container('awg', config)], dns1: 'x\ny', dns2: '' })));
    expect(none).toMatchObject([{ profile: { profile: { dns: [] } } }]);
  });

  it('is explained when its server speaks only AmneziaWG', async () => {
    const config = withInterface('Jc = 4\nS1 = 50\nH1 = 123456789');
    expect(codes(await importText(pack(link({ containers: [container('awg', config)] }))))).toEqual([
      'profile-unsupported',
    ]);
  });

  it('is explained when it holds other kinds only', async () => {
    const xray = [{ container: 'amnezia-xray', xray: { last_config: '{}' } }, { container: 'amnezia-dns' }];
    expect(codes(await importText(pack(link({ containers: xray }))))).toEqual(['profile-unsupported']);
  });

  it('loses what is dangerous in it', async () => {
    const results = await importText(
      pack(link({ containers: [container('wireguard', withInterface('PostUp = id'))] })),
    );
    expect(results).toMatchObject([{ profile: { dropped: [{ directive: 'PostUp' }] } }]);
  });
});

test.each([
  ['nothing', 'vpn://'],
  ['no base64', 'vpn://a b'],
  ['cut off', pack(link()).slice(0, -20)],
  ['no JSON', pack('hello')],
  ['other JSON', pack('{"containers":{}}')],
  ['nested without end', pack('['.repeat(500_000))],
  ['a bomb', pack(Buffer.alloc(40_000_000, 0x20))],
  ['far too long', `vpn://${'A'.repeat(70_000)}`],
])('%s is refused', async (_, text) => {
  expect(codes(await importText(text))).toEqual(['profile-invalid']);
});

test('no key crashes the reading', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.base64String(), fc.json().map(pack)), async (text) => {
      const results = await importText(text.startsWith('vpn://') ? text : `vpn://${text}`);
      expect(results.every(({ ok }) => !ok)).toBe(true);
    }),
  );
});
