import ipaddr from 'ipaddr.js';

/** A captured packet as far as tests ask: who, to whom, which protocol, what is inside. */
export type Packet = {
  timeMs: number;
  sizeBytes: number;
  /** Ethernet address of who sent the frame; empty where the link has none. */
  sender: string;
} & Content;

type Content =
  | { kind: 'arp'; operation: number; source: string; destination: string }
  | { kind: 'other'; etherType: number }
  | ({ kind: 'ip'; version: 4 | 6; source: string; destination: string } & Transport);

type Transport =
  | { protocol: 'udp'; sourcePort: number; destinationPort: number; payload: Buffer }
  /** `sequence`: number of the first byte of the payload (RFC 9293 §3.1). */
  | {
      protocol: 'tcp';
      sourcePort: number;
      destinationPort: number;
      sequence: number;
      flags: TcpFlags;
      payload: Buffer;
    }
  | { protocol: 'icmp' | 'icmpv6'; type: number; code: number; payload: Buffer }
  /** IP protocol numbers that nothing here reads, and fragments after the first. */
  | { protocol: 'other'; number: number; payload: Buffer };

export interface TcpFlags {
  syn: boolean;
  ack: boolean;
  fin: boolean;
  rst: boolean;
}

const etherTypes = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd } as const;
const protocols = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;
/** IPv6 extension headers that are walked over: hop-by-hop, routing, destination options. */
const skippedHeaders = [0, 43, 60];
const linkEthernet = 1;

/** Reads a frame. `linkType` as in the capture file; anything but Ethernet is taken for raw IP. */
export function readPacket(linkType: number, timeMs: number, frame: Buffer): Packet {
  const isEthernet = linkType === linkEthernet && frame.length >= 12;
  const sender = isEthernet ? (frame.toString('hex', 6, 12).match(/../g) ?? []).join(':') : '';
  const base = { timeMs, sizeBytes: frame.length, sender };
  if (linkType !== linkEthernet) return { ...base, ...readIp(frame) };
  let at = 12;
  while (frame.length >= at + 4 && frame.readUInt16BE(at) === etherTypes.vlan) at += 4;
  if (frame.length < at + 2) return { ...base, kind: 'other', etherType: 0 };
  const etherType = frame.readUInt16BE(at);
  const body = frame.subarray(at + 2);
  if (etherType === etherTypes.arp) return { ...base, ...readArp(body) };
  if (etherType === etherTypes.ipv4 || etherType === etherTypes.ipv6) return { ...base, ...readIp(body) };
  return { ...base, kind: 'other', etherType };
}

/** RFC 826 for Ethernet and IPv4. */
function readArp(body: Buffer): Content {
  if (body.length < 28) return { kind: 'other', etherType: etherTypes.arp };
  return {
    kind: 'arp',
    operation: body.readUInt16BE(6),
    source: addressText(body.subarray(14, 18)),
    destination: addressText(body.subarray(24, 28)),
  };
}

function readIp(body: Buffer): Content {
  const version = (body[0] ?? 0) >> 4;
  if (version === 4 && body.length >= 20) return readIpv4(body);
  if (version === 6 && body.length >= 40) return readIpv6(body);
  return { kind: 'other', etherType: 0 };
}

function readIpv4(body: Buffer): Content {
  const headerBytes = ((body[0] ?? 0) & 0xf) * 4;
  const total = body.readUInt16BE(2) || body.length; // 0: a super-packet that the sending card would have cut
  const fragmentOffset = body.readUInt16BE(6) & 0x1fff;
  const number = body.readUInt8(9);
  const payload = body.subarray(headerBytes, total);
  return {
    kind: 'ip',
    version: 4,
    source: addressText(body.subarray(12, 16)),
    destination: addressText(body.subarray(16, 20)),
    ...(fragmentOffset === 0 ? readTransport(number, payload) : { protocol: 'other', number, payload }),
  };
}

function readIpv6(body: Buffer): Content {
  let next = body.readUInt8(6);
  let at = 40;
  while (skippedHeaders.includes(next) && body.length >= at + 8) {
    next = body.readUInt8(at);
    at += (body.readUInt8(at + 1) + 1) * 8;
  }
  return {
    kind: 'ip',
    version: 6,
    source: addressText(body.subarray(8, 24)),
    destination: addressText(body.subarray(24, 40)),
    ...readTransport(next, body.subarray(at)),
  };
}

function readTransport(number: number, bytes: Buffer): Transport {
  if (number === protocols.udp && bytes.length >= 8) {
    return { protocol: 'udp', ...readPorts(bytes), payload: bytes.subarray(8, bytes.readUInt16BE(4) || bytes.length) };
  }
  if (number === protocols.tcp && bytes.length >= 20) {
    const flags = bytes.readUInt8(13);
    const headerBytes = (bytes.readUInt8(12) >> 4) * 4;
    const bit = (mask: number): boolean => (flags & mask) !== 0;
    return {
      protocol: 'tcp',
      ...readPorts(bytes),
      sequence: bytes.readUInt32BE(4),
      flags: { fin: bit(1), syn: bit(2), rst: bit(4), ack: bit(16) },
      payload: bytes.subarray(headerBytes),
    };
  }
  if ((number === protocols.icmp || number === protocols.icmpv6) && bytes.length >= 4) {
    const protocol = number === protocols.icmp ? 'icmp' : 'icmpv6';
    return { protocol, type: bytes.readUInt8(0), code: bytes.readUInt8(1), payload: bytes.subarray(4) };
  }
  return { protocol: 'other', number, payload: bytes };
}

const readPorts = (bytes: Buffer): { sourcePort: number; destinationPort: number } => ({
  sourcePort: bytes.readUInt16BE(0),
  destinationPort: bytes.readUInt16BE(2),
});

const addressText = (bytes: Buffer): string => ipaddr.fromByteArray([...bytes]).toString();
