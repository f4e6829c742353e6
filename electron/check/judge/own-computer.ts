import type { ControlEvidence, Evidence, TargetEvidence } from '../gather/evidence.ts';
import { ownRefusal } from '../net/failures.ts';
import type { AnyProbe, TlsProbe } from '../probe.ts';
import type { Finding, Strength } from '../report.ts';
import { ids } from './judged.ts';

/** Trouble that this computer makes itself: rules C1 and C2. Nothing of it is held against a network. */

/** The system would not send: its firewall or a security program says so, and the network never saw the packet. */
export function isOwnRefusal({ outcome }: AnyProbe): boolean {
  return 'failure' in outcome && outcome.failure === ownRefusal;
}

/** The evidence as the network made it: what never left this computer is no evidence about the network. */
export function withoutOwnRefusals(evidence: Evidence): Evidence {
  const left = <P extends AnyProbe>(probes: readonly P[]): P[] => probes.filter((probe) => !isOwnRefusal(probe));
  const { controls } = evidence;
  const leftOf = (target: TargetEvidence): TargetEvidence => ({
    ...target,
    attempts: left(target.attempts),
    trusted: left(target.trusted),
  });
  return {
    ...evidence,
    controls: {
      ...controls,
      tls: left(controls.tls),
      publicDns: left(controls.publicDns),
      doh: left(controls.doh),
      stun: left(controls.stun),
      classic: left(controls.classic),
      ntp: left(controls.ntp),
    },
    flows: left(evidence.flows),
    calls: left(evidence.calls),
    services: evidence.services.map((service) => ({
      ...service,
      messages: service.messages.map(leftOf),
      calls: service.calls.map(leftOf),
    })),
  };
}

/** One refusal may be a moment's: a full table of connections, a rule that is just being changed. */
const refusalsMin = 2;

/** C1: this computer's own firewall stops the check. */
export function judgeOwnFirewall({ controls, services }: Evidence): Finding | undefined {
  const { tls, publicDns, doh, stun, classic, ntp } = controls;
  const targets = services.flatMap(({ messages, calls }) => [...messages, ...calls]);
  const reached = targets.flatMap(({ attempts, trusted }) => [...attempts, ...trusted]);
  const refused = [...tls, ...publicDns, ...doh, ...stun, ...classic, ...ntp, ...reached].filter(isOwnRefusal);
  if (refused.length < refusalsMin) return undefined;
  return {
    mechanism: 'local',
    rule: 'C1',
    strength: 'certain',
    probes: ids(refused),
    summary:
      'A firewall or a security program on this computer does not let Sawt send some packets: the network never saw them.',
  };
}

/** A clock that is off by less spoils no certificate. */
const clockOffMinMs = 3_600_000;
/** Time servers agree when they are no farther apart. */
const clockAgreesMs = 600_000;
const dayMs = 86_400_000;

/** A clock so wrong that certificates of unrelated sites seem expired, or not yet valid. */
export interface WrongClock {
  direction: 'expired' | 'not-yet';
  /** How far it is ahead, in milliseconds; null where no two time servers could be asked. */
  aheadMs: number | null;
  strength: Strength;
  probes: string[];
}

/**
 * C2: at least two neutral sites show certificates that are good but for the date, all in the same direction, and none a
 * valid one. Time servers that agree make it certain; ones that find the clock right forbid it.
 */
export function readClock({ tls, ntp }: ControlEvidence): WrongClock | null {
  const outOfDate = tls.filter(isOutOfDate);
  const [direction, ...others] = new Set(outOfDate.map(directionOf));
  const sites = new Set(outOfDate.map(({ serverName }) => serverName)).size;
  if (direction === undefined || others.length > 0 || sites < 2) return null;
  if (tls.some(({ outcome }) => outcome.kind === 'ok')) return null;
  const clocks = ntp.flatMap((probe) =>
    probe.outcome.kind === 'answered' && probe.outcome.clockAheadMs !== undefined
      ? [{ probe, aheadMs: probe.outcome.clockAheadMs }]
      : [],
  );
  const [middle] = clocks.toSorted((a, b) => a.aheadMs - b.aheadMs).slice(Math.floor((clocks.length - 1) / 2));
  const agreeing = clocks.filter(({ aheadMs }) => Math.abs(aheadMs - (middle?.aheadMs ?? 0)) <= clockAgreesMs);
  if (!middle || agreeing.length < 2) return { direction, aheadMs: null, strength: 'medium', probes: ids(outOfDate) };
  const { aheadMs } = middle;
  const fits = direction === 'expired' ? aheadMs > clockOffMinMs : aheadMs < -clockOffMinMs;
  if (!fits) return null;
  return {
    direction,
    aheadMs,
    strength: 'certain',
    probes: ids([...outOfDate, ...agreeing.map(({ probe }) => probe)]),
  };
}

export function judgeClock(clock: WrongClock | null): Finding | undefined {
  if (!clock) return undefined;
  const { direction, aheadMs, strength, probes } = clock;
  const far = aheadMs === null ? '' : ` by about ${spanText(Math.abs(aheadMs))}`;
  const seems =
    direction === 'expired'
      ? 'ahead, so that every certificate seems expired'
      : 'behind, so that no certificate seems valid yet';
  return {
    mechanism: 'local',
    rule: 'C2',
    strength,
    probes,
    summary: `This computer's clock is${far} ${seems}: set the date and time, then check again.`,
  };
}

function spanText(ms: number): string {
  return ms < 2 * dayMs ? `${Math.round(ms / 3_600_000)} hours` : `${Math.round(ms / dayMs)} days`;
}

/** Whether a certificate is good but for the date. */
export function isOutOfDate(probe: AnyProbe): boolean {
  return directionOf(probe) !== undefined;
}

function directionOf({ outcome }: AnyProbe | TlsProbe): WrongClock['direction'] | undefined {
  return outcome.kind === 'bad-certificate' ? outcome.certificate.outOfDate : undefined;
}
