import type { Packet } from '../../lab/capture/packet.ts';
import type { Framing } from './framing.ts';
import { isLinkTalk } from './link-talk.ts';
import { openVpnFraming } from './openvpn-framing.ts';
import { streamFaults, type Fault, type TcpPacket } from './tcp-stream.ts';
import { wireGuardFraming } from './wireguard-framing.ts';

/** The one conversation that may be on the wire. */
export interface TunnelOnWire {
  kind: 'wireguard-udp' | 'openvpn-udp' | 'openvpn-tcp';
  /** Address of the client's device on the link, and its Ethernet address. */
  client: { address: string; mac: string };
  server: { address: string; port: number };
  /** Of the client's tunnel device. */
  mtu: number;
}

export interface WireVerdict {
  /** How many packets of the tunnel the client sent. */
  own: number;
  /** Everything else of the client, but what a host says to its link: each packet in words, with why it does not belong. */
  strangers: string[];
}

/**
 * Whether the client sent nothing but its tunnel. Asks what each packet is, not what it must not be: whatever is not
 * known for a message of this tunnel to exactly this address and port is a stranger. Needs the whole conversation, from
 * its first handshake on. Throws when there is none: then nothing has been proved.
 */
export function judgeWire(packets: readonly Packet[], tunnel: TunnelOnWire): WireVerdict {
  const sent = packets.filter(({ sender }) => sender === tunnel.client.mac);
  const toServer = new Set(sent.filter((packet) => isToServer(packet, tunnel)));
  const others = sent.filter((packet) => !toServer.has(packet) && !isLinkTalk(packet));
  const faults = [
    ...others.map((packet) => ({ packet, reason: 'it goes past the tunnel' })),
    ...(tunnel.kind === 'openvpn-tcp' ? tcpFaults([...toServer]) : udpFaults(packets, toServer, tunnel)),
  ];
  const strange = new Set(faults.map(({ packet }) => packet));
  const own = [...toServer].filter((packet) => !strange.has(packet)).length;
  if (own === 0 && faults.length === 0) throw new Error('The client sent no packet of the tunnel: nothing is proved.');
  return { own, strangers: faults.map(({ packet, reason }) => `${describePacket(packet)}: ${reason}`) };
}

function isToServer(packet: Packet, { kind, client, server }: TunnelOnWire): boolean {
  if (packet.kind !== 'ip') return false;
  if (packet.protocol !== (kind === 'openvpn-tcp' ? 'tcp' : 'udp')) return false;
  const { source, destination, destinationPort } = packet;
  return source === client.address && destination === server.address && destinationPort === server.port;
}

function udpFaults(packets: readonly Packet[], toServer: ReadonlySet<Packet>, tunnel: TunnelOnWire): Fault[] {
  const framing: Framing = tunnel.kind === 'wireguard-udp' ? wireGuardFraming(tunnel.mtu) : openVpnFraming();
  const faults: Fault[] = [];
  for (const packet of packets) {
    if (packet.kind !== 'ip' || packet.protocol !== 'udp') continue;
    const { source, sourcePort, payload } = packet;
    if (source === tunnel.server.address && sourcePort === tunnel.server.port) framing.hear(payload);
    if (!toServer.has(packet)) continue;
    const reason = framing.fault(payload);
    if (reason !== undefined) faults.push({ packet, reason });
  }
  return faults;
}

function tcpFaults(toServer: readonly Packet[]): Fault[] {
  const segments = toServer.filter((packet): packet is TcpPacket => packet.kind === 'ip' && packet.protocol === 'tcp');
  const ports = new Set(segments.map(({ sourcePort }) => sourcePort));
  return [...ports].flatMap((port) =>
    streamFaults(
      segments.filter(({ sourcePort }) => sourcePort === port),
      openVpnFraming(),
    ),
  );
}

function describePacket(packet: Packet): string {
  if (packet.kind === 'arp') return `ARP ${packet.operation} ${packet.source} -> ${packet.destination}`;
  if (packet.kind === 'other') return `a frame of type 0x${packet.etherType.toString(16)}, ${packet.sizeBytes} bytes`;
  const { source, destination, protocol, payload } = packet;
  const ports = 'sourcePort' in packet ? ` ports ${packet.sourcePort} -> ${packet.destinationPort}` : '';
  const kind = 'type' in packet ? ` type ${packet.type}` : '';
  const text = payload.toString('latin1', 0, 24).replaceAll(/[^\x20-\x7e]/g, '.');
  return `${protocol}${kind} ${source} -> ${destination}${ports}, ${payload.length} bytes "${text}"`;
}
