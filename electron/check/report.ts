import { z } from 'zod';
import { controlRoles, explanationCases } from './explain/cases.ts';

/**
 * The check's public words and shapes, as the contract of the command line fixes them. Field names, values and meanings
 * do not change without a new `schema` number; fields may be added.
 */

export const verdicts = ['ok', 'blocked', 'degraded', 'stale', 'not-testable', 'inconclusive', 'not-run'] as const;
/** What we tell a person about messages or calls of one service. `blocked` needs at least strength `medium`. */
export type Verdict = (typeof verdicts)[number];

export const mechanisms = [
  'dns-nxdomain',
  'dns-empty',
  'dns-refused',
  'dns-servfail',
  'dns-timeout',
  'dns-bogon',
  'dns-injection',
  'dns-redirect',
  'doh-blocked',
  'tcp-drop',
  'tcp-reset',
  'icmp',
  'sni-reset',
  'sni-drop',
  'tls-mitm',
  'http-blockpage',
  'http-reset',
  'udp-all',
  'udp-port',
  'stun-dpi',
  'media-ip',
  'turn-blocked',
  'flow-cut',
  'throttle',
  'loss',
  'allow-list',
  'portal',
  'local',
] as const;
/** How it is blocked. `flow-cut`: first packets pass, then nothing. `local`: this computer's own firewall or antivirus. */
export type Mechanism = (typeof mechanisms)[number];

export const strengths = ['weak', 'medium', 'strong', 'certain'] as const;
export type Strength = (typeof strengths)[number];

export const networkStates = ['online', 'offline', 'portal', 'restricted'] as const;
/**
 * `offline`: nothing answers. `portal`: a captive portal stands in the way. `restricted`: most controls fail and some
 * pass (an allow-list), or no UDP passes at all.
 */
export type NetworkState = (typeof networkStates)[number];

/** `udp` and `tcp` are IPv4's. */
export const aroundKinds = ['udp', 'tcp', 'ipv6'] as const;

export const probeKinds = [
  'dns',
  'doh',
  'tcp',
  'tls',
  'http',
  'stun',
  'turn',
  'udp',
  'flow',
  'signature',
  'turn-call',
  'goodput',
] as const;
export type ProbeKind = (typeof probeKinds)[number];

/** The step that failed, in OONI's words (ooni/spec df-007). */
export const operations = [
  'resolve',
  'connect',
  'tls_handshake',
  'http_round_trip',
  'read',
  'write',
  'stun_binding',
  'turn_allocate',
] as const;
export type Operation = (typeof operations)[number];

export const probeSchema = z.object({
  id: z.string(),
  kind: z.enum(probeKinds),
  /** Id of the service that the probe belongs to; null for a control. */
  service: z.string().nullable(),
  /** Host name or address aimed at. */
  target: z.string(),
  /** Address it went to; null when none was known. */
  address: z.string().nullable(),
  port: z.number().nullable(),
  /** One word for what was seen: `ok`, `failed`, `silent`, or what the kind of probe adds (`answered`, `unauthorized`). */
  outcome: z.string(),
  /** OONI failure string (`generic_timeout_error`, `connection_reset` ...), or null. */
  failure: z.string().nullable(),
  operation: z.enum(operations).nullable(),
  /** Milliseconds since the check began. */
  startMs: z.number(),
  durationMs: z.number(),
  /** More of the evidence, by kind: resolver, server name, answers, realm, round-trip time ... Never an own address. */
  detail: z.record(z.string(), z.unknown()).optional(),
});
/** One measurement as reported. `failure` and `operation` are both null when it went as expected. */
export type Probe = z.infer<typeof probeSchema>;

export const whySchema = z.object({
  /** Which explanation holds: a row of the decision table, or one of its special cases. */
  case: z.enum(explanationCases),
  /** Ids of the probes that the judgement rests on, in the order of time. */
  evidence: z.array(z.string()),
  /** Those of them that are controls, by what they are to the others; the rest is what was looked at. */
  controls: z.array(z.object({ role: z.enum(controlRoles), probes: z.array(z.string()) })),
});
/** Why a judgement is as it is; the sentences for it are in electron/api/explanations.ts and the window's texts. */
export type Why = z.infer<typeof whySchema>;
/** Absent in reports of earlier versions, and where a later version explains in words that we do not know. */
const why = whySchema.optional().catch(undefined);

export const findingSchema = z.object({
  mechanism: z.enum(mechanisms),
  rule: z.string(),
  strength: z.enum(strengths),
  /** Ids of the probes that the finding rests on, controls included. */
  probes: z.array(z.string()),
  /** Whose calls it is about, where it is about one service only. */
  service: z.object({ id: z.string(), name: z.string() }).optional(),
  /** One English sentence for the command line; windows make their own from mechanism and rule. */
  summary: z.string(),
  why,
});
export type Finding = z.infer<typeof findingSchema>;

export const judgementSchema = z.object({
  verdict: z.enum(verdicts),
  mechanisms: z.array(z.enum(mechanisms)),
  rule: z.string(),
  strength: z.enum(strengths),
  probes: z.array(z.string()),
  why,
});
/** A verdict with the row of the decision table that spoke and the probes it rests on. */
export type Judgement = z.infer<typeof judgementSchema>;

export const serviceReportSchema = z.object({
  id: z.string(),
  name: z.string(),
  messages: judgementSchema,
  calls: judgementSchema,
  /** Only for a service that its makers shut down: since when (ISO date), and the name of what they point to. */
  retired: z.object({ on: z.string(), successor: z.string().nullable() }).optional(),
});
export type ServiceReport = z.infer<typeof serviceReportSchema>;

export const callRatings = ['good', 'fair', 'bad'] as const;
/** What a score means to ears, by the bands of ITU-T G.109: `good` high quality or best, `bad` poor. */
export type CallRating = (typeof callRatings)[number];

/** Of round trips: an echo cannot tell loss there from loss back. */
export const qualitySchema = z.object({
  rttMs: z.number(),
  jitterMs: z.number(),
  lossPct: z.number(),
  /** Upper end of the 95 % confidence range of the loss. */
  lossUpperPct: z.number(),
  samples: z.number(),
  mos: z.number(),
  rating: z.enum(callRatings),
});
export type Quality = z.infer<typeof qualitySchema>;

export const signatureReasons = [
  ...['network', 'endpoints', 'controls', 'one-endpoint', 'refused', 'chance', 'low-confidence', 'time'],
] as const;
/**
 * Why the signature check says nothing about a service. `network`: not online; `endpoints`: too few of the named ports
 * answered plain packets; `controls`: plain ones, or its twin, were not answered either; `one-endpoint`: only one of two
 * was silent; `refused`: an ICMP error came; `chance`: the line's own loss may be the reason; `low-confidence`: too little
 * is known about what its calls look like; `time`: it ran out.
 */
export type SignatureReason = (typeof signatureReasons)[number];

export const signatureSchema = z.object({
  /** Id of the service, and its name. */
  service: z.string(),
  name: z.string(),
  result: z.enum(['passed', 'filtered', 'inconclusive']),
  /** Of `filtered`; else null. */
  strength: z.enum(strengths).nullable(),
  /** Of `inconclusive`; else null. */
  reason: z.enum(signatureReasons).nullable(),
  /** After a shape, its port answered no plain packet any more: a filter has remembered it. */
  spoiled: z.boolean(),
  shapes: z.array(
    z.object({
      id: z.string(),
      role: z.enum(['exact', 'variant', 'twin']),
      outcome: z.enum(['passed', 'silent', 'refused']),
      probe: z.string(),
    }),
  ),
  probes: z.array(z.string()),
});
/** Whether packets that look like a service's calls pass to a server that agreed. It says nothing about the service itself. */
export type Signature = z.infer<typeof signatureSchema>;
export const rehearsalOutcomes = [
  ...(['good', 'fair', 'bad'] as const),
  ...(['cut', 'silent', 'no-relay', 'wrong-password', 'refused'] as const),
] as const;
/**
 * How a call to the user's own relay went. `good` to `bad`: by its rating. `cut`: it began and fell silent. `silent`: it was
 * set up and no sound came. `no-relay`: the relay did not answer. `wrong-password`, `refused`: it answered and said no.
 */
export type RehearsalOutcome = (typeof rehearsalOutcomes)[number];

/** One direction of a call: of `sent` packets `lost` did not come. */
export const heardSchema = z.object({
  sent: z.number(),
  lost: z.number(),
  lossPct: z.number(),
  /** Upper end of the 95 % range of the loss. */
  lossUpperPct: z.number(),
});

export const rehearsedWaySchema = z.object({
  /** What the relay was reached by; which relay it is does not stand in a report. */
  transport: z.enum(['udp', 'tcp', 'tls']),
  port: z.number(),
  outcome: z.enum(rehearsalOutcomes),
  /** The row of the decision table; null where nothing can be said, as of a relay that may be down. */
  rule: z.string().nullable(),
  /** Of a call that was set up; null otherwise. */
  there: heardSchema.nullable(),
  back: heardSchema.nullable(),
  /** From end to end and back, both ends on this computer; null where no sound came. */
  rttMs: z.number().nullable(),
  jitterMs: z.number().nullable(),
  mos: z.number().nullable(),
  /** From the first packet until the outcome was known. */
  verdictMs: z.number(),
  /** The relay's own number for its refusal; null for any other outcome. */
  code: z.number().nullable(),
  probe: z.string(),
});
export type RehearsedWay = z.infer<typeof rehearsedWaySchema>;

export const rehearsalSchema = z.object({
  /** Of the way that went best. */
  outcome: z.enum(rehearsalOutcomes),
  rule: z.string().nullable(),
  /** The ways to the relay, in the order of the relay's own list. */
  ways: z.array(rehearsedWaySchema),
});
/** Calls to a relay of the user's own. They speak of the way there, never of a service. */
export type Rehearsal = z.infer<typeof rehearsalSchema>;

export const reportSchema = z.object({
  schema: z.literal(1),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  durationMs: z.number(),
  catalogue: z.object({ version: z.number(), asOf: z.string() }),
  network: z.object({
    state: z.enum(networkStates),
    ipv4: z.boolean(),
    ipv6: z.boolean(),
    tunnel: z.enum(['none', 'wireguard', 'openvpn', 'other']),
    /** What went around the tunnel, so that the network underneath sees it. Absent: nothing, or no tunnel is on. */
    aroundTunnel: z.array(z.enum(aroundKinds)).optional(),
    resolvers: z.array(z.string()),
    /** Own address as STUN sees it; null unless the user asked to reveal it. */
    mapped: z.string().nullable(),
  }),
  findings: z.array(findingSchema),
  services: z.array(serviceReportSchema),
  quality: qualitySchema.nullable(),
  /** Only where the signature check was asked for. */
  signatures: z.array(signatureSchema).optional(),
  /** Only where calls were rehearsed: `--depth full` and a relay. */
  rehearsal: rehearsalSchema.optional(),
  probes: z.array(probeSchema),
});
/** The whole check report, `sawt check --json`. */
export type Report = z.infer<typeof reportSchema>;

/** What a check says while it goes on; one line each of `sawt check --ndjson`, the report last. */
export type CheckEvent =
  | { kind: 'started'; startedAt: string; services: { id: string; name: string }[] }
  | { kind: 'probe'; probe: Probe }
  /** Probes done and planned so far; `planned` may grow. */
  | { kind: 'progress'; done: number; planned: number }
  | { kind: 'finding'; finding: Finding }
  /** A row as judged so far. `final` false: still being confirmed, may change. */
  | { kind: 'service'; service: ServiceReport; final: boolean }
  | { kind: 'report'; report: Report };

/** What became of one service between two reports, for messages or calls. */
export type Change = 'fixed' | 'still-blocked' | 'newly-blocked' | 'same-ok' | 'unknown';

/** Two checks side by side: before and after a tunnel, or yesterday and today. */
export interface Comparison {
  before: Report;
  after: Report;
  services: { id: string; name: string; messages: Change; calls: Change }[];
}
