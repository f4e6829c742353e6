/**
 * Fixed addresses of the lab. Documentation ranges (RFC 5737, RFC 3849) and private space carry the lab's own machines;
 * the world behind them answers under the services' real addresses.
 */
export const addresses = {
  client: { v4: '10.20.0.2', v6: '2001:db8:20::2' },
  ispLan: { v4: '10.20.0.1', v6: '2001:db8:20::1' },
  ispWan: { v4: '203.0.113.1', v6: '2001:db8:113::1' },
  /** The world's router; also its honest resolver, to which the VPN host passes questions asked in the tunnel. */
  world: { v4: '203.0.113.2', v6: '2001:db8:113::2' },
  vpn: { v4: '203.0.113.3', v6: '2001:db8:113::3' },
  /** A relay for call rehearsals, beside the VPN host. */
  relay: '203.0.113.4',
  injectorIsp: '10.99.0.1',
  injector: '10.99.0.2',
  wireguardServer: { v4: '10.66.0.1', v6: '2001:db8:66::1' },
  wireguardClient: { v4: '10.66.0.2', v6: '2001:db8:66::2' },
  openvpnUdpNet: '10.77.0.0',
  openvpnUdpServer: '10.77.0.1',
  openvpnTcpNet: '10.78.0.0',
  openvpnTcpServer: '10.78.0.1',
} as const;

/** Ports inside the ISP's own machine. */
export const ispPorts = {
  /** Transparent web filter. */
  filter: 8443,
  /** Block page and captive-portal page. */
  page: 8080,
} as const;
