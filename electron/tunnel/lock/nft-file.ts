import { familyOf } from '../addresses.ts';
import { tunnelMark } from './routing-lock.ts';

export const lockTable = 'sawt_ks';

/** The one address and port that the tunnel program may reach. */
export interface Opening {
  address: string;
  port: number;
  protocol: 'udp' | 'tcp';
}

export interface LockFile {
  interface: string;
  /** None: everything is held. */
  openings: readonly Opening[];
  /** Our addresses inside the tunnel. */
  ownAddresses: readonly string[];
  /** Kept inside the lock, without double quotes: what an undo needs to know when the journal is lost. At most 127 bytes. */
  note: string;
  /** What is held when only calls go through the tunnel; undefined: everything. */
  only?: readonly string[] | undefined;
}

/**
 * The whole firewall lock as one file for `nft -f`: it replaces an earlier one in a single step, so there is no moment
 * without it. One statement a line, because nft 1.0.6 refuses some closing brackets behind a rule.
 */
export function lockFile(file: LockFile): string {
  const { interface: device, openings, ownAddresses, note, only } = file;
  const policy = only ? 'accept' : 'drop';
  return `table inet ${lockTable} {
}
delete table inet ${lockTable}
table inet ${lockTable} {
  set tun {
    type ifname
    elements = { "${device}" }
  }
  chain out {
    type filter hook output priority 0
    policy ${policy}
    oifname "lo" accept comment "${note}"
    oifname @tun accept
${lines(openings.map(openingRule))}
${lines([...outLinkTalk, ...(only ?? []).map(heldRule)])}
  }
  chain in {
    type filter hook input priority 0
    policy ${policy}
    iifname "lo" accept
    iifname @tun accept
${lines(ownAddresses.map(spoofRule))}
${lines(only ? [] : inLinkTalk)}
  }
  chain through {
    type filter hook forward priority 0
${lines([`policy ${policy}`, ...(only ?? []).map(heldRule)])}
  }
  chain mark_out {
    type filter hook postrouting priority mangle
    meta mark ${tunnelMark} ct mark set ${tunnelMark}
  }
  chain mark_in {
    type filter hook prerouting priority mangle
    ct mark ${tunnelMark} meta mark set ${tunnelMark}
  }
}
`;
}

const outLinkTalk = [
  'udp sport 68 udp dport 67 ip daddr 255.255.255.255 accept',
  'udp sport 546 udp dport 547 ip6 daddr ff02::1:2 accept',
  'icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept',
];
const inLinkTalk = [
  'ct state established,related accept',
  'udp sport 67 udp dport 68 accept',
  'udp sport 547 udp dport 546 ip6 saddr fe80::/10 accept',
  'icmpv6 type { nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept',
];

/** mark_out and mark_in: with strict reverse-path filtering an answer of the server must be judged by the tunnel's mark. */
function openingRule({ address, port, protocol }: Opening): string {
  return `meta mark ${tunnelMark} ${daddr(address)} ${protocol} dport ${port} accept`;
}

/** A neighbour who sends to our tunnel address probes for connections inside the tunnel (CVE-2019-14899). */
function spoofRule(address: string): string {
  return `${daddr(address)} drop`;
}

/** Comes behind what may go to the tunnel and its server. */
function heldRule(cidr: string): string {
  return `${daddr(cidr)} drop`;
}

function daddr(address: string): string {
  return familyOf(address) === '4' ? `ip daddr ${address}` : `ip6 daddr ${address}`;
}

function lines(rules: readonly string[]): string {
  return rules.map((rule) => `    ${rule}`).join('\n');
}
