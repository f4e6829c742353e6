import { describe, expect, it } from 'vitest';
import { foreignTunnel, hasOurParts } from '../../../electron/tunnel/lock/survey.ts';

const link = (ifname: string, kind: string) => ({ ifname, flags: [], linkinfo: { info_kind: kind } });
const nothing = { ipv6: true, links: [], rules: [], routes: [], firewall: false };

describe('another VPN', () => {
  it.each(['default', '0.0.0.0/1', '128.0.0.0/1', '8000::/1'])('is one that carries %s', (dst) => {
    expect(foreignTunnel({ links: [link('wg0', 'wireguard')], routes: [{ dst, dev: 'wg0', table: '51820' }] })).toBe(
      'wg0',
    );
  });

  it('is none that carries only some addresses, no ordinary line and not ours', () => {
    const links = [link('tun0', 'tun'), link('eth0', 'veth'), link('ppp0', 'ppp'), link('sawt0123abcd', 'tun')];
    const routes = [
      { dst: '10.8.0.0/24', dev: 'tun0' },
      { dst: 'default', dev: 'eth0' },
      { dst: 'default', dev: 'ppp0' },
      { dst: 'default', dev: 'sawt0123abcd', table: '51820' },
    ];
    expect(foreignTunnel({ links, routes })).toBeUndefined();
  });
});

describe('parts of a Sawt', () => {
  it.each([
    ['the firewall table', { firewall: true }],
    ['an interface', { links: [link('sawt0123abcd', 'tun')] }],
    ['a rule', { rules: [{ priority: 100, not: null, fwmark: '0xca6c', table: '51820' }] }],
  ])('are seen by %s', (_, part) => expect(hasOurParts({ ...nothing, ...part })).toBe(true));

  it('are not seen in names that only begin like ours', () => {
    expect(hasOurParts({ ...nothing, links: [link('sawt0', 'tun'), link('sawt0123abcde', 'tun')] })).toBe(false);
  });
});
