import { addresses } from './addresses.ts';
import { relayPorts } from './relay/coturn.ts';
import {
  constantAddresses,
  openVpnPlaces,
  openVpnServers,
  ownServers,
  providerResolvers,
} from './world/providers/known.ts';
import { wireguardMorePorts, wireguardPort } from './vpn/wireguard.ts';

const a = addresses;
const more = Object.values(openVpnServers);
const resolvers = [
  ...[a.wireguardServer.v4, a.openvpnUdpServer, a.openvpnTcpServer, ...providerResolvers],
  ...more.map(({ resolver }) => resolver),
].join(', ');
const clients = [
  ...['10.66.0.0/24', '10.77.0.0/24', '10.78.0.0/24', ...constantAddresses],
  ...more.map(({ net }) => `${net}/24`),
].join(', ');

/**
 * The VPN host's translations: clients leave with its own address in both families, names asked of the tunnel's own
 * resolver go to the world's honest one, WireGuard is reached on more ports than its own, and so is the relay.
 */
export const vpnFirewall = `
table inet vpn {
  chain arrive {
    type nat hook prerouting priority dstnat
    iifname "eth0" ip daddr ${a.vpn.v4} udp dport { ${wireguardMorePorts.join(', ')} } redirect to :${wireguardPort}
    ip daddr ${a.relay} udp dport ${relayPorts.web} dnat ip to ${a.relay}:${relayPorts.own}
    ip daddr ${a.relay} tcp dport ${relayPorts.web} dnat ip to ${a.relay}:${relayPorts.tls}
    iifname "eth0" ip6 daddr ${a.vpn.v6} udp dport { ${wireguardMorePorts.join(', ')} } redirect to :${wireguardPort}
    ip daddr { ${resolvers} } meta l4proto { udp, tcp } th dport 53 dnat ip to ${a.world.v4}:53
    ip6 daddr ${a.wireguardServer.v6} meta l4proto { udp, tcp } th dport 53 dnat ip6 to [${a.world.v6}]:53
  }
  chain leave {
    type nat hook postrouting priority srcnat
    oifname "eth0" ip saddr { ${clients} } masquerade
    oifname "eth0" ip6 saddr 2001:db8:66::/64 masquerade
  }
}
`;

/** The client shares the ISP's one IPv4 address, and has its own IPv6 addresses. */
export const ispFirewall = `
table inet isp {
  chain leave {
    type nat hook postrouting priority srcnat
    oifname "wan" meta nfproto ipv4 masquerade
  }
}
`;

/** Hosts of the Internet do not say which of their UDP ports are closed: their firewalls are silent. */
export const worldFirewall = `
table inet world {
  chain out {
    type filter hook output priority filter
    icmp type destination-unreachable drop
    icmpv6 type destination-unreachable drop
  }
}
`;

/**
 * The servers of VPN providers are all the one VPN host: what is sent to them over UDP is passed on to its WireGuard, or to
 * one of its OpenVPN servers where a provider has such a one. The world answers TCP at their addresses itself.
 */
export const providersFirewall = (servers: readonly string[]): string => `
table ip providers {
  chain arrive {
    type nat hook prerouting priority dstnat
    ${Object.values(openVpnPlaces)
      .map((at) => `ip daddr ${at.address} udp dport ${at.port} dnat to ${a.vpn.v4}:${openVpnServers[at.server].port}`)
      .join('\n    ')}
    ip daddr { ${[...new Set([...servers, ...Object.values(ownServers).map(({ address }) => address)])].join(', ')} } meta l4proto udp dnat to ${a.vpn.v4}:${wireguardPort}
  }
  chain leave {
    type nat hook postrouting priority srcnat
    ip daddr ${a.vpn.v4} udp dport { ${[wireguardPort, ...more.map(({ port }) => port)].join(', ')} } masquerade
  }
}
`;

/** Whatever resolver a question was meant for, it is the injector's own program that reads it. */
export const injectorFirewall = `
table ip injector {
  chain arrive {
    type nat hook prerouting priority dstnat
    udp dport 53 redirect to :53
  }
}
`;
