import { describe, expect, it } from 'vitest';
import { scenarios } from '../scenarios/all.ts';
import { writeRuleset } from './ruleset.ts';

describe('writeRuleset', () => {
  it('replaces whole tables, so that nothing of the censor before is left', () => {
    const lines = writeRuleset({}).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'table inet censor {}',
      'delete table inet censor',
      'table ip injection {}',
      'delete table ip injection',
    ]);
  });

  it('makes no chain for an open network', () => {
    expect(writeRuleset({})).not.toContain('chain');
  });

  it('splits address ranges by family', () => {
    const cidrs = ['91.108.8.0/22', '2001:b28:f23d::/48'];
    const text = writeRuleset({ packets: [{ drop: 'prefix', cidrs, transport: 'udp', how: 'icmp' }] });
    expect(text).toContain(
      'ip daddr { 91.108.8.0/22 } meta l4proto udp counter reject with icmp type admin-prohibited',
    );
    expect(text).toContain(
      'ip6 daddr { 2001:b28:f23d::/48 } meta l4proto udp counter reject with icmpv6 type admin-prohibited',
    );
  });

  it('leaves a family out of which no range is named', () => {
    const text = writeRuleset({ packets: [{ drop: 'prefix', cidrs: ['91.108.8.0/22'], transport: 'any' }] });
    expect(text).toContain('ip daddr { 91.108.8.0/22 } counter drop');
    expect(text).not.toContain('ip6 daddr');
  });

  it('drops what goes elsewhere than to the ranges, and a family without any as a whole', () => {
    const text = writeRuleset({ packets: [{ drop: 'others', cidrs: ['151.101.0.0/16'] }] });
    expect(text).toContain('iifname "lan" ip daddr != { 151.101.0.0/16 } counter drop');
    expect(text).toContain('iifname "lan" meta nfproto ipv6 counter drop');
  });

  it('writes single ports and ranges of ports', () => {
    expect(writeRuleset({ packets: [{ drop: 'udp', ports: [443, [3478, 3481]] }] })).toContain(
      'udp dport { 443, 3478-3481 } counter drop',
    );
  });

  it('counts places and lengths from the payload on, which begins after the UDP header', () => {
    const packets = [
      { drop: 'payload', at: 20, hex: '4000' },
      { drop: 'length', from: 132, to: 252 },
    ] as const;
    const text = writeRuleset({ packets });
    expect(text).toContain('udp length >= 30 @th,224,16 0x4000 counter drop');
    expect(text).toContain('udp length 140-260 counter drop');
  });

  it.each(scenarios)('puts one statement on a line for $id', ({ censor }) => {
    for (const line of writeRuleset(censor).split('\n')) expect(line).not.toMatch(/(drop|accept|reset).*\}$/);
  });
});
