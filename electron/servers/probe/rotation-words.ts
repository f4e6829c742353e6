import type { ProbeResult } from './measure.ts';

/** The words of rotation.ts and its rules. */

export type RotationVerdict =
  | 'works'
  | 'server-stopped'
  | 'server-busy'
  | 'key-not-accepted'
  | 'psk-wrong'
  | 'port-blocked'
  | 'protocol-blocked'
  | 'offline'
  | 'undecided';

export type RotationStrength = 'weak' | 'medium' | 'strong' | 'certain';

/**
 * What was seen. `silent`: no answer; over TCP also cut off. `key-known`: a server knows the key. `protocol-passes`:
 * something of this protocol came back. `udp-passes`, `path-passes`: another protocol was answered over UDP, or at all.
 * `host-alive`: the same server answers otherwise. `key-accepted-before`: the caller knows it from earlier.
 * `port-silent-elsewhere`: other servers, too, answer on another port only. `nothing-answers`, `one-server-only`,
 * `no-control`: what is missing to say more.
 */
export type RotationReasonCode =
  | 'answered'
  | 'psk-mismatch'
  | 'busy'
  | 'refused'
  | 'silent'
  | 'not-sent'
  | 'key-known'
  | 'protocol-passes'
  | 'udp-passes'
  | 'path-passes'
  | 'host-alive'
  | 'key-accepted-before'
  | 'port-silent-elsewhere'
  | 'nothing-answers'
  | 'one-server-only'
  | 'no-control';

export interface RotationReason {
  code: RotationReasonCode;
  /** Ids of the results it rests on. */
  probes: string[];
}

export type RotationAdvice =
  'stay' | 'use-next' | 'renew-key' | 'correct-psk' | 'other-protocol' | 'check-network' | 'probe-more';

/** `advice` is what helps against the verdict; `next` is there to go on at once. */
export interface Rotation {
  verdict: RotationVerdict;
  strength: RotationStrength;
  reasons: RotationReason[];
  advice: RotationAdvice;
  /** Id of the best candidate that answered, whatever its protocol; null when none did. */
  next: string | null;
}

export interface RotationInput {
  /** The server in question, and the protocol that it was used with. */
  server: string;
  method: 'wireguard' | 'openvpn-udp' | 'openvpn-tcp';
  /**
   * Of one run on one network, all of `method` with one key; others serve as controls. The run must have `goodEnough`
   * Infinity: else it gives the silent server up as soon as others answer, and its silence is not among the results.
   */
  results: readonly ProbeResult[];
  /** Where a server has accepted this key lately, as the app remembers it. */
  keyAccepted?: 'here' | 'elsewhere';
}

/** What the results say, sorted once for all rules. */
export interface Evidence {
  /** Of the server and the protocol in question. */
  own: ProbeResult[];
  /** Of other servers, same protocol. */
  others: ProbeResult[];
  /** Another protocol. */
  controls: ProbeResult[];
  input: RotationInput;
}

export type Judgement = Omit<Rotation, 'next' | 'advice'> & { advice?: RotationAdvice };
