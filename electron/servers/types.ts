/** One VPN server of the curated list. Public facts only: the user's own key or password is never here. */
export interface Server {
  id: string;
  provider: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  city: string;
  hostname: string;
  ipv4: string | null;
  ipv6: string | null;
  wireguard: { publicKey: string; ports: number[] } | null;
  openvpn: OpenVpnPlace | null;
  confidence: 'H' | 'M';
  /** ISO 8601 date of the newest source. */
  asOf: string;
  sources: string[];
}

/** Where a server speaks OpenVPN. */
export interface OpenVpnPlace {
  ports: { udp: number[]; tcp: number[] };
  /** Where that is another machine than the server's own address says; never in our list. */
  hosts?: { udp: string | null; tcp: string | null };
  /** In the servers' certificate, where it is not the host's. */
  certificateName?: string;
}

export interface Provider {
  id: string;
  name: string;
  /** Host names of this provider's servers end with one of these. */
  hostSuffixes: string[];
  /** One key serves many hosts (AirVPN's fleet): exempt from the repeated-key rule. */
  sharedKey: boolean;
  /** One client key and tunnel address are valid on every server, so one imported profile opens the whole list. */
  oneKeyForAll: boolean;
  /** What a person needs to get an own key or password, in one English sentence. */
  credential: string;
}

export interface ServerList {
  schema: 1;
  listVersion: number;
  /** ISO 8601, UTC. */
  issuedAt: string;
  expiresAt: string;
  providers: Provider[];
  servers: Server[];
}

/** The list in use, and what a person should know about it. */
export interface ServerListStatus {
  list: ServerList;
  origin: 'bundled' | 'updated';
  /** True when signed with the development key that stands in the repository. */
  developmentKey: boolean;
  /** Past expiresAt: still used, with a notice, so that nobody is locked out. */
  expired: boolean;
  /** A newer list lies there and was refused: the rule that it failed. */
  refusedUpdate?: string;
}
