import { describe, expect, it } from 'vitest';
import type { WireGuardPeer, WireGuardProfile } from '../../../electron/profile/types.ts';
import { createPrograms } from '../../../electron/tunnel/run.ts';
import { createWireGuardCarrier } from '../../../electron/tunnel/wireguard/carrier.ts';

const programs = createPrograms({ runtimeFolder: '/nowhere' });
const peer: WireGuardPeer = {
  publicKey: 'A',
  allowedIps: ['0.0.0.0/0'],
  endpoint: { host: '203.0.113.3', port: 51820 },
};
const profileOf = (...peers: WireGuardPeer[]): WireGuardProfile => ({
  kind: 'wireguard',
  privateKey: 'K',
  addresses: ['10.66.0.2/32', 'fd00::2/128'],
  dns: [],
  searchDomains: [],
  peers,
});

describe('a WireGuard profile', () => {
  it('is tried at the server of the peer that carries everything', async () => {
    const some: WireGuardPeer = { ...peer, allowedIps: ['10.9.0.0/24'], endpoint: { host: '198.51.100.1', port: 1 } };
    const carrier = createWireGuardCarrier(programs, profileOf(some, peer));
    expect(await carrier.candidates(new AbortController().signal)).toEqual([
      { transport: 'wireguard-udp', address: '203.0.113.3', port: 51820 },
    ]);
    expect(carrier.ownAddresses).toEqual(['10.66.0.2', 'fd00::2']);
  });

  it('that carries only some addresses is refused with what to do', () => {
    const make = (): unknown => createWireGuardCarrier(programs, profileOf({ ...peer, allowedIps: ['10.0.0.0/8'] }));
    expect(make).toThrow(expect.objectContaining({ code: 'not-supported' }));
    expect(make).toThrow(/AllowedIPs/);
  });

  it('without a server has nothing to connect to', () => {
    const listening: WireGuardPeer = { publicKey: 'A', allowedIps: ['0.0.0.0/0'] };
    expect(() => createWireGuardCarrier(programs, profileOf(listening))).toThrow(
      expect.objectContaining({ code: 'no-endpoint' }),
    );
  });
});
