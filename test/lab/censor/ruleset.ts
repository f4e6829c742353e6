import ipaddr from 'ipaddr.js';
import { addresses, ispPorts } from '../addresses.ts';
import type { Censor, PacketRule, PortRange } from './censor.ts';

const a = addresses;

/** Both tables are deleted and made anew in one file: the kernel changes from one censor to the next between two packets. */
const replaceTables = [
  'table inet censor {}',
  'delete table inet censor',
  'table ip injection {}',
  'delete table ip injection',
];

/** The ISP's nftables file for a censor. nft 1.0.6: one statement a line, or a closing brace may not be understood. */
export function writeRuleset(censor: Censor): string {
  const chains = [
    chain('first', 'filter hook prerouting priority raw', firstRules(censor)),
    chain('web', 'filter hook prerouting priority mangle', webRules(censor)),
    chain('arrive', 'nat hook prerouting priority dstnat', translationRules(censor)),
    chain('pass', 'filter hook forward priority filter', passRules(censor)),
  ];
  return [
    ...replaceTables,
    'table inet censor {',
    ...chains.flat(),
    '}',
    'table ip injection {',
    ...chain('copy', 'filter hook prerouting priority raw', injectionRules(censor)),
    '}',
    '',
  ].join('\n');
}

function chain(name: string, type: string, rules: readonly string[]): string[] {
  if (rules.length === 0) return [];
  return [`  chain ${name} {`, `    type ${type}`, ...rules.map((rule) => `    ${rule}`), '  }'];
}

const hasRule = (censor: Censor, drop: PacketRule['drop']): boolean =>
  censor.packets?.some((rule) => rule.drop === drop) ?? false;

function firstRules(censor: Censor): string[] {
  return [
    ...(hasRule(censor, 'everything') ? ['iifname "lan" counter drop'] : []),
    // The injector's answers carry foreign addresses; tracking them would tie them to the true flow.
    ...(censor.inject ? ['iifname "inj" notrack'] : []),
  ];
}

function webRules(censor: Censor): string[] {
  if (!censor.web?.length) return [];
  const proxied = 'meta l4proto tcp th dport { 80, 443 }';
  return [`iifname "lan" ${proxied} tproxy to :${ispPorts.filter} meta mark set 1 counter accept`];
}

function translationRules(censor: Censor): string[] {
  const names = 'meta l4proto { udp, tcp } th dport 53';
  const hijack = [
    `iifname "lan" ip daddr != ${a.ispLan.v4} ${names} counter dnat ip to ${a.ispLan.v4}:53`,
    `iifname "lan" ip6 daddr != ${a.ispLan.v6} ${names} counter dnat ip6 to [${a.ispLan.v6}]:53`,
  ];
  const logIn = [
    `iifname "lan" ip daddr != ${a.ispLan.v4} tcp dport 80 counter dnat ip to ${a.ispLan.v4}:${ispPorts.page}`,
    `iifname "lan" ip6 daddr != ${a.ispLan.v6} tcp dport 80 counter dnat ip6 to [${a.ispLan.v6}]:${ispPorts.page}`,
  ];
  return [...(censor.hijackResolvers || censor.portal ? hijack : []), ...(censor.portal ? logIn : [])];
}

function passRules(censor: Censor): string[] {
  return [
    ...(censor.packets ?? []).flatMap(packetRules),
    ...(censor.portal ? ['iifname "lan" counter drop', 'oifname "lan" counter drop'] : []),
  ];
}

const udpHeaderBytes = 8;

function packetRules(rule: PacketRule): string[] {
  switch (rule.drop) {
    case 'everything':
      return []; // already dropped before any routing
    case 'ipv6':
      return ['meta nfproto ipv6 counter drop'];
    case 'udp':
      return [`iifname "lan" ${rule.ports ? `udp dport ${portSet(rule.ports)}` : 'meta l4proto udp'} counter drop`];
    case 'prefix':
      return prefixRules(rule);
    case 'others':
      return othersRules(rule.cidrs);
    case 'stun-cookie':
      return ['meta l4proto udp udp length >= 28 @th,96,32 0x2112a442 counter drop'];
    case 'flow':
      return byFamily(rule.cidrs).flatMap(({ daddr, key }) => flowRules(`iifname "lan" ${daddr}`, key, rule.from));
    case 'relayed-sound':
      // A channel's first two bits are 01, those of RTP behind its four bytes are 10.
      return ['meta l4proto udp udp length >= 24 @th,64,2 1 @th,96,2 2 counter drop'];
    case 'share':
      return byFamily(rule.cidrs).flatMap(({ daddr, saddr }) =>
        [`iifname "lan" ${daddr}`, `oifname "lan" ${saddr}`].map(
          (way) => `${way}meta l4proto udp numgen random mod 100 < ${rule.pct} counter drop`,
        ),
      );
    case 'payload':
      return [
        `iifname "lan" meta l4proto udp udp length >= ${udpHeaderBytes + rule.at + rule.hex.length / 2} @th,${(udpHeaderBytes + rule.at) * 8},${rule.hex.length * 4} 0x${rule.hex} counter drop`,
      ];
    case 'length':
      return [
        `iifname "lan" meta l4proto udp udp length ${udpHeaderBytes + rule.from}-${udpHeaderBytes + rule.to} counter drop`,
      ];
    case 'wireguard':
      return ['udp length 156 @th,64,32 0x01000000 counter drop']; // 148 bytes and the UDP header
    case 'openvpn':
      return rule.transport === 'udp'
        ? ['iifname "lan" meta l4proto udp @th,64,8 { 0x38, 0x50 } counter drop']
        : ['iifname "lan" meta l4proto tcp @ih,16,8 { 0x38, 0x50 } @ih,0,8 != 0x16 counter reject with tcp reset'];
  }
}

interface FamilyMatch {
  /** Matches with a blank at the end; empty ones where any address is meant. */
  daddr: string;
  saddr: string;
  /** What tells one UDP flow from another. */
  key: string;
}

function byFamily(cidrs: readonly string[] | undefined): FamilyMatch[] {
  return (['ip', 'ip6'] as const).flatMap((family) => {
    const key = `${family} saddr . udp sport . ${family} daddr . udp dport`;
    if (cidrs === undefined) return { daddr: '', saddr: '', key };
    const own = cidrs.filter((cidr) => cidr.includes(':') === (family === 'ip6')).join(', ');
    return own === '' ? [] : { daddr: `${family} daddr { ${own} } `, saddr: `${family} saddr { ${own} } `, key };
  });
}

/** Marks on the connection: STUN was seen; cut. */
const flowMarks = { stun: 0x53, cut: 0x43 };

/** A limit that refills once in an hour is a count; one meter a rule, told apart by its key. */
function flowRules(client: string, key: string, from: 'sound' | { packets: number }): string[] {
  if (from !== 'sound') {
    const meter = `meter flows-${key.startsWith('ip6') ? 6 : 4} size 65535`;
    return [
      `${client}meta l4proto udp ${meter} { ${key} limit rate over 1/hour burst ${from.packets} packets } counter drop`,
    ];
  }
  return [
    `${client}udp length >= 28 @th,96,32 0x2112a442 ct mark 0 ct mark set ${flowMarks.stun}`,
    `${client}udp length >= 20 @th,64,2 2 ct mark ${flowMarks.stun} ct mark set ${flowMarks.cut}`,
    `meta l4proto udp ct mark ${flowMarks.cut} counter drop`,
  ];
}

/** All of a family of which no range is named. */
function othersRules(cidrs: readonly string[]): string[] {
  return (['ip', 'ip6'] as const).map((family) => {
    const own = cidrs.filter((cidr) => cidr.includes(':') === (family === 'ip6'));
    const matched =
      own.length > 0 ? `${family} daddr != { ${own.join(', ')} }` : `meta nfproto ipv${family === 'ip' ? 4 : 6}`;
    return `iifname "lan" ${matched} counter drop`;
  });
}

function prefixRules({ cidrs, transport, how = 'silently' }: Extract<PacketRule, { drop: 'prefix' }>): string[] {
  return (['ipv4', 'ipv6'] as const).flatMap((kind) => {
    const own = cidrs.filter((cidr) => ipaddr.parseCIDR(cidr)[0].kind() === kind);
    if (own.length === 0) return [];
    const [family, icmp] = kind === 'ipv4' ? ['ip', 'icmp'] : ['ip6', 'icmpv6'];
    const matched = transport === 'any' ? '' : `meta l4proto ${transport} `;
    const verdict = {
      silently: 'drop',
      reset: 'reject with tcp reset',
      icmp: `reject with ${icmp} type admin-prohibited`,
    }[how];
    return [`iifname "lan" ${family} daddr { ${own.join(', ')} } ${matched}counter ${verdict}`];
  });
}

function injectionRules(censor: Censor): string[] {
  if (!censor.inject) return [];
  return [`iifname "lan" ip daddr != ${a.ispLan.v4} udp dport 53 counter dup to ${a.injector} device "inj"`];
}

const portSet = (ports: readonly PortRange[]): string =>
  `{ ${ports.map((port) => (typeof port === 'number' ? port : port.join('-'))).join(', ')} }`;
