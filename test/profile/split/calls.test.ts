import { describe, expect, it } from 'vitest';
import { importProfiles } from '../../../electron/profile/import.ts';
import { publicIpv6, splitForCalls, splitPrefixes, type SplitOrder } from '../../../electron/profile/split/calls.ts';
import { chooseRanges } from '../../../electron/profile/split/choose.ts';
import { isWithin } from '../../../electron/profile/split/prefixes.ts';
import type { OpenVpnProfile, Profile, WireGuardProfile } from '../../../electron/profile/types.ts';
import { writeProfile } from '../../../electron/profile/write.ts';
import { keyOf } from '../wireguard/samples.ts';
import { openVpnVersion, readByOpenVpn } from '../openvpn/real-openvpn.ts';

const ranges = ['91.108.4.0/22', '198.51.100.0/24', '2001:67c:4e8::/48'];
const order: SplitOrder = { prefixes: ranges, stun: [], resolvers: ['9.9.9.9'], serverAddresses: [] };
const [key, otherKey] = [keyOf(1), keyOf(2)];

const wireguard = (change: Partial<WireGuardProfile> = {}): WireGuardProfile => ({
  ...{ kind: 'wireguard', privateKey: key, searchDomains: [] },
  ...{ addresses: ['10.64.1.2/32', 'fc00:bbbb::2/128'], dns: ['10.64.0.1'] },
  peers: [{ publicKey: key, endpoint: { host: '203.0.113.3', port: 443 }, allowedIps: ['0.0.0.0/0', '::/0'] }],
  ...change,
});
const allowed = (profile: Profile): string[] => splitPrefixes(profile) ?? [];
const split = (profile: Profile, change: Partial<SplitOrder> = {}): Profile =>
  splitForCalls(profile, { ...order, ...change });

describe('a WireGuard profile for calls only', () => {
  it('leads the services’ ranges, all IPv6 and its own resolver through the tunnel, and nothing else', () => {
    expect(allowed(split(wireguard()))).toEqual(['10.64.0.1/32', '91.108.4.0/22', '198.51.100.0/24', publicIpv6]);
  });

  it('leads STUN servers through the tunnel, without which a re-check of calls says nothing', () => {
    expect(allowed(split(wireguard(), { stun: ['162.159.207.0'] }))).toContain('162.159.207.0/32');
  });

  it('carries no IPv6 where the profile has none', () => {
    const profile = split(wireguard({ addresses: ['10.64.1.2/32'] }));
    expect(allowed(profile)).toEqual(['10.64.0.1/32', '91.108.4.0/22', '198.51.100.0/24']);
  });

  it('takes resolvers that the tunnel reaches where the profile names none', () => {
    const profile = split(wireguard({ dns: [] }));
    expect(profile).toMatchObject({ dns: ['9.9.9.9'] });
    expect(allowed(profile)).toContain('9.9.9.9/32');
  });

  it('keeps the networks of the tunnel itself', () => {
    expect(allowed(split(wireguard({ addresses: ['10.8.0.2/24'] })))).toContain('10.8.0.0/24');
  });

  it.each([
    ['by address', '198.51.100.7', []],
    ['by name', 'vpn.example.org', ['198.51.100.7']],
  ])('leaves the server out that is given %s, also where it lies in a range', (_how, host, serverAddresses) => {
    const peers = [{ publicKey: key, endpoint: { host, port: 443 }, allowedIps: ['0.0.0.0/0'] }];
    const inside = allowed(split(wireguard({ peers }), { serverAddresses }));
    expect(isWithin('198.51.100.7/32', inside)).toBe(false);
    expect(isWithin('198.51.100.6/32', inside) && isWithin('198.51.100.8/32', inside)).toBe(true);
  });

  it('leaves a server out of all IPv6 too', () => {
    const endpoint = { host: '2001:db8::3', port: 443 };
    const inside = allowed(
      split(wireguard({ peers: [{ publicKey: key, endpoint, allowedIps: ['::/0', '0.0.0.0/0'] }] })),
    );
    expect(isWithin('2001:db8::3/128', inside)).toBe(false);
    expect(isWithin('2001:db8::2/128', inside)).toBe(true);
  });

  it('changes only the peer that carried everything', () => {
    const office = { publicKey: otherKey, allowedIps: ['192.168.7.0/24'] };
    const profile = split(wireguard({ peers: [office, ...wireguard().peers] }));
    expect((profile as WireGuardProfile).peers[0]).toEqual(office);
  });

  it('is a file that every other program reads, and it says what it is when it comes back', async () => {
    const [result] = await importProfiles([
      { name: 'calls.conf', bytes: Buffer.from(writeProfile(split(wireguard()))) },
    ]);
    if (!result?.ok) throw new Error('it was refused');
    expect(result.profile.warnings.map(({ code }) => code)).toContain('split-routes');
    expect(result.profile.profile).toMatchObject({ peers: [{ allowedIps: allowed(split(wireguard())) }] });
  });
});

const openvpn: OpenVpnProfile = {
  kind: 'openvpn',
  remotes: [{ host: '198.51.100.7', port: 443, transport: 'tcp' }],
  options: [
    { name: 'verb', args: ['3'] },
    { name: 'redirect-gateway', args: ['def1'] },
    { name: 'route', args: ['10.9.0.0', '255.255.0.0'] },
  ],
};

describe('an OpenVPN profile for calls only', () => {
  it('takes no routes from the server or its old self, and keeps the server’s resolvers', () => {
    const { options } = split(openvpn) as OpenVpnProfile;
    const lines = options.map(({ name, args }) => [name, ...args].join(' '));
    expect(lines).toEqual(
      expect.arrayContaining([
        'verb 3',
        'pull-filter ignore redirect-',
        'pull-filter ignore route ',
        'route 9.9.9.9 255.255.255.255',
      ]),
    );
    expect(lines).toContain('route 91.108.4.0 255.255.252.0');
    expect(lines).toContain(`route-ipv6 ${publicIpv6}`);
    expect(lines.join('\n')).not.toMatch(/redirect-gateway|10\.9\.0\.0|route-nopull/);
  });

  it('has the same ranges inside as it has routes, without the server', () => {
    const inside = allowed(split(openvpn));
    expect(isWithin('91.108.4.0/22', inside) && isWithin('9.9.9.9/32', inside)).toBe(true);
    expect(isWithin('198.51.100.7/32', inside)).toBe(false);
  });

  it.skipIf(openVpnVersion === undefined)('is read by the real OpenVPN (skipped where it is not installed)', () => {
    const written = writeProfile({ ...(split(openvpn) as OpenVpnProfile), userPass: { required: true } });
    const read = readByOpenVpn(written);
    // It has no certificate to know the server by; all its routes were read before OpenVPN says so.
    expect('refused' in read ? read.refused : '').toMatch(/^$|--ca/);
  });
});

it('a profile that carries everything has no ranges', () => {
  expect(splitPrefixes(wireguard())).toBeUndefined();
});

describe('the services of a calls-only profile', () => {
  const fact = (cidr: string, asOf = '2026-01'): { cidr: string; asOf: string } => ({ cidr, asOf });
  const services = [
    { id: 'one', prefixes: [fact('91.108.4.0/23', '2024-10'), fact('91.108.6.0/23')] },
    { id: 'wide', prefixes: [fact('17.0.0.0/8')] },
    { id: 'secret', prefixes: [] },
  ];

  it('are all that publish their addresses, with the date of the oldest; not one with half the world in its range', () => {
    const expected = { prefixes: ['91.108.4.0/22'], services: ['one'], without: ['secret'], asOf: '2024-10' };
    expect(chooseRanges(services)).toEqual(expected);
  });

  it('are those that were named, wide or not', () => {
    expect(chooseRanges(services, ['wide'])).toMatchObject({ prefixes: ['17.0.0.0/8'], services: ['wide'] });
  });
});
