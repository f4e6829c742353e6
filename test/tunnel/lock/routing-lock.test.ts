import { describe, expect, it } from 'vitest';
import {
  chooseNumbers,
  findStrayLock,
  planRoutingLock,
  ruleLine,
  ruleLines,
} from '../../../electron/tunnel/lock/routing-lock.ts';

const system = [
  { priority: 0, src: 'all', table: 'local' },
  { priority: 32766, src: 'all', table: 'main' },
];
const plan = (routes: Parameters<typeof planRoutingLock>[0]['routes'] = []): ReturnType<typeof planRoutingLock> =>
  planRoutingLock({ ipv6: true, rules: system, routes });

describe('the numbers of a lock', () => {
  it('are our own where nobody took them', () => {
    expect(chooseNumbers(system, [])).toEqual({ table: 51820, resolverPref: 70, lanPref: 90, tunnelPref: 100 });
  });

  it('move on together from taken preferences, and alone from a taken table', () => {
    const rules = [...system, { priority: 90 }, { priority: 101 }];
    const numbers = { table: 51821, resolverPref: 72, lanPref: 92, tunnelPref: 102 };
    expect(chooseNumbers(rules, [{ dst: '192.0.2.1', table: '51820' }])).toEqual(numbers);
  });

  it('run out with a sentence for people', () => {
    const all = Array.from({ length: 10 }, (_, index) => ({ priority: 100 + index }));
    expect(() => chooseNumbers(all, [])).toThrow(/disconnect other VPNs/);
  });
});

describe('the rules of a lock', () => {
  it('send all unmarked packets to the table, after the routes of private ranges', () => {
    expect(ruleLines(plan(), '6')).toEqual([
      'pref 90 to fe80::/10 table main suppress_prefixlength 0',
      'pref 90 to fc00::/7 table main suppress_prefixlength 0',
      'pref 100 not fwmark 0xca6c table 51820',
    ]);
  });

  it('keep a gateway with a public address reachable, and no other public address', () => {
    const routes = [
      { dst: 'default', gateway: '198.51.100.1', dev: 'eth0' },
      { dst: 'default', gateway: '198.51.100.9', dev: 'eth1', table: '77' },
    ];
    const lines = ruleLines(plan(routes), '4');
    expect(lines).toContain('pref 90 to 198.51.100.1/32 table main suppress_prefixlength 0');
    expect(lines.join('\n')).not.toContain('198.51.100.9');
  });

  it('look for resolvers inside the tunnel before anything local', () => {
    expect(ruleLines({ ...plan(), tunnelled: ['10.66.0.1/32'] }, '4')[0]).toBe('pref 70 to 10.66.0.1/32 table 51820');
  });

  it('are recognised as ip lists them', () => {
    const listed = [
      { priority: 90, src: 'all', dst: 'fe80::', dstlen: 10, table: 'main', suppress_prefixlen: 0 },
      { priority: 90, src: 'all', dst: 'fc00::', dstlen: 7, table: 'main', suppress_prefixlen: 0 },
      { priority: 100, not: null, src: 'all', fwmark: '0xca6c', table: '51820' },
    ];
    expect(listed.map(ruleLine)).toEqual(ruleLines(plan(), '6'));
  });

  it('are not confused with a neighbour that differs in one thing', () => {
    const ours = ruleLines(plan(), '4');
    const foreign = [
      { priority: 100, src: 'all', fwmark: '0xca6c', table: '51820' },
      { priority: 100, not: null, src: '192.0.2.1', fwmark: '0xca6c', table: '51820' },
      { priority: 90, src: 'all', dst: '10.0.0.0', dstlen: 8, table: 'main' },
    ];
    expect(foreign.map(ruleLine).filter((line) => ours.includes(line))).toEqual([]);
  });
});

describe('the rules of a lock for calls only', () => {
  const lock = { ...plan(), lan: ['10.0.0.0/8'], only: ['91.108.4.0/22', '2000::/3'] };

  it('send what is named to the table, and let the tunnel’s own packets out, whatever is named', () => {
    expect(ruleLines(lock, '4')).toEqual([
      'pref 90 to 10.0.0.0/8 table main suppress_prefixlength 0',
      'pref 90 fwmark 0xca6c table main',
      'pref 100 to 91.108.4.0/22 table 51820',
    ]);
    expect(ruleLines(lock, '6')).toEqual(['pref 90 fwmark 0xca6c table main', 'pref 100 to 2000::/3 table 51820']);
  });

  it('are found without a journal, and not taken for those of others', () => {
    const mark = { priority: 90, src: 'all', fwmark: '0xca6c', table: 'main' };
    const range = { priority: 100, src: 'all', dst: '91.108.4.0', dstlen: 22, table: '51820' };
    const found = findStrayLock({ ipv6: false, rules: [...system, mark, range] });
    expect(found).toEqual({ ...lock, only: ['91.108.4.0/22'], lan: [], ipv6: false });
    expect(findStrayLock({ ipv6: false, rules: [...system, range] })).toBeUndefined();
  });
});

describe('a lock without a journal', () => {
  it('is found by our mark, with its prefixes', () => {
    const rules = [
      ...system,
      { priority: 71, src: 'all', dst: '10.66.0.1', table: '51822' },
      { priority: 91, src: 'all', dst: '10.0.0.0', dstlen: 8, table: 'main', suppress_prefixlen: 0 },
      { priority: 101, not: null, src: 'all', fwmark: '0xca6c', table: '51822' },
    ];
    const numbers = { table: 51822, resolverPref: 71, lanPref: 91, tunnelPref: 101 };
    const lists = { lan: ['10.0.0.0/8'], tunnelled: ['10.66.0.1/32'], ipv6: true };
    expect(findStrayLock({ ipv6: true, rules })).toEqual({ ...numbers, ...lists });
  });

  it('is not seen in the rules of wg-quick', () => {
    const rules = [...system, { priority: 32765, not: null, src: 'all', fwmark: '0xca6c', table: '51820' }];
    expect(findStrayLock({ ipv6: true, rules })).toBeUndefined();
  });
});
