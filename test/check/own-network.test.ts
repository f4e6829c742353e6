import { describe, expect, it } from 'vitest';
import type { LocalAddress } from '../../electron/check/net/net.ts';
import type { Way } from '../../electron/check/net/ways.ts';
import { readOwnNetwork, tunnelInUse } from '../../electron/check/own-network.ts';

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
    expect(readOwnNetwork(addresses)).toEqual({ family: null, hasIpv6: false });
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
});

describe('a tunnel, where nothing was answered yet,', () => {
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
    ['ppp0', 'none'],
  ])('is known by its name: %s is %s', (name, tunnel) => {
    expect(tunnelInUse([...loopback, at('eth0', '10.0.0.2'), at(name, '10.8.0.2')], [])).toEqual({
      tunnel,
      around: [],
    });
  });

  it.each([
    ['office', 'wireguard', 'wireguard'],
    ['tun0', 'wireguard', 'wireguard'],
    ['office', 'tun', 'other'],
    ['wg0', 'tun', 'wireguard'],
  ] as const)('named %s, is also what the system says it is: %s makes it %s', (name, device, tunnel) => {
    expect(tunnelInUse([{ ...at(name, '10.8.0.2'), device }], []).tunnel).toBe(tunnel);
  });

  it('is none of the system’s own utun interfaces', () => {
    expect(tunnelInUse([at('en0', '10.0.0.2'), at('utun0', 'fe80::2')], []).tunnel).toBe('none');
  });
});

describe('what answers came by', () => {
  const addresses = [at('eth0', '10.0.0.2'), at('eth0', '2a01::2'), at('wg0', '10.8.0.2'), at('wg0', 'fd00::2')];
  const udp = (local: string): Way => ({ transport: 'udp', local });
  const tcp = (local: string): Way => ({ transport: 'tcp', local });

  it.each([
    ['a tunnel that carries nothing of it is none', [udp('10.0.0.2'), tcp('10.0.0.2')], 'none', []],
    ['all through the tunnel', [udp('10.8.0.2'), tcp('10.8.0.2'), tcp('fd00::2')], 'wireguard', []],
    ['UDP around it', [udp('10.0.0.2'), tcp('10.8.0.2')], 'wireguard', ['udp']],
    ['TCP around it', [udp('10.8.0.2'), tcp('10.0.0.2')], 'wireguard', ['tcp']],
    ['IPv6 around it', [udp('10.8.0.2'), tcp('10.8.0.2'), tcp('2a01::2'), udp('2a01::2')], 'wireguard', ['ipv6']],
    ['one way partly in, partly out: meant to be', [tcp('10.8.0.2'), tcp('10.0.0.2')], 'wireguard', []],
    ['UDP unanswered says nothing', [tcp('10.8.0.2')], 'wireguard', []],
  ] as const)('%s', (_case, ways, tunnel, around) => {
    expect(tunnelInUse(addresses, ways)).toEqual({ tunnel, around });
  });
});
