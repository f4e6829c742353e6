import { describe, expect, it } from 'vitest';
import type { Packet } from '../../lab/capture/packet.ts';
import { judgeWire, type TunnelOnWire } from './oracle.ts';

const client = { address: '10.20.0.2', mac: '02:00:00:00:00:01' };
const server = { address: '203.0.113.3', port: 51820 };
const isp = '02:00:00:00:00:02';
const wireGuard: TunnelOnWire = { kind: 'wireguard-udp', client, server, mtu: 1420 };
const openVpn: TunnelOnWire = { kind: 'openvpn-udp', client, server: { ...server, port: 1194 }, mtu: 1500 };
const openVpnTcp: TunnelOnWire = { kind: 'openvpn-tcp', client, server: { ...server, port: 443 }, mtu: 1500 };

type Udp = Extract<Packet, { protocol: 'udp' }>;
const base = { timeMs: 0, sizeBytes: 0, sender: client.mac };
const ip = { ...base, kind: 'ip' as const, version: 4 as const, source: client.address, destination: server.address };

function udp(payload: Buffer | string, port = server.port, change: Partial<Udp> = {}): Udp {
  const bytes = Buffer.from(payload);
  return { ...ip, protocol: 'udp', sourcePort: 40000, destinationPort: port, payload: bytes, ...change };
}

/** A WireGuard message: its type, numbers at the places given, `length` bytes. */
function message(type: number, length: number, numbers: Record<number, number> = {}): Buffer {
  const bytes = Buffer.alloc(length, 0xa5);
  bytes.writeUInt32LE(type, 0);
  for (const [at, value] of Object.entries(numbers)) bytes.writeUInt32LE(value, Number(at));
  return bytes;
}

const answer = udp(message(2, 92, { 4: 77 }), 40000, {
  sender: isp,
  source: server.address,
  sourcePort: server.port,
  destination: client.address,
});
const handshake = [udp(message(1, 148)), answer];
const strangers = (tunnel: TunnelOnWire, ...packets: Packet[]): string[] => judgeWire(packets, tunnel).strangers;

describe('with WireGuard', () => {
  it('the messages of a conversation belong to it', () => {
    const sizes = [32, 48, 1440, 1452];
    const data = sizes.map((size) => udp(message(4, size, { 4: 77 })));
    const rekey = udp(message(2, 92, { 8: 77 }));
    const cookie = udp(message(3, 64, { 4: 77 }));
    expect(judgeWire([...handshake, ...data, rekey, cookie], wireGuard)).toEqual({ own: 7, strangers: [] });
  });

  it.each<[string, Packet, RegExp]>([
    ['plain bytes to its own port', udp('ordinary traffic to the port of the server'), /no WireGuard message/],
    ['plain bytes of the size of a handshake', udp('x'.repeat(148)), /no WireGuard message/],
    ['a handshake of another size', udp(message(1, 149)), /initiation of 149 bytes/],
    ['data of a size that is never padded so', udp(message(4, 50, { 4: 77 })), /data of 50 bytes/],
    ['data larger than the device lets through', udp(message(4, 1456, { 4: 77 })), /data of 1456 bytes/],
    ['data for a session that the server never opened', udp(message(4, 48, { 4: 78 })), /never opened/],
    ['bytes in the reserved places', udp(message(0x104, 48, { 4: 77 })), /no WireGuard message/],
    ['its message to another port', udp(message(1, 148), 53), /past the tunnel/],
    ['its message to another address', udp(message(1, 148), 51820, { destination: '203.0.113.4' }), /past the tunnel/],
    ['its message from an address inside the tunnel', udp(message(1, 148), 51820, { source: '10.66.0.2' }), /past/],
    ['a later fragment', { ...ip, protocol: 'other', number: 17, payload: Buffer.alloc(40) }, /past the tunnel/],
  ])('%s is named as a stranger', (_, packet, reason) => {
    const found = strangers(wireGuard, ...handshake, packet);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(reason);
    expect(found[0]).toContain('10.');
  });
});

/** A control packet (opcode in the upper bits) of one session, or data of peer 0. */
function control(opcode: number, session = 'aaaaaaaa', length = 54): Buffer {
  const bytes = Buffer.alloc(length, 0x5a);
  bytes[0] = opcode << 3;
  bytes.write(session, 1, 'latin1');
  return bytes;
}
function data(number: number, peer = 0): Buffer {
  const bytes = Buffer.alloc(90, 0x5a);
  bytes[0] = 9 << 3;
  bytes.writeUIntBE(peer, 1, 3);
  bytes.writeUInt32BE(number, 4);
  return bytes;
}
const opened = [control(7), control(5, 'aaaaaaaa', 62), control(4, 'aaaaaaaa', 400)];

describe('with OpenVPN over UDP', () => {
  const conversation = [...opened, data(1), data(2), data(4)].map((bytes) => udp(bytes, 1194));

  it('the packets of a conversation belong to it, also after it was begun anew', () => {
    const again = [control(7, 'bbbbbbbb'), control(4, 'bbbbbbbb'), data(1, 1)].map((bytes) => udp(bytes, 1194));
    expect(judgeWire([...conversation, ...again], openVpn)).toEqual({ own: 9, strangers: [] });
  });

  it.each<[string, Buffer, RegExp]>([
    ['plain bytes', Buffer.from('plain bytes'), /no OpenVPN packet/],
    ['plain bytes that begin like data', Buffer.from('HTTP/1.1 200 OK and more bytes'), /another peer/],
    ['data with a number that was there', data(4), /out of order/],
    ['data with a number far ahead', data(70_000), /out of order/],
    ['control of a session that nobody opened', control(4, 'cccccccc'), /never opened/],
    ['a control packet that is too short', control(4, 'aaaaaaaa', 20), /20 bytes/],
    ['a packet that only servers send', control(8), /no OpenVPN packet/],
    ['a packet that no link could carry', Buffer.concat([data(5), Buffer.alloc(2000)]), /2090 bytes/],
  ])('%s to its port is named as a stranger', (_, bytes, reason) => {
    const found = strangers(openVpn, ...conversation, udp(bytes, 1194));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(reason);
  });

  it('data before any session is a stranger', () => {
    expect(strangers(openVpn, udp(data(1), 1194))[0]).toMatch(/before any session/);
  });
});

describe('with OpenVPN over TCP', () => {
  type Tcp = Extract<Packet, { protocol: 'tcp' }>;
  const noFlags = { syn: false, ack: true, fin: false, rst: false };
  const tcp = (sequence: number, payload: Buffer, flags: Partial<Tcp['flags']> = {}): Tcp => ({
    ...ip,
    protocol: 'tcp',
    sourcePort: 41000,
    destinationPort: 443,
    sequence: sequence >>> 0,
    flags: { ...noFlags, ...flags },
    payload,
  });
  const framed = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length]), bytes]);
  const stream = Buffer.concat([...opened, data(1), data(2)].map(framed));
  /** Just before the sequence number starts again at zero. */
  const first = 0xfffffff0;
  const syn = tcp(first - 1, Buffer.alloc(0), { syn: true });
  const part = (from: number, to: number): Tcp => tcp(first + from, stream.subarray(from, to));

  it('a stream in pieces, out of order and partly twice, belongs to it, and so does a cut end', () => {
    const pieces = [part(0, 30), part(200, 500), part(20, 200), part(500, stream.length - 7)];
    expect(judgeWire([syn, ...pieces], openVpnTcp)).toEqual({ own: 5, strangers: [] });
  });

  it.each<[string, Packet[], RegExp]>([
    [
      'plain bytes at its end',
      [part(0, stream.length), tcp(first + stream.length, Buffer.from('GET / '))],
      /announces/,
    ],
    ['a packet of another session', [tcp(first, framed(control(4, 'cccccccc')))], /never opened/],
    ['bytes in the place of others', [part(0, 100), tcp(first + 50, Buffer.from('GET / '))], /something else/],
    ['a gap', [part(0, 100), part(200, 300)], /missing/],
    ['a connection of its own', [part(0, 100), { ...part(100, 200), sourcePort: 41001 }], /no connection/],
  ])('%s is named as a stranger', (_, packets, reason) => {
    const found = strangers(openVpnTcp, syn, ...packets);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(reason);
  });
});

describe('beside the tunnel', () => {
  const icmp = { ...ip, version: 6 as const, protocol: 'icmpv6' as const, code: 0, source: 'fe80::1' };
  const target = Buffer.from('0000000020010db8002000000000000000000001', 'hex');
  const dhcp = Buffer.alloc(300);
  dhcp[0] = 1;
  dhcp.writeUInt32BE(0x63825363, 236);
  const toAll = { source: '0.0.0.0', destination: '255.255.255.255', sourcePort: 68 };

  it.each<[string, Packet]>([
    ['ARP', { ...base, kind: 'arp', operation: 1, source: client.address, destination: '10.20.0.1' }],
    ['a neighbour solicitation', { ...icmp, destination: 'ff02::1:ff00:1', type: 135, payload: target }],
    ['a router solicitation', { ...icmp, destination: 'ff02::2', type: 133, payload: Buffer.alloc(12) }],
    ['DHCP', udp(dhcp, 67, toAll)],
    ['what others send', { ...udp('anything'), sender: isp }],
  ])('%s is no stranger', (_, packet) => {
    expect(strangers(wireGuard, ...handshake, packet)).toEqual([]);
  });

  it.each<[string, Packet]>([
    [
      'ARP for a host elsewhere',
      { ...base, kind: 'arp', operation: 1, source: client.address, destination: '8.8.8.8' },
    ],
    [
      'ARP for the address inside',
      { ...base, kind: 'arp', operation: 2, source: '10.66.0.2', destination: '10.20.0.1' },
    ],
    ['a ping over IPv6', { ...icmp, destination: 'ff02::1', type: 128, payload: target }],
    ['discovery far away', { ...icmp, destination: '2001:db8:77::7', type: 135, payload: target }],
    ['plain bytes on the port of DHCP', udp('x'.repeat(300), 67, toAll)],
    ['any other frame', { ...base, kind: 'other', etherType: 0x88cc }],
  ])('%s is a stranger', (_, packet) => {
    expect(strangers(wireGuard, ...handshake, packet)).toHaveLength(1);
  });

  it('a capture without the tunnel proves nothing', () => {
    expect(() => judgeWire([answer], wireGuard)).toThrow(/nothing is proved/);
  });
});
