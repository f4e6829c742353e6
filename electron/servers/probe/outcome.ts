/** What a probe saw of one address and port. Silence is a result; only our own fault throws. */

/** Our own system gave up: no route (also: no IPv6 here), or its firewall denied it. Says nothing about the server. */
export interface Unreachable {
  kind: 'unreachable';
  why: 'no-route' | 'denied' | 'unknown';
}

/** Milliseconds from sending a try to its own answer; the median when several tries were answered. */
interface Timed {
  rttMs: number;
}

/**
 * Not one WireGuard outcome proves that data will flow: some networks let the handshake pass and drop what follows.
 * `answered`: this server knows this key. `pskMismatch`: it knows the key, but the preshared key is wrong or missing.
 * `busy`: it is under load and asked for a cookie, but did not answer the initiation that carried it.
 * `refused`: ICMP says that nobody listens on this port (or something on the way says so).
 * `silent`: unknown key, wrong server key, dead server, or blocked; one probe cannot tell.
 */
export type WireGuardOutcome =
  | ({ kind: 'answered' } & Timed)
  | ({ kind: 'pskMismatch' } & Timed)
  | ({ kind: 'busy' } & Timed)
  | { kind: 'refused' }
  | { kind: 'silent'; sent: number; waitedMs: number }
  | Unreachable;

/**
 * `answered`: OpenVPN: a server with our tls-auth or tls-crypt key is there; certificate and password are not tried.
 * Plain TCP: the connection stood after `rttMs`.
 * `reset`, over TCP only: cut off, or answered in another protocol. OpenVPN itself cuts off a client whose tls-auth or
 * tls-crypt key is wrong.
 * `silent`: over TCP, `connected` tells whether the connection stood.
 */
export type OpenVpnOutcome =
  | ({ kind: 'answered' } & Timed)
  | { kind: 'refused' }
  | { kind: 'reset' }
  | { kind: 'silent'; sent: number; waitedMs: number; connected?: boolean }
  | Unreachable;

export type TcpOutcome = OpenVpnOutcome;

export type ProbeOutcome = WireGuardOutcome | OpenVpnOutcome;

export interface Measured<Outcome extends ProbeOutcome = ProbeOutcome> {
  outcome: Outcome;
  /** Tries that were sent. */
  tries: number;
  /** Of these, how many nothing came back for. A cookie that was asked for is no loss. */
  lost: number;
  /** Of the tries that were answered as the outcome says, in the order of sending. */
  rttsMs: number[];
  durationMs: number;
}

/** How often and how long to try. Defaults: see `defaultPlan`. */
export interface Plan {
  /** At most this many tries. */
  tries: number;
  /** Stop after this many answers; more than one measures loss and jitter too. */
  enough: number;
  /** Wait this long for an answer before the next try; the last entry counts for all further ones. */
  retryAfterMs: readonly number[];
  /** Least time between two tries. WireGuard servers drop initiations of one peer within 20 ms. */
  spacingMs: number;
  /** Everything ends here. */
  limitMs: number;
}

/** Tries at 0, 0.4 and 1.2 s; over at 2.5 s. */
export const defaultPlan: Plan = { tries: 3, enough: 1, retryAfterMs: [400, 800], spacingMs: 60, limitMs: 2500 };
