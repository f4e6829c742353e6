import ipaddr from 'ipaddr.js';
import { addresses } from '../../lab/addresses.ts';
import type { Packet } from '../../lab/capture/packet.ts';

/** Neighbour discovery (RFC 4861 §4): solicitation of routers, of neighbours, and advertisement. */
const discovery = { 133: 8, 135: 24, 136: 24 } as Record<number, number | undefined>;
const onLink4 = '10.20.0.0/24';
const onLink6 = ['fe80::/10', 'ff02::/16', '2001:db8:20::/64'];
const dhcpCookie = 0x63825363;

/** What a host says to its own link and nobody else reads: ARP, neighbour discovery, DHCP in both families. */
export function isLinkTalk(packet: Packet): boolean {
  if (packet.kind === 'arp') return packet.source === addresses.client.v4 && within(packet.destination, [onLink4]);
  if (packet.kind !== 'ip') return false;
  if (packet.protocol === 'icmpv6') {
    const { type, code, destination, payload } = packet;
    const least = discovery[type];
    // Type, code and checksum are four bytes of it.
    if (least === undefined || payload.length + 4 < least || code !== 0 || !within(destination, onLink6)) return false;
    return type === 133 || within(ipaddr.fromByteArray([...payload.subarray(4, 20)]).toString(), onLink6);
  }
  return packet.protocol === 'udp' && isDhcp(packet);
}

/** RFC 2131 §2 (a BOOTP request with the magic cookie), RFC 8415 §7.2 and §7.3. */
function isDhcp({ sourcePort, destination, destinationPort, payload }: Extract<Packet, { protocol: 'udp' }>): boolean {
  const to = `${sourcePort} ${destination} ${destinationPort}`;
  if (to === '68 255.255.255.255 67') {
    return payload.length >= 240 && payload[0] === 1 && payload.readUInt32BE(236) === dhcpCookie;
  }
  return to === '546 ff02::1:2 547' && payload.length >= 4 && (payload[0] ?? 0) >= 1 && (payload[0] ?? 0) <= 13;
}

function within(address: string, ranges: readonly string[]): boolean {
  const parsed = ipaddr.parse(address);
  return ranges.some((range) => {
    const [network, length] = ipaddr.parseCIDR(range);
    return network.kind() === parsed.kind() && parsed.match(network, length);
  });
}
