import { describe, expect, it } from 'vitest';
import type { LocalAddress } from '../../electron/check/net/net.ts';
import { readOwnNetwork } from '../../electron/check/own-network.ts';

const at = (name: string, address: string): LocalAddress => ({
  interface: name,
  address,
  family: address.includes(':') ? 6 : 4,
  internal: name === 'lo',
});
const loopback = [at('lo', '127.0.0.1'), at('lo', '::1')];

describe('the own network', () => {
  it('with nothing but loopback and self-given addresses is none', () => {
    const addresses = [...loopback, at('eth0', 'fe80::1'), at('eth0', '169.254.3.4')];
    expect(readOwnNetwork(addresses)).toEqual({ family: null, hasIpv6: false, tunnel: 'none' });
  });

  it('prefers IPv4, so that a broken IPv6 disturbs nothing', () => {
    expect(readOwnNetwork([...loopback, at('eth0', '10.0.0.2'), at('eth0', '2a01:4f8::2')])).toMatchObject({
      family: 4,
      hasIpv6: true,
    });
  });

  it('of IPv6 only is used by IPv6', () => {
    expect(readOwnNetwork([...loopback, at('eth0', '2a01:4f8::2')]).family).toBe(6);
  });

  it.each([
    ['wg0', 'wireguard'],
    ['wg0-mullvad', 'wireguard'],
    ['WireGuard Tunnel', 'wireguard'],
    ['tun0', 'openvpn'],
    ['OpenVPN Data Channel Offload', 'openvpn'],
    ['utun4', 'other'],
    ['tailscale0', 'other'],
    ['wlan0', 'none'],
    ['enp3s0', 'none'],
  ])('with an interface %s is behind %s', (name, tunnel) => {
    expect(readOwnNetwork([...loopback, at('eth0', '10.0.0.2'), at(name, '10.8.0.2')]).tunnel).toBe(tunnel);
  });

  it('does not take the system’s own utun interfaces for a tunnel', () => {
    expect(readOwnNetwork([at('en0', '10.0.0.2'), at('utun0', 'fe80::2')]).tunnel).toBe('none');
  });
});
