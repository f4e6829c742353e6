import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, presharedKey, withPeer } from '../profile/wireguard/samples.ts';
import { writeProfile } from '../../electron/profile/write.ts';
import { generateProfile } from '../../electron/servers/generate.ts';
import type { ServerList } from '../../electron/servers/types.ts';
import { keyOf, list, provider, resources, server } from './samples.ts';

const from = parse(withPeer(`PresharedKey = ${presharedKey}`)).profile;

test('own keys, address and resolvers with the key and address of the other server', () => {
  const profile = generateProfile(server(3), provider, from);
  expect(profile).toEqual({
    ...from,
    peers: [
      {
        publicKey: keyOf(3),
        presharedKey,
        endpoint: { host: '45.134.0.3', port: 51820 },
        allowedIps: ['0.0.0.0/0'],
        persistentKeepalive: 25,
      },
    ],
  });
});

test('IPv6 goes into the tunnel when the user has an IPv6 address there', () => {
  const dual = { ...from, addresses: ['10.2.0.2/32', 'fd00::2/128'] };
  expect(generateProfile(server(3), provider, dual).peers[0]?.allowedIps).toEqual(['0.0.0.0/0', '::/0']);
});

test('another port of the server may be chosen, one that it does not offer may not', () => {
  expect(generateProfile(server(3), provider, from, 53).peers[0]?.endpoint?.port).toBe(53);
  expect(() => generateProfile(server(3), provider, from, 54)).toThrow(expect.objectContaining({ rule: 'port' }));
});

test.each([
  ['other-provider', server(3, { provider: 'other' }), provider, from],
  ['no-shared-login', server(3), { ...provider, oneKeyForAll: false }, from],
  ['no-wireguard', server(3, { wireguard: null }), provider, from],
  ['several-peers', server(3), provider, { ...from, peers: [...from.peers, ...from.peers] }],
  ['several-peers', server(3), provider, { ...from, peers: [] }],
])('refused: %s', (rule, chosen, of, source) => {
  expect(() => generateProfile(chosen, of, source)).toThrow(
    expect.objectContaining({ code: 'provider-mismatch', rule }),
  );
});

test("a profile that the list knows as another provider's is refused", () => {
  const known = list({
    providers: [provider, { ...provider, id: 'other' }],
    servers: [server(3), server(4, { provider: 'other' })],
  }) as unknown as ServerList;
  const others = { ...from, peers: [{ ...from.peers[0], publicKey: keyOf(4), allowedIps: [] }] };
  expect(() => generateProfile(server(3), provider, others, undefined, known)).toThrow(
    expect.objectContaining({ rule: 'other-provider' }),
  );
  expect(generateProfile(server(3), provider, from, undefined, known).kind).toBe('wireguard');
});

test('a profile for every WireGuard server of the shipped list can be written', () => {
  const shipped = JSON.parse(readFileSync(join(resources, 'servers.json'), 'utf8')) as ServerList;
  for (const entry of shipped.servers.filter(({ wireguard }) => wireguard)) {
    const of = shipped.providers.find(({ id }) => id === entry.provider);
    if (!of) throw new Error(`No provider for ${entry.id}`);
    expect(writeProfile(generateProfile(entry, of, from))).toContain(
      `PublicKey = ${entry.wireguard?.publicKey ?? ''}\n`,
    );
  }
});
