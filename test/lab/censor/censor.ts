/** What an ISP does to its client's traffic, as data. Nothing named: an open network. */
export interface Censor {
  /** What the router drops or refuses by looking at single packets. */
  packets?: readonly PacketRule[];
  /** Lies of the ISP's own resolver; the first rule that matches speaks. */
  names?: readonly NameRule[];
  /** Questions to any other resolver on port 53 are answered by the ISP's own, under that resolver's address. */
  hijackResolvers?: boolean;
  /** A machine on the path that answers questions to other resolvers before they can. */
  inject?: InjectRule;
  /** What a proxy that reads server names and Host headers on TCP 80 and 443 does. */
  web?: readonly WebRule[];
  /** Nothing but names and a log-in page, until somebody has logged in. */
  portal?: boolean;
  /** A real inspection engine (nDPI) in the way of UDP: flows are dropped once its label for them contains this. */
  inspect?: string;
  /** How the line is, in each direction. */
  path?: PathQuality;
  /** The client's cable is out: no carrier, no addresses, no routes. */
  unplugged?: boolean;
}

export type PortRange = number | readonly [first: number, last: number];

export type PacketRule =
  /** Not one packet of the client gets past the first router. */
  | { drop: 'everything' }
  /** Nothing of IPv6 is carried, though the client has addresses and routes. */
  | { drop: 'ipv6' }
  /** UDP to these ports, or all of it; names asked of the ISP's own resolver still work. */
  | { drop: 'udp'; ports?: readonly PortRange[] }
  /** To and from ranges of addresses. `reset` and `icmp` refuse openly instead. */
  | { drop: 'prefix'; cidrs: readonly string[]; transport: 'udp' | 'tcp' | 'any'; how?: 'silently' | 'reset' | 'icmp' }
  /** Whatever does not go to these ranges. Names asked of the ISP's own resolver still work. */
  | { drop: 'others'; cidrs: readonly string[] }
  /** STUN's magic cookie (RFC 8489 §5) in UDP on any port. */
  | { drop: 'stun-cookie' }
  /**
   * A UDP flow as a whole, that is one 5-tuple, to these ranges or to any: from the first packet on that looks like sound
   * (RTP) after STUN, or after so many packets of the client. A new flow starts anew.
   */
  | { drop: 'flow'; cidrs?: readonly string[]; from: 'sound' | { packets: number } }
  /** Sound (RTP) inside a relay's channels (TURN ChannelData, RFC 8656 §12.4) over UDP, packet by packet. */
  | { drop: 'relayed-sound' }
  /** So many of a hundred UDP packets to and from ranges, by chance. */
  | { drop: 'share'; cidrs: readonly string[]; pct: number }
  /**
   * UDP packets of the client that have these bytes at a place of their payload, or a payload of so many bytes: what one
   * rule without any state can know.
   */
  | { drop: 'payload'; at: number; hex: string }
  | { drop: 'length'; from: number; to: number }
  /** WireGuard's first message: type 1, 148 bytes. */
  | { drop: 'wireguard' }
  /** OpenVPN's first client message (opcodes 7 and 10); over TCP the connection is reset. */
  | { drop: 'openvpn'; transport: 'udp' | 'tcp' };

export interface NameRule {
  /** Each covers the names below it too; `*` covers all. */
  names: readonly string[];
  /** Only questions of this family; both when missing. */
  family?: 'A' | 'AAAA';
  answer: 'nxdomain' | 'empty' | 'servfail' | 'refused' | 'silence' | ForgedAnswer;
}

/** Addresses told instead of the true ones; none for a family: an empty answer. */
export interface ForgedAnswer {
  v4: readonly string[];
  v6: readonly string[];
}

export interface InjectRule {
  names: readonly string[];
  answer: ForgedAnswer;
}

export interface WebRule {
  /** `sni`: the server name of a TLS ClientHello. `host`: the Host header of plain HTTP. */
  match: 'sni' | 'host';
  /** Each covers the names below it too. Addresses are compared as they stand in the Host header. */
  names: readonly string[];
  /**
   * `mitm`: the proxy answers TLS itself, with a certificate of an authority that nobody trusts. `page`: HTTP only. `slow`:
   * bytes to the client pass at `slowKbitPerS`.
   */
  action: 'reset' | 'silence' | 'fin' | 'mitm' | 'page' | 'slow';
}

/** What was left of Twitter in Russia 2021: 130 to 150 kbit/s (Xue et al., IMC 2021). */
export const slowKbitPerS = 130;

export interface PathQuality {
  /** One way, in milliseconds. */
  delayMs: number;
  jitterMs: number;
  /** Packets lost one way, in percent. */
  lossPct: number;
}

/** Whether a name is one of these or lies below one. */
export const coversName = (names: readonly string[], name: string): boolean =>
  names.some((one) => one === '*' || name === one || name.endsWith(`.${one}`));
