import { describe, expect, it } from 'vitest';
import { lockFile } from '../../../electron/tunnel/lock/nft-file.ts';

const opening = { address: '203.0.113.3', port: 51820, protocol: 'udp' as const };
const file = {
  interface: 'sawt0123abcd',
  openings: [opening],
  ownAddresses: ['10.66.0.2', '2001:db8:66::2'],
  note: 'before: a=0',
};

/** The rules of one chain, trimmed. */
function chain(text: string, name: string): string[] {
  const [, body = ''] = new RegExp(`chain ${name} \\{\\n([^}]*(?:\\{[^}]*\\}[^}]*)*?)\\n  \\}`).exec(text) ?? [];
  return body.split('\n').map((line) => line.trim());
}

describe('the firewall file', () => {
  it('replaces an earlier lock in the same step', () => {
    expect(lockFile(file)).toMatch(/^table inet sawt_ks \{\n\}\ndelete table inet sawt_ks\ntable inet sawt_ks \{/);
  });

  it('drops what leaves, but for the tunnel and what keeps the local link alive', () => {
    expect(chain(lockFile(file), 'out')).toEqual([
      'type filter hook output priority 0',
      'policy drop',
      'oifname "lo" accept comment "before: a=0"',
      'oifname @tun accept',
      'meta mark 0xca6c ip daddr 203.0.113.3 udp dport 51820 accept',
      'udp sport 68 udp dport 67 ip daddr 255.255.255.255 accept',
      'udp sport 546 udp dport 547 ip6 daddr ff02::1:2 accept',
      'icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept',
    ]);
  });

  it('drops packets for the tunnel address from outside even when they look like answers', () => {
    const rules = chain(lockFile(file), 'in');
    expect(rules.indexOf('ip daddr 10.66.0.2 drop')).toBeGreaterThan(rules.indexOf('iifname @tun accept'));
    expect(rules.indexOf('ip6 daddr 2001:db8:66::2 drop')).toBeLessThan(
      rules.indexOf('ct state established,related accept'),
    );
    expect(rules).toContain('ip daddr 10.66.0.2 drop');
  });

  it('opens an IPv6 server in the words of IPv6', () => {
    const six = lockFile({ ...file, openings: [{ address: '2001:db8:113::3', port: 443, protocol: 'tcp' }] });
    expect(chain(six, 'out')).toContain('meta mark 0xca6c ip6 daddr 2001:db8:113::3 tcp dport 443 accept');
  });

  it('without an opening lets no marked packet out: everything is held', () => {
    expect(chain(lockFile({ ...file, openings: [] }), 'out').join('\n')).not.toContain('mark');
  });

  it('forwards nothing', () => {
    expect(chain(lockFile(file), 'through')).toEqual(['type filter hook forward priority 0', 'policy drop']);
  });
});

describe('the firewall file for calls only', () => {
  const text = lockFile({ ...file, only: ['91.108.4.0/22', '2000::/3'] });

  it('drops what is named, behind what the tunnel and the link need, and nothing else', () => {
    const rules = chain(text, 'out');
    expect(rules).toContain('policy accept');
    expect(rules.slice(-2)).toEqual(['ip daddr 91.108.4.0/22 drop', 'ip6 daddr 2000::/3 drop']);
    expect(rules.indexOf('oifname @tun accept')).toBeLessThan(rules.length - 2);
  });

  it('forwards what is named no more than it sends it', () => {
    expect(chain(text, 'through').slice(1)).toEqual([
      'policy accept',
      'ip daddr 91.108.4.0/22 drop',
      'ip6 daddr 2000::/3 drop',
    ]);
  });

  it('keeps neighbours away from our addresses in the tunnel', () => {
    expect(chain(text, 'in')).toContain('ip daddr 10.66.0.2 drop');
  });
});
