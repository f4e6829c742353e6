import type { ReachProbe, TargetEvidence } from '../gather/evidence.ts';
import { isTelling } from '../gather/telling.ts';
import { succeeded, type AnyProbe, type Failed } from '../probe.ts';
import type { Mechanism } from '../report.ts';
import type { ControlFacts } from './controls.ts';
import { judgeHandshake } from './handshake.ts';
import { blocked, ids, ok, unknown, type Judged } from './judged.ts';
import { judgeName } from './name.ts';
import { isOutOfDate, isOwnRefusal } from './own-computer.ts';
import { judgePage, type PageFacts } from './page.ts';
import { isBeyondChance } from './silence.ts';

/** Judges one TCP, TLS or HTTP target, name first, then from the connection upwards. */
export function judgeReach(evidence: TargetEvidence, facts: ControlFacts, pages: PageFacts): Judged {
  const tries = [...evidence.attempts, ...evidence.trusted];
  const page = judgePage(evidence, pages, facts);
  if (page) return page;
  const own = judgeOwnComputer(tries, facts);
  if (own) return own;
  const name = judgeName(evidence, facts);
  if (name && name.state !== 'unknown') return clamp(evidence, name);
  const works = tries.filter(succeeded);
  if (works.length > 0) return ok(works);
  if (!evidence.complete) return { state: 'not-run', mechanisms: [], rule: 'NR', strength: 'weak', probes: ids(tries) };
  if (tries.length === 0 || name?.rule === 'D5') return name ?? unknown('N3', []);
  return clamp(evidence, judgeFailure(evidence, tries, facts));
}

/** L1, L2: it failed on this computer's account. Undefined when something worked, or the failures are of another kind. */
function judgeOwnComputer(tries: ReachProbe[], { clock }: ControlFacts): Judged | undefined {
  if (tries.length === 0 || tries.some(succeeded)) return undefined;
  if (tries.some(isOwnRefusal)) return unknown('L1', tries, ['local']);
  return clock && tries.every(isOutOfDate) ? unknown('L2', tries, ['local']) : undefined;
}

/** A fact of low confidence never drives `blocked`: its silence may be our list's age. */
function clamp({ target }: TargetEvidence, judged: Judged): Judged {
  if (judged.state !== 'blocked' || isTelling(target)) return judged;
  return { ...judged, state: 'untestable', strength: 'weak' };
}

function judgeFailure(evidence: TargetEvidence, all: ReachProbe[], facts: ControlFacts): Judged {
  const tries = tellingTries(all);
  const lastStart = Math.max(...tries.map(({ startMs }) => startMs));
  const control = facts.workedAfter(lastStart);
  if (!control) return unknown('N3', tries);
  if (facts.allowList) return unknown('N2', [...tries, control], ['allow-list']);
  if (tries.length < 2) return unknown('N4', tries);
  if (!isBeyondChance(tries, facts.loss)) return unknown('N5', [...tries, control]);
  const steps = new Set(tries.map(({ outcome }) => (outcome.kind === 'failed' ? outcome.operation : outcome.kind)));
  if (steps.size > 1) return unknown('N4', tries);
  if (steps.has('connect')) {
    // A site may stop answering plain HTTP any day; its page serves to know block pages by, no more.
    const isPage = evidence.target.kind === 'http' && evidence.target.host !== null;
    return isPage ? unknown('N4', [...tries, control]) : judgeConnect(tries, control);
  }
  if (steps.has('http_round_trip')) return judgeRequest(tries, control);
  return judgeHandshake(evidence, tries, control, facts);
}

/**
 * A filter's answer can be lost like any packet: a try that heard nothing counts only where no two others heard
 * something, and one that did not even connect only where no two others did.
 */
function tellingTries(all: ReachProbe[]): ReachProbe[] {
  const unlessTwo = (tries: ReachProbe[], isLess: (failed: Failed) => boolean): ReachProbe[] => {
    const others = tries.filter(({ outcome }) => outcome.kind !== 'failed' || !isLess(outcome));
    return others.length >= 2 ? others : tries;
  };
  const heard = unlessTwo(all, isSilence);
  return unlessTwo(heard, (failed) => failed.operation === 'connect' && isSilence(failed));
}

const connectMechanisms: Readonly<Record<string, { mechanism: Mechanism; rule: string }>> = {
  generic_timeout_error: { mechanism: 'tcp-drop', rule: 'T1' },
  timed_out: { mechanism: 'tcp-drop', rule: 'T1' },
  connection_refused: { mechanism: 'tcp-reset', rule: 'T2' },
  connection_reset: { mechanism: 'tcp-reset', rule: 'T2' },
  host_unreachable: { mechanism: 'icmp', rule: 'T3' },
  network_unreachable: { mechanism: 'icmp', rule: 'T3' },
};

/** T1 to T3: no connection, on every try, while neutral sites connect afterwards. */
function judgeConnect(tries: ReachProbe[], control: AnyProbe): Judged {
  const found = sameFor(tries, (failure) => connectMechanisms[failure]);
  if (!found) return unknown('N4', [...tries, control]);
  const addresses = new Set(tries.map(({ address }) => address)).size;
  const strong = found.rule === 'T3' || (found.rule === 'T1' && addresses >= 2);
  return blocked([found.mechanism], found.rule, strong ? 'strong' : 'medium', [...tries, control]);
}

/** H2: the connection stands until the request with its Host header is sent. */
function judgeRequest(tries: ReachProbe[], control: AnyProbe): Judged {
  const reset = tries.every(({ outcome }) => outcome.kind === 'failed' && isCutOff(outcome));
  return reset ? blocked(['http-reset'], 'H2', 'medium', [...tries, control]) : unknown('H2', [...tries, control]);
}

/** Reset or closed without a word. */
export function isCutOff({ failure, bytesRead }: Failed): boolean {
  return bytesRead === 0 && ['connection_reset', 'eof_error', 'connection_aborted'].includes(failure);
}

/** Silent to the end of our patience, without a single byte: a slow line sends at least some. */
export function isSilence({ failure, bytesRead }: Failed): boolean {
  return bytesRead === 0 && ['generic_timeout_error', 'timed_out'].includes(failure);
}

function sameFor<T extends { rule: string }>(
  tries: readonly ReachProbe[],
  find: (failure: string) => T | undefined,
): T | undefined {
  const found = tries.map(({ outcome }) => (outcome.kind === 'failed' ? find(outcome.failure) : undefined));
  const [first] = found;
  return first && found.every((each) => each?.rule === first.rule) ? first : undefined;
}
