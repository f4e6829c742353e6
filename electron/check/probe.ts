import type { ServedCertificate } from './net/net.ts';
import type { Operation } from './report.ts';

/**
 * What the probes record: one measurement each, with one outcome and at most one failure. Nothing is judged here; the
 * judgement reads these records and no socket.
 */

/** What every record has. */
export interface ProbeBase {
  id: string;
  /** Id of the service; null for a control. */
  service: string | null;
  /** Host name, or the address when there is none. */
  target: string;
  address: string;
  port: number;
  /** Milliseconds since the check began. */
  startMs: number;
  durationMs: number;
}

/** A failure of a socket, a handshake or a request, in OONI's words. */
export interface Failed {
  kind: 'failed';
  operation: Operation;
  failure: string;
  /** Bytes the other side had sent after the step began: silence and slowness are told apart by it. */
  bytesRead: number;
}

/** Answer of a resolver. `silent`: `sent` queries, none answered. */
export type DnsOutcome =
  | { kind: 'answered'; addresses: string[] }
  | { kind: 'nxdomain' | 'empty' | 'servfail' | 'refused' }
  | { kind: 'silent'; sent: number }
  | Failed;

export type DnsProbe = ProbeBase & {
  kind: 'dns';
  /** `address` is the resolver's; the name asked for is `target`. */
  resolver: 'system' | 'public';
  outcome: DnsOutcome;
  /**
   * Another reply to the same query that says something else and came although every query sent was answered already
   * (RFC 1035 knows one reply a query); null when none came while we listened.
   */
  second: DnsOutcome | null;
};

export type DohProbe = ProbeBase & { kind: 'doh'; resolver: string; outcome: DnsOutcome };

export type TcpProbe = ProbeBase & { kind: 'tcp'; outcome: { kind: 'connected'; rttMs: number } | Failed };

export type TlsProbe = ProbeBase & {
  kind: 'tls';
  serverName: string;
  outcome:
    | { kind: 'ok'; certificate: ServedCertificate }
    /** The handshake finished, but with a certificate that is not the target's. */
    | { kind: 'bad-certificate'; certificate: ServedCertificate }
    | Failed;
};

export interface HttpAnswer {
  status: number;
  /** Host of the Location header; null when there is none. */
  redirectHost: string | null;
  title: string | null;
  /** SHA-256 (hex) of the first 16 KiB of the body, and how much of it came. */
  bodyHash: string;
  bodyBytes: number;
  /** Whether the body is the one the catalogue knows; null when it knows none. */
  bodyAsKnown: boolean | null;
}

export type HttpProbe = ProbeBase & {
  kind: 'http';
  path: string;
  outcome: ({ kind: 'answered' } & HttpAnswer) | Failed;
};

/** `refused`: an ICMP error came, or the own system would not send. */
export interface Refused {
  kind: 'refused';
  failure: string;
}
/** `sent` requests, no answer in `waitedMs`. */
export interface Silent {
  kind: 'silent';
  sent: number;
  waitedMs: number;
}

/** `sent` in an answer: requests that had gone out by then, more than one where packets were lost or late. */
export type StunProbe = ProbeBase & {
  kind: 'stun';
  style: 'modern' | 'classic';
  /** `mapped`: own address as the server saw it; never leaves in a report unless revealed. */
  outcome:
    | { kind: 'answered'; rttMs: number; sent: number; mapped: { address: string; port: number } | null }
    | Refused
    | Silent;
};

export type TurnProbe = ProbeBase & {
  kind: 'turn';
  outcome:
    | { kind: 'unauthorized'; rttMs: number; realm: string | null }
    | { kind: 'answered'; rttMs: number; code: number | null }
    | Refused
    | Silent;
};

/** Other UDP: NTP. */
export type UdpProbe = ProbeBase & {
  kind: 'udp';
  /** `clockAheadMs`: how far this computer's clock is ahead of the time server's. */
  outcome: { kind: 'answered'; rttMs: number; sent: number; clockAheadMs?: number } | Refused | Silent;
};

/** What a second of Bindings told, answer by answer. */
export interface StreamSeen {
  sent: number;
  lost: number;
  /** Median; 0 when none was answered. */
  rttMs: number;
  /** RFC 3550, of round trips. */
  jitterMs: number;
}

/**
 * What went over the 5-tuple between its first answer and the question whether it still answers: packets that look like
 * sound (RTP), as many of the same size that look like nothing known, or Bindings that are answered one by one.
 */
export type FlowLoad = 'rtp' | 'noise' | 'bindings';

export type FlowProbe = ProbeBase & {
  kind: 'flow';
  load: FlowLoad;
  /** Between two packets of the load. */
  everyMs: number;
  /**
   * `answered`: also after the load. `cut`: the first Binding was answered, and after the load none of `unanswered` was;
   * `passed` packets were sent until the last one that was answered, and `stream` ends with them; `fresh`: whether another
   * 5-tuple was answered then.
   * Refused or silent: already the first Binding was not answered, which says nothing about flows.
   */
  outcome:
    | { kind: 'answered'; rttMs: number; stream: StreamSeen | null }
    | { kind: 'cut'; passed: number; unanswered: number; fresh: boolean; stream: StreamSeen | null }
    | Refused
    | Silent;
};

/**
 * What a packet of the signature check is for. `before`, `after`: plain ones that have to be answered; `twin`: a shape
 * without its marks, for the service named; `shape`; `same`, `other`: plain ones after a shape's silence, to its own port
 * and to another of that address.
 */
export type SignatureRole = 'before' | 'after' | 'twin' | 'shape' | 'same' | 'other';

/** One request to a server that agreed. `shape`: its id, or what a plain one is. */
export type SignatureProbe = ProbeBase & {
  kind: 'signature';
  role: SignatureRole;
  shape: string;
  method: 'allocate' | 'binding';
  /** `code` of an error response, which is an answer as well; null for success. */
  outcome: { kind: 'answered'; rttMs: number; sent: number; code: number | null } | Refused | Silent;
};

/** What one end of a rehearsed call heard of the other: packets like sound that went up to the relay and came back down. */
export interface CallStream {
  sent: number;
  /** Of `sent`: those that were due and did not come. */
  lost: number;
  /** Packets sent until the last one that came; 0 when none did. */
  passed: number;
  /** From end to end: the median, 0 when none came. */
  delayMs: number;
  /** RFC 3550. */
  jitterMs: number;
}

export type CallTransport = 'udp' | 'tcp' | 'tls';

/**
 * A call between two ends on this computer, by way of the user's own relay. What it goes to is the user's secret: a report
 * shows neither name nor address.
 */
export type CallProbe = ProbeBase & {
  kind: 'turn-call';
  transport: CallTransport;
  outcome:
    | ({ kind: 'called' } & Called)
    /** The relay said no, by this error of its (RFC 8656 §18.4, RFC 8489 §14.8); 401 and 441 are about the account. */
    | { kind: 'rejected'; code: number }
    | Failed
    | Refused
    /** `began`: the relay had answered before, on the same line. */
    | (Silent & { began: boolean });
};

/** How often the first message of a key exchange goes out before it is given up. */
export const hellosMax = 6;

/** A call for which the relay gave both ends a line. */
export interface Called {
  /** From the first packet until sound could be sent. */
  setupMs: number;
  /** Whether ICE's connectivity check, and then the first message of the key exchange, came through from end to end. */
  ice: boolean;
  dtls: boolean;
  there: CallStream;
  back: CallStream;
  /** `silence`: nothing more came, at one end at least. */
  end: 'enough' | 'silence';
  /** After a silence: whether the relay answered then, on the call's own line and on a fresh one. Null: not asked. */
  sameLine: boolean | null;
  freshLine: boolean | null;
}

export type AnyProbe =
  | DnsProbe
  | DohProbe
  | TcpProbe
  | TlsProbe
  | HttpProbe
  | StunProbe
  | TurnProbe
  | UdpProbe
  | FlowProbe
  | SignatureProbe
  | CallProbe;

/** Whether the other side answered as it does on an open network. */
export function succeeded(probe: AnyProbe): boolean {
  switch (probe.outcome.kind) {
    case 'ok':
    case 'connected':
    case 'answered':
    case 'unauthorized':
    case 'called':
      return true;
    default:
      return false;
  }
}

/** Whether anything at all came back from the network, be it an error: proof that we are not simply offline. */
export function gotAnyAnswer(probe: AnyProbe): boolean {
  const { outcome } = probe;
  if (outcome.kind === 'silent' || outcome.kind === 'refused') return false;
  if (outcome.kind !== 'failed') return true;
  return outcome.bytesRead > 0 || (outcome.operation !== 'connect' && outcome.operation !== 'resolve');
}
