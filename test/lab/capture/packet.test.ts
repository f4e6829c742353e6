import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPacket, type Packet } from './packet.ts';

const ethernet = 1;
const read = (...hex: string[]): Packet =>
  readPacket(ethernet, 0, Buffer.from(hex.join('').replaceAll(' ', ''), 'hex'));

const macs = '02000000000102000000000 2';
const ipv4 = (protocol: string, payload: string, fragment = '0000'): string => {
  const total = (20 + payload.replaceAll(' ', '').length / 2).toString(16).padStart(4, '0');
  return `0800 4500 ${total} 0000 ${fragment} 40 ${protocol} 0000 0a140002 08080808 ${payload}`;
};
const udp = 'd431 0035 000a 0000 beef';

describe('readPacket', () => {
  it('reads UDP over IPv4, without the padding of a short frame', () => {
    expect(read(macs, ipv4('11', udp), '000000000000')).toMatchObject({
      kind: 'ip',
      version: 4,
      source: '10.20.0.2',
      destination: '8.8.8.8',
      protocol: 'udp',
      sourcePort: 0xd431,
      destinationPort: 53,
      payload: Buffer.from('beef', 'hex'),
    });
  });

  it('looks behind a VLAN tag', () => {
    expect(read(macs, '8100 0001', ipv4('11', udp))).toMatchObject({ kind: 'ip', protocol: 'udp' });
  });

  it('reads flags, sequence number and payload of TCP', () => {
    const tcp = '01bb d431 00000001 00000002 5012 ffff 0000 0000 aabb';
    expect(read(macs, ipv4('06', tcp))).toMatchObject({
      protocol: 'tcp',
      sourcePort: 443,
      sequence: 1,
      flags: { syn: true, ack: true, fin: false, rst: false },
      payload: Buffer.from('aabb', 'hex'),
    });
  });

  it('takes no ports from a later fragment', () => {
    expect(read(macs, ipv4('11', udp, '0010'))).toMatchObject({ protocol: 'other', number: 17 });
  });

  it('reads IPv6 behind extension headers', () => {
    const hopByHop = '11 00 0000 0000 0000';
    const packet = read(
      macs,
      `86dd 60000000 0012 00 40 20010db8002000000000000000000002 20010db8001800000000000000000010 ${hopByHop} ${udp}`,
    );
    expect(packet).toMatchObject({
      version: 6,
      source: '2001:db8:20::2',
      destination: '2001:db8:18::10',
      protocol: 'udp',
      destinationPort: 53,
    });
  });

  it('reads ARP and ICMP', () => {
    expect(read(macs, '0806 0001 0800 06 04 0001 020000000001 0a140002 000000000000 0a140001')).toEqual({
      timeMs: 0,
      sizeBytes: 42,
      sender: '02:00:00:00:00:02',
      kind: 'arp',
      operation: 1,
      source: '10.20.0.2',
      destination: '10.20.0.1',
    });
    expect(read(macs, ipv4('01', '0303 0000'))).toMatchObject({ protocol: 'icmp', type: 3, code: 3 });
  });

  it('never throws, whatever was captured', () => {
    const etherType = fc.constantFrom('0800', '86dd', '0806', '8100');
    fc.assert(
      fc.property(etherType, fc.uint8Array({ maxLength: 120 }), (type, bytes) => {
        expect(['arp', 'ip', 'other']).toContain(read(macs, type, Buffer.from(bytes).toString('hex')).kind);
      }),
    );
  });
});
