import { expect, it } from 'vitest';
import type { WireGuardProfile } from '../../../electron/profile/types.ts';
import { setconfText } from '../../../electron/tunnel/wireguard/conf.ts';

const profile: WireGuardProfile = {
  kind: 'wireguard',
  privateKey: 'PRIVATE',
  addresses: ['10.66.0.2/32'],
  dns: ['10.66.0.1'],
  searchDomains: [],
  peers: [
    {
      publicKey: 'EXIT',
      presharedKey: 'SHARED',
      endpoint: { host: 'vpn.example', port: 51820 },
      allowedIps: ['0.0.0.0/0', '::/0'],
      persistentKeepalive: 25,
    },
    { publicKey: 'OTHER', endpoint: { host: 'other.example', port: 1 }, allowedIps: ['10.9.0.0/24'] },
  ],
};

it('carries the mark, the resolved address, and no name', () => {
  expect(setconfText(profile, 0, '2001:db8:113::3')).toBe(
    [
      '[Interface]',
      'PrivateKey = PRIVATE',
      'FwMark = 0xca6c',
      '[Peer]',
      'PublicKey = EXIT',
      'PresharedKey = SHARED',
      'AllowedIPs = 0.0.0.0/0, ::/0',
      'Endpoint = [2001:db8:113::3]:51820',
      'PersistentKeepalive = 25',
      '[Peer]',
      'PublicKey = OTHER',
      'AllowedIPs = 10.9.0.0/24',
      '',
    ].join('\n'),
  );
});

it('refuses a field that would begin another line, without repeating it', () => {
  const damaged = { ...profile, privateKey: 'SECRET\nPostUp = x' };
  expect(() => setconfText(damaged, 0, '203.0.113.3')).toThrow(/control characters/);
  expect(() => setconfText(damaged, 0, '203.0.113.3')).not.toThrow(/SECRET/);
});
