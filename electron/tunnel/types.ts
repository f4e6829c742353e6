/** Where a connection attempt is, in the order a person sees it. */
export const stages = ['starting', 'handshake', 'traffic', 'calls'] as const;
export type Stage = (typeof stages)[number];

/** One try with one transport. `silent`: no answer before the limit. */
export interface Attempt {
  transport: 'wireguard-udp' | 'openvpn-udp' | 'openvpn-tcp';
  /** `address:port`. */
  endpoint: string;
  result: 'ok' | 'silent' | 'refused' | 'rejected' | 'failed' | 'cancelled';
  durationMs: number;
}

/** What was proved after connecting. */
export interface Verified {
  /** The other side answered our handshake. */
  handshake: boolean;
  /** A reply to something we asked came back through the tunnel. */
  traffic: boolean;
  /** The address the world sees us with; null when not measured. */
  exit: string | null;
  dnsInTunnel: boolean;
  ipv6: 'tunnelled' | 'blocked' | 'absent' | 'leaking';
  /** The re-check of what was blocked before; unknown without a re-check. */
  calls: 'ok' | 'degraded' | 'blocked' | 'unknown';
}

export interface TunnelError {
  code: TunnelErrorCode;
  /** One English sentence: what happened, what it means, what to do. */
  message: string;
}

export const tunnelErrorCodes = [
  'tool-missing',
  'permission-refused',
  'no-endpoint',
  'no-base-route',
  'name-not-resolved',
  'handshake-silent',
  'handshake-rejected',
  'no-traffic',
  'another-tunnel',
  'firewall-failed',
  'lock-gone',
  'program-died',
  'server-silent',
  'connect-interrupted',
  'record-damaged',
  'password-needed',
  'password-wrong',
  'not-supported',
  'cancelled',
  'network-change-failed',
] as const;
export type TunnelErrorCode = (typeof tunnelErrorCodes)[number];

/**
 * The tunnel's state as a record: each state carries only what it knows.
 * `blocked`: the tunnel is gone and the lock holds all traffic until the person disconnects, repairs or reconnects.
 */
export type TunnelState =
  | { state: 'disconnected' }
  | { state: 'connecting'; stage: Stage; profile: string; backend: string; attempts: Attempt[] }
  | {
      state: 'connected';
      profile: string;
      backend: string;
      /** ISO 8601, UTC. */
      since: string;
      durationMs: number;
      killSwitch: boolean;
      /** Only calls go through the tunnel, and only they are protected; absent: everything is. */
      split?: 'calls';
      verified: Verified;
      attempts: Attempt[];
    }
  | { state: 'blocked'; profile: string; backend: string; killSwitch: boolean; attempts: Attempt[]; error: TunnelError }
  | { state: 'failed'; profile: string | null; backend: string | null; attempts: Attempt[]; error: TunnelError };

/** The contract's connection document: every field always there, null where the state does not know it. */
export interface Connection {
  state: TunnelState['state'];
  stage: Stage | null;
  profile: string | null;
  backend: string | null;
  since: string | null;
  durationMs: number | null;
  killSwitch: boolean;
  /** `calls`: only calls go through the tunnel, the rest outside on purpose. Absent when everything does. */
  split?: 'calls';
  verified: Verified | null;
  attempts: Attempt[];
  error: TunnelError | null;
}

/** `sawt doctor --json`: what this computer has. */
export interface Doctor {
  system: string;
  tools: { name: string; path: string | null; version: string | null; neededFor: string; install: string | null }[];
  backends: { name: string; usable: boolean; reason: string | null }[];
  permission: 'root' | 'user';
  /** Something of ours was left behind by a crash: `sawt repair` removes it. */
  leftovers: boolean;
}
