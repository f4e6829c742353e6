import { describe, expect, it, test } from 'vitest';
import type { Profile, StoredProfile, WireGuardProfile } from '../../../electron/profile/types.ts';
import { namesToLookUp, probeTargets, rankTargets, type ProbeTarget } from '../../../electron/servers/probe/targets.ts';
import { staticKey } from '../../profile/openvpn/samples.ts';
import { keyOf, provider, server } from '../samples.ts';
import { result, silent } from './results.ts';

const stored = (id: string, profile: Profile, of: string | null = null): StoredProfile => ({
  ...{ id, name: `Profile ${id}`, kind: profile.kind, endpoint: null, provider: of },
  ...{ dropped: [], warnings: [], createdAt: '2026-11-24T12:00:00.000Z', profile },
});
const wireGuard = (host: string | null, publicKey = keyOf(99)): WireGuardProfile => ({
  ...{ kind: 'wireguard', privateKey: keyOf(7), addresses: [], dns: [], searchDomains: [] },
  peers: [{ publicKey, allowedIps: [], ...(host !== null && { endpoint: { host, port: 51820 } }) }],
});
const openVpn = (more: Partial<Extract<Profile, { kind: 'openvpn' }>> = {}): Profile => ({
  ...{ kind: 'openvpn', options: [] },
  remotes: [
    { host: '198.51.100.7', port: 1194, transport: 'udp' },
    { host: 'vpn.example', port: 443, transport: 'tcp' },
  ],
  ...more,
});
const targets = (
  profiles: StoredProfile[],
  addresses: [string, string][] = [],
  servers = [server(1), server(2)],
): ProbeTarget[] => probeTargets({ profiles, addresses: new Map(addresses), servers, providers: [provider] });
const shown = (all: readonly ProbeTarget[]): string[] =>
  all.map(({ profile, server: id, candidate }) => `${profile} ${id ?? '-'} ${candidate.address}:${candidate.port}`);

describe('targets of stored profiles', () => {
  it('are the servers that they name, by address', () => {
    expect(shown(targets([stored('a', wireGuard('198.51.100.1')), stored('b', openVpn())]))).toEqual([
      'a - 198.51.100.1:51820',
      'b - 198.51.100.7:1194',
    ]);
  });

  it('are found by name where the name could be looked up', () => {
    const profiles = [stored('a', wireGuard('wg.example')), stored('b', openVpn()), stored('c', wireGuard(null))];
    expect(namesToLookUp(profiles)).toEqual(['wg.example', 'vpn.example']);
    expect(shown(targets(profiles, [['vpn.example', '198.51.100.9']]))).toEqual([
      'b - 198.51.100.7:1194',
      'b - 198.51.100.9:443',
    ]);
  });

  it('carry the profile’s own keys, and ids of their own', () => {
    const peers = [
      { ...wireGuard('198.51.100.1').peers[0], publicKey: keyOf(3), presharedKey: keyOf(4), allowedIps: [] },
    ];
    const all = targets([stored('a', { ...wireGuard('198.51.100.1'), peers }), stored('b', wireGuard('198.51.100.1'))]);
    expect(all[0]?.candidate.method).toEqual({
      ...{ kind: 'wireguard', privateKey: keyOf(7), serverPublicKey: keyOf(3), presharedKey: keyOf(4) },
    });
    expect(new Set(all.map(({ candidate }) => candidate.id)).size).toBe(2);
    // One server, two profiles: the pace between initiations is the server's.
    expect(new Set(all.map(({ candidate }) => candidate.server)).size).toBe(1);
  });

  it('leave out an OpenVPN profile whose key is malformed, and repeated remotes', () => {
    expect(targets([stored('a', openVpn({ tlsCrypt: 'broken' }))])).toEqual([]);
    const remote = { host: '198.51.100.7', port: 1194, transport: 'udp' } as const;
    expect(targets([stored('a', openVpn({ remotes: [remote, remote], tlsCrypt: staticKey }))])).toHaveLength(1);
  });
});

describe('targets of the list', () => {
  it('are the other servers of a provider whose one key opens them all', () => {
    const profiles = [stored('a', wireGuard('45.134.0.1'), 'acme'), stored('b', wireGuard('45.134.0.9'), 'acme')];
    expect(shown(targets(profiles))).toEqual([
      'a - 45.134.0.1:51820',
      'b - 45.134.0.9:51820',
      'a acme/es-2 45.134.0.2:51820',
    ]);
  });

  it('are the nearest eight, in the order given', () => {
    const servers = Array.from({ length: 20 }, (_, index) => server(index + 1)).toReversed();
    const all = targets([stored('a', wireGuard(null), 'acme')], [], servers);
    expect(all.map(({ server: id }) => id)).toEqual(servers.slice(0, 8).map(({ id }) => id));
    expect(all[0]?.name).toBe('Madrid, ES (es-20.acme.example)');
  });

  it.each<[string, Profile, string | null]>([
    ['of an unknown provider', wireGuard(null), null],
    ['of another provider', wireGuard(null), 'other'],
    ['for OpenVPN', openVpn({ remotes: [] }), 'acme'],
  ])('are none for a profile %s', (_, profile, of) => {
    expect(targets([stored('a', profile, of)])).toEqual([]);
  });
});

test('results are ranked, with the target they belong to and no key', () => {
  const all = targets([stored('a', wireGuard('45.134.0.1'), 'acme')]);
  const [own, listed] = all.map(({ candidate }) => candidate.id);
  const ranked = rankTargets(all, [
    silent({ id: own ?? '', address: '45.134.0.1' }),
    result({ id: listed ?? '', address: '2001:db8::2' }),
    result({ id: 'of nobody' }),
  ]);
  expect(ranked).toMatchObject([
    { standing: 'usable', profile: 'a', server: 'acme/es-2', endpoint: '[2001:db8::2]:51820', rttMs: 40 },
    {
      standing: 'unreached',
      reason: 'reachable',
      profile: 'a',
      server: null,
      name: 'Profile a',
      rttMs: null,
      lossPct: 100,
    },
  ]);
  expect(JSON.stringify(ranked)).not.toContain(keyOf(7));
});
