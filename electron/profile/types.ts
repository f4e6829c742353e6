/** A profile holds everything needed to connect. Fields only: a file is never kept as text, it is written anew from these. */
export type Profile = WireGuardProfile | OpenVpnProfile;

/** host is an IP address or a DNS name, without brackets. */
export interface Endpoint {
  host: string;
  port: number;
}

/** Keys are base64 of 32 bytes, as wg(8) writes them. Secrets: privateKey and presharedKey. */
export interface WireGuardProfile {
  kind: 'wireguard';
  privateKey: string;
  /** CIDR, v4 and v6. */
  addresses: string[];
  /** Resolver addresses, used inside the tunnel only. */
  dns: string[];
  searchDomains: string[];
  /** Bytes, 576 to 65535; absent: chosen when connecting. */
  mtu?: number;
  /** Made to carry calls only: what is not in the exit peer's allowedIps goes outside on purpose. */
  split?: 'calls';
  peers: WireGuardPeer[];
}

export interface WireGuardPeer {
  publicKey: string;
  presharedKey?: string;
  endpoint?: Endpoint;
  /** CIDR. */
  allowedIps: string[];
  /** Seconds, 1 to 65535; absent: off. */
  persistentKeepalive?: number;
}

export interface OpenVpnRemote extends Endpoint {
  transport: 'udp' | 'tcp';
}

/** PEM blocks are re-encoded from their bytes. Secrets: key, tlsAuth, tlsCrypt, tlsCryptV2 and credentials. */
export interface OpenVpnProfile {
  kind: 'openvpn';
  remotes: OpenVpnRemote[];
  ca?: string;
  cert?: string;
  key?: string;
  extraCerts?: string;
  tlsAuth?: { key: string; direction?: 0 | 1 };
  tlsCrypt?: string;
  tlsCryptV2?: string;
  /** The server asks for a user name and a password; values only when the file carried them inline. */
  userPass?: { required: true; username?: string; password?: string };
  /** Made to carry calls only: what no route of its options names goes outside on purpose. */
  split?: 'calls';
  /** Allowed plain directives, name and arguments, in the order they are written out. */
  options: { name: string; args: string[] }[];
}

/** A line that did not survive the import. Never carries the value. */
export interface DroppedLine {
  /** 1-based; null when the format has no lines. */
  line: number | null;
  directive: string;
  reason: string;
}

export const warningCodes = [
  'no-ipv6',
  'no-dns',
  'split-routes',
  'private-endpoint',
  'endpoint-by-name',
  'weak-identity',
  'weak-cipher',
  'needs-password',
  'amnezia',
  'shared-key',
  'key-expires',
  'strangers',
] as const;
export type WarningCode = (typeof warningCodes)[number];
export interface ProfileWarning {
  code: WarningCode;
  text: string;
}

/** What everybody may see of a stored profile: `sawt profiles --json`. No secret in it. */
export interface ProfileSummary {
  id: string;
  name: string;
  kind: Profile['kind'];
  /** `host:port` of the first peer or remote, IPv6 in brackets; null when a file had none. */
  endpoint: string | null;
  /** Id of the provider in the server list, when recognised. */
  provider: string | null;
  /** Only calls go through it; absent: everything. */
  split?: 'calls';
  /** Of a server that asks for a user name and a password: whether they are kept. Absent: it asks for none. */
  credentials?: 'needed' | 'kept';
  dropped: DroppedLine[];
  warnings: ProfileWarning[];
}

/** A profile as the store keeps it. */
export interface StoredProfile extends Omit<ProfileSummary, 'split' | 'credentials'> {
  /** ISO 8601, UTC. */
  createdAt: string;
  profile: Profile;
}

/** One file, or one text from the clipboard, to import. */
export interface ImportInput {
  /** File name for messages and for the profile's name; never used as a path. */
  name: string;
  bytes: Uint8Array;
}
