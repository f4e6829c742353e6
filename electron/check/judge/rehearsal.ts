import type { Evidence } from '../gather/evidence.ts';
import { chanceMax } from '../line-loss.ts';
import { hellosMax, type Called, type CallProbe, type CallStream } from '../probe.ts';
import { estimateQuality } from '../quality/estimate.ts';
import { lossUpperBound } from '../quality/loss-bound.ts';
import {
  rehearsalOutcomes,
  type Finding,
  type Quality,
  type Rehearsal,
  type RehearsalOutcome,
  type RehearsedWay,
} from '../report.ts';
import { ids } from './judged.ts';

/**
 * Rows K1 to K5: what calls to a relay of the user's own say about the way there. Another way to the same relay is what
 * shows that the relay itself is well: of a relay that answers by none nothing can be said, and of a service never.
 */
export interface RehearsalJudged {
  rehearsal: Rehearsal | null;
  findings: Finding[];
}

/** By its row, a way proves this much. */
interface Judged {
  outcome: RehearsalOutcome;
  rule: RehearsedWay['rule'];
}

/** L1's measure: a line that loses less is no finding. */
const lossyMin = 0.1;
/** Errors of relays that are about the account: no such one, or wrong credentials (RFC 8489 §9.2.4, RFC 8656 §19). */
const accountErrors: readonly number[] = [401, 441];

export function judgeRehearsal({ calls, loss }: Evidence, found: readonly Finding[]): RehearsalJudged {
  if (calls.length === 0) return { rehearsal: null, findings: [] };
  const ways = calls.map((probe) => ({ probe, way: wayOf(probe, judgeWay(probe, calls, loss, found)) }));
  const best = ways.map(({ way }) => way).toSorted((one, other) => rank(one) - rank(other))[0];
  const known = new Set(found.map(({ mechanism }) => mechanism));
  const own = [findCut(ways), findLoss(ways, calls)].filter((finding) => finding !== undefined);
  return {
    rehearsal: best ? { outcome: best.outcome, rule: best.rule, ways: ways.map(({ way }) => way) } : null,
    // What is found of the whole network needs no second word.
    findings: own.filter(({ mechanism }) => !known.has(mechanism)),
  };
}

const rank = ({ outcome }: RehearsedWay): number => rehearsalOutcomes.indexOf(outcome);

function judgeWay(probe: CallProbe, calls: readonly CallProbe[], loss: number, found: readonly Finding[]): Judged {
  const others = calls.filter((other) => other !== probe);
  const { outcome } = probe;
  switch (outcome.kind) {
    case 'called':
      return judgeCalled(outcome, others, loss);
    case 'rejected':
      return { outcome: accountErrors.includes(outcome.code) ? 'wrong-password' : 'refused', rule: null };
    case 'silent':
      if (outcome.began) {
        const isProved = others.some(talks) && loss ** outcome.sent <= chanceMax;
        return { outcome: 'silent', rule: isProved ? 'K3' : null };
      }
      return unreachable(probe, others, found);
    default:
      return unreachable(probe, others, found);
  }
}

function unreachable(probe: CallProbe, others: readonly CallProbe[], found: readonly Finding[]): Judged {
  const isStopped = others.some(isThere) || found.some((finding) => concerns(finding, probe));
  return { outcome: 'no-relay', rule: isStopped ? 'K4' : null };
}

function judgeCalled(called: Called, others: readonly CallProbe[], loss: number): Judged {
  const streams = [called.there, called.back];
  const alive = called.freshLine === true || called.sameLine === true || others.some(talks);
  if (called.end === 'silence') {
    // Where not even ICE's check came through, the relay may be one that leads nothing back to itself.
    const began = called.ice || others.some(talks);
    const outcome = streams.every(({ passed }) => passed > 0) ? 'cut' : 'silent';
    if (!began || !alive || !streams.some((stream) => isBeyondChance(stream, loss))) return { outcome, rule: null };
    return outcome === 'cut' ? { outcome, rule: 'K2' } : { outcome, rule: 'K3' };
  }
  if (!called.dtls) {
    // Sound of our own comes through, but no call has any before its keys are exchanged.
    const share = Math.max(loss, ...streams.map(({ sent, lost }) => lost / sent));
    return { outcome: 'silent', rule: share ** hellosMax <= chanceMax ? 'K3' : null };
  }
  const rating = qualityOf(called)?.rating ?? 'bad';
  return { outcome: rating, rule: rating === 'good' ? 'K1' : 'K5' };
}

/** Whether what is missing at the end cannot come from what the line, or the stream until then, loses anyway. */
function isBeyondChance({ sent, lost, passed }: CallStream, loss: number): boolean {
  const missing = sent - passed;
  const before = passed > 0 ? (lost - missing) / passed : 0;
  return missing > 0 && Math.max(loss, before) ** missing <= chanceMax;
}

/** It went on. */
const talks = ({ outcome }: CallProbe): boolean =>
  outcome.kind === 'called' && outcome.end === 'enough' && outcome.dtls;

/** The relay has answered, be it with a refusal. */
const isThere = ({ outcome }: CallProbe): boolean =>
  outcome.kind === 'called' || outcome.kind === 'rejected' || (outcome.kind === 'silent' && outcome.began);

/** What is found of the whole network stops this way as well. */
function concerns({ mechanism }: Finding, { transport, port }: CallProbe): boolean {
  if (transport !== 'udp') return false;
  return mechanism === 'udp-all' || mechanism === 'stun-dpi' || (mechanism === 'udp-port' && port === 3478);
}

/** Of the direction that loses more; undefined where nothing was heard. */
function qualityOf({ there, back }: Called): Quality | undefined {
  const worse = there.lost * back.sent > back.lost * there.sent ? there : back;
  if (there.passed === 0 || back.passed === 0) return undefined;
  const jitterMs = Math.max(there.jitterMs, back.jitterMs);
  return estimateQuality({ rttMs: there.delayMs + back.delayMs, jitterMs, sent: worse.sent, lost: worse.lost });
}

function wayOf(probe: CallProbe, { outcome, rule }: Judged): RehearsedWay {
  const { id, transport, port, durationMs, outcome: seen } = probe;
  const called = seen.kind === 'called' ? seen : undefined;
  const quality = called && qualityOf(called);
  // A score of a call that fell silent would speak of the time before.
  const talked = called?.end === 'enough' && called.dtls;
  return {
    ...{ transport, port, outcome, rule, verdictMs: durationMs, probe: id },
    there: called ? heard(called.there) : null,
    back: called ? heard(called.back) : null,
    rttMs: quality?.rttMs ?? null,
    jitterMs: quality?.jitterMs ?? null,
    mos: (talked && quality?.mos) || null,
    code: seen.kind === 'rejected' ? seen.code : null,
  };
}

function heard({ sent, lost }: CallStream): NonNullable<RehearsedWay['there']> {
  const percent = (share: number): number => Math.round(1000 * share) / 10;
  return {
    sent,
    lost,
    lossPct: sent > 0 ? percent(lost / sent) : 0,
    lossUpperPct: percent(lossUpperBound(lost, sent)),
  };
}

interface JudgedProbe {
  probe: CallProbe;
  way: RehearsedWay;
}

/** K2, K3: the network lets a call begin, and then no sound. */
function findCut(ways: readonly JudgedProbe[]): Finding | undefined {
  const stopped = ways.filter(({ way }) => way.rule === 'K2' || way.rule === 'K3');
  const [first] = stopped;
  if (!first) return undefined;
  const passing = ways.filter(({ probe }) => talks(probe));
  const summary =
    first.way.rule === 'K2'
      ? 'A call to your own relay began and was then cut, while the relay went on answering.'
      : 'A call to your own relay was set up, and no sound came through, while the relay went on answering.';
  const probes = ids([...stopped, ...passing].map(({ probe }) => probe));
  return { mechanism: 'flow-cut', rule: first.way.rule ?? 'K2', strength: 'medium', probes, summary };
}

/** K5, where it is loss: on the way to one relay only, so that it is weak. */
function findLoss(ways: readonly JudgedProbe[], calls: readonly CallProbe[]): Finding | undefined {
  const lossy = ways.filter(
    ({ probe: { outcome }, way }) => way.rule === 'K5' && outcome.kind === 'called' && isLossy(outcome),
  );
  if (lossy.length === 0) return undefined;
  const probes = ids([...lossy.map(({ probe }) => probe), ...calls.filter(talks)]);
  const summary = 'Many packets of a call to your own relay were lost: calls will sound broken.';
  return { mechanism: 'loss', rule: 'K5', strength: 'weak', probes, summary };
}

/** Even at the least loss that fits what was seen. */
function isLossy({ there, back }: Called): boolean {
  return [there, back].some(({ sent, lost }) => 1 - lossUpperBound(sent - lost, sent) >= lossyMin);
}
