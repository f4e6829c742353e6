import { describe, expect, it } from 'vitest';
import type { OpenVpnProfile, WireGuardProfile } from '../../../electron/profile/types.ts';
import { methodName, openVpnCandidates, wireGuardCandidates } from '../../../electron/servers/probe/candidates.ts';
import type { Server } from '../../../electron/servers/types.ts';
import recorded from '../../vectors/packet/openvpn-2.6.14.json' with { type: 'json' };

const server = (more: Partial<Server>): Server => ({
  id: 'es-mad-1',
  provider: 'example',
  country: 'ES',
  city: 'Madrid',
  hostname: 'mad1.example',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  wireguard: { publicKey: 'server', ports: [51820, 443, 53] },
  openvpn: null,
  confidence: 'H',
  asOf: '2026-08-22',
  sources: [],
  ...more,
});
const wireGuard: WireGuardProfile = {
  kind: 'wireguard',
  privateKey: 'private',
  addresses: [],
  dns: [],
  searchDomains: [],
  peers: [{ publicKey: 'other', presharedKey: 'shared', allowedIps: [] }],
};

describe('candidates of the list for a WireGuard profile', () => {
  it('have the user’s key and preshared key, and each server’s own address, port and key', () => {
    const method = { kind: 'wireguard', privateKey: 'private', serverPublicKey: 'server', presharedKey: 'shared' };
    expect(wireGuardCandidates([server({})], wireGuard)).toEqual([
      { id: 'es-mad-1 wireguard 51820', server: 'es-mad-1', address: '192.0.2.1', port: 51820, method },
    ]);
  });

  it('are as many ports of a server as asked for, by IPv6 where there is nothing else', () => {
    const candidates = wireGuardCandidates([server({ ipv4: null })], wireGuard, 2);
    expect(candidates.map(({ address, port }) => `${address} ${port}`)).toEqual([
      '2001:db8::1 51820',
      '2001:db8::1 443',
    ]);
  });

  it('leave out servers without WireGuard or without an address', () => {
    const without = [server({ wireguard: null }), server({ ipv4: null, ipv6: null })];
    expect(wireGuardCandidates(without, wireGuard)).toEqual([]);
  });
});

describe('candidates of an OpenVPN profile', () => {
  const hex = Array.from({ length: 256 }, (_, at) => at.toString(16).padStart(2, '0')).join('');
  const staticKey = `-----BEGIN OpenVPN Static key V1-----\n${hex}\n-----END OpenVPN Static key V1-----`;
  const key = Uint8Array.from({ length: 256 }, (_, at) => at);
  const wrapping = (more: Partial<OpenVpnProfile>) => {
    const remotes = [{ host: '192.0.2.1', port: 1194, transport: 'udp' as const }];
    const method = openVpnCandidates({ kind: 'openvpn', remotes, options: [], ...more })[0]?.method;
    return method?.kind === 'openvpn' ? method.wrapping : undefined;
  };

  it('are its remotes, by transport', () => {
    const remotes = (['udp', 'tcp'] as const).map((transport) => ({ host: '192.0.2.1', port: 1194, transport }));
    const candidates = openVpnCandidates({ kind: 'openvpn', remotes, options: [] });
    expect(candidates.map(({ id }) => id)).toEqual(['192.0.2.1 openvpn-udp 1194', '192.0.2.1 openvpn-tcp 1194']);
    expect(candidates.map(methodName)).toEqual(['openvpn-udp', 'openvpn-tcp']);
  });

  it('are none for remotes given by name, since a probe looks nothing up', () => {
    const remotes = [{ host: 'vpn.example', port: 1194, transport: 'udp' as const }];
    expect(openVpnCandidates({ kind: 'openvpn', remotes, options: [] })).toEqual([]);
  });

  it('speak the control channel of the profile', () => {
    expect(wrapping({})).toEqual({ kind: 'none' });
    expect(wrapping({ tlsCrypt: staticKey })).toEqual({ kind: 'tls-crypt', key });
    expect(wrapping({ tlsCryptV2: recorded.clientKeyV2 })?.kind).toBe('tls-crypt-v2');
    expect(wrapping({ tlsAuth: { key: staticKey } })).toEqual({ kind: 'tls-auth', key, digest: 'SHA1' });
    const tlsAuth = { key: staticKey, direction: 1 as const };
    for (const name of ['SHA512', 'sha512', 'SHA-512', 'RSA-SHA512'])
      expect(wrapping({ tlsAuth, options: [{ name: 'auth', args: [name] }] })).toEqual({
        kind: 'tls-auth',
        key,
        digest: 'SHA512',
        direction: 1,
      });
  });

  it('are none where we cannot speak it, instead of ones that would be silent', () => {
    expect(wrapping({ tlsAuth: { key: staticKey }, options: [{ name: 'auth', args: ['whirlpool'] }] })).toBeUndefined();
  });

  it('are none of a malformed key: that is an error', () => {
    expect(() => wrapping({ tlsCrypt: 'nonsense' })).toThrow(expect.objectContaining({ code: 'malformed' }));
  });
});
