import { z } from 'zod';
import { addresses } from '../../lab/addresses.ts';

/**
 * What arrives at the ISP from the client, counted before anything else looks at it: the tunnel's own packets, what every
 * host on a link says (ARP, neighbour discovery, multicast listener reports, DHCP), and the rest, which would be a leak. The destinations of the rest
 * are remembered.
 */
export interface WireCounters {
  tunnel: number;
  link: number;
  leaked: number;
  leakedTo: string[];
}

const server = `ip daddr ${addresses.vpn.v4}`;
const tunnelPorts = { wireguard: 51820, openvpnUdp: 1194, openvpnTcp: 443 };

export const countersRuleset = `
table netdev wire
delete table netdev wire
table netdev wire {
  counter tunnel {
  }
  counter link {
  }
  counter leaked {
  }
  set to4 {
    type ipv4_addr . inet_proto
    flags dynamic
    size 1000
  }
  set to6 {
    type ipv6_addr . inet_proto
    flags dynamic
    size 1000
  }
  chain arrive {
    type filter hook ingress device "lan" priority -500
    ${server} udp dport { ${tunnelPorts.wireguard}, ${tunnelPorts.openvpnUdp} } counter name tunnel return
    ${server} tcp dport ${tunnelPorts.openvpnTcp} counter name tunnel return
    ether type arp counter name link return
    icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } counter name link return
    ip6 daddr ff02::16 counter name link return
    udp sport 68 udp dport 67 counter name link return
    counter name leaked
    meta protocol ip update @to4 { ip daddr . ip protocol }
    meta protocol ip6 update @to6 { ip6 daddr . ip6 nexthdr }
  }
}
`;

const listing = z.object({
  nftables: z.array(
    z.object({
      counter: z.object({ name: z.string(), packets: z.number() }).optional(),
      set: z.object({ elem: z.array(z.unknown()).optional() }).optional(),
    }),
  ),
});

/** Throws when a counter is missing: a broken count is not a zero. */
export function readCounters(json: string): WireCounters {
  const { nftables } = listing.parse(JSON.parse(json));
  const packets = (name: string): number => {
    const found = nftables.find(({ counter }) => counter?.name === name)?.counter;
    if (!found) throw new Error(`The counter ${name} is missing.`);
    return found.packets;
  };
  const leakedTo = nftables.flatMap(({ set }) => set?.elem ?? []).map((element) => JSON.stringify(element));
  return { tunnel: packets('tunnel'), link: packets('link'), leaked: packets('leaked'), leakedTo };
}
