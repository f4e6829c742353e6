import type { Service } from '../catalogue.ts';
import type { ReachProbe, ServiceEvidence, TargetEvidence } from '../gather/evidence.ts';
import { isTelling } from '../gather/telling.ts';
import { succeeded } from '../probe.ts';
import type { Finding, Judgement, Mechanism, Strength, Verdict } from '../report.ts';
import type { ControlFacts } from './controls.ts';
import type { FlowFacts } from './flows.ts';
import { ids, strongest, union, type Judged } from './judged.ts';
import { judgeName } from './name.ts';
import { isOwnRefusal } from './own-computer.ts';
import type { PageFacts } from './page.ts';
import { judgeReach } from './reach.ts';
import { isBeyondChance } from './silence.ts';
import type { UdpFacts } from './udp.ts';

/** Judges the calls of one service: what carries them, then its own relays, then what the network does to all. */
export function judgeCalls(
  { service, calls }: ServiceEvidence,
  messages: Judgement,
  facts: ControlFacts,
  pages: PageFacts,
  udp: UdpFacts,
  flows: FlowFacts,
): Judgement {
  // Calls are set up over the connection that messages take.
  if (messages.verdict === 'blocked') return messages;
  const media = readMedia(calls);
  const control = calls
    .filter(({ target }) => target.kind !== 'stun' && target.kind !== 'turn')
    .map((evidence) => ({ evidence, judged: judgeReach(evidence, facts, pages) }));
  return (
    judgeCallControl(control, media) ??
    judgeRelayName(media, facts) ??
    judgeOwnRefusals(media) ??
    judgeNetworkWide(service, media, udp) ??
    judgeOwnRelays(service, media, messages, facts, udp) ??
    judgeCallFlows(service, media, flows) ??
    judgeRest(
      media,
      control.map(({ judged }) => judged),
      messages,
    )
  );
}

interface Media {
  targets: TargetEvidence[];
  answered: ReachProbe[];
  /** Tries of relays that are known to answer strangers, and did not. Empty as long as any of them answered. */
  silent: ReachProbe[];
  /** Tries that this computer itself would not send. */
  refusedHere: ReachProbe[];
  complete: boolean;
}

function readMedia(calls: readonly TargetEvidence[]): Media {
  const targets = calls.filter(({ target }) => target.kind === 'stun' || target.kind === 'turn');
  const probes = targets.flatMap(({ attempts, trusted }) => [...attempts, ...trusted]);
  const answered = probes.filter(succeeded);
  const telling = targets.filter(({ target }) => isTelling(target));
  const tries = telling.flatMap(({ attempts, trusted }) => [...attempts, ...trusted]);
  return {
    targets,
    answered,
    silent: answered.length > 0 ? [] : tries.filter((probe) => !isOwnRefusal(probe)),
    refusedHere: tries.filter(isOwnRefusal),
    complete: telling.every(({ complete }) => complete),
  };
}

/** Call control over TLS is blocked: a core one ends calls, another one some kind of them. */
function judgeCallControl(
  control: readonly { evidence: TargetEvidence; judged: Judged }[],
  media: Media,
): Judgement | undefined {
  const stopped = control.filter(({ judged }) => judged.state === 'blocked');
  if (stopped.length === 0) return undefined;
  const isCore = stopped.some(({ evidence }) => evidence.target.core === true);
  const works = !isCore && media.answered.length > 0;
  return merged(
    works ? 'degraded' : 'blocked',
    stopped.map(({ judged }) => judged),
  );
}

/** The relays' names do not resolve, while nothing of the media was seen to work. */
function judgeRelayName({ targets, answered }: Media, facts: ControlFacts): Judgement | undefined {
  const named = targets.filter(({ target }) => target.host !== null && isTelling(target));
  if (named.length === 0 || named.length < targets.filter(({ target }) => isTelling(target)).length) return undefined;
  const judged = named.map((evidence) => judgeName(evidence, facts));
  const stopped = judged.filter((each) => each?.state === 'blocked');
  if (stopped.length < named.length) return undefined;
  const result = merged(
    'blocked',
    stopped.filter((each) => each !== undefined),
  );
  return { ...result, probes: union([result.probes, ids(answered)]) };
}

/** L1: what this computer does not let out says nothing about relays or networks. */
function judgeOwnRefusals({ answered, refusedHere }: Media): Judgement | undefined {
  if (answered.length > 0 || refusedHere.length === 0) return undefined;
  return { verdict: 'inconclusive', mechanisms: ['local'], rule: 'L1', strength: 'weak', probes: ids(refusedHere) };
}

/** U0, U1, U2: what holds for the whole network, by what calls of this service are documented to need. */
function judgeNetworkWide(service: Service, media: Media, { finding }: UdpFacts): Judgement | undefined {
  if (!finding) return undefined;
  if (finding.mechanism === 'turn-blocked') return judgeTurnFilter(media, finding);
  if (media.answered.length > 0) return undefined;
  const direct = media.silent.length > 0 && media.complete;
  if (!direct && !needs(service, finding)) return undefined;
  return {
    verdict: verdictBy(service, direct),
    mechanisms: [finding.mechanism],
    rule: finding.rule,
    strength: finding.strength,
    probes: union([ids(media.silent), finding.probes]),
  };
}

/** U6 and U7: calls begin, and then are cut or lose what they carry. */
function judgeCallFlows(service: Service, media: Media, flows: FlowFacts): Judgement | undefined {
  const { state, probes } = flows.of(service.id);
  const mechanisms: Mechanism[] = ['flow-cut'];
  const direct = media.targets.some(({ target }) => target.kind === 'stun' && isTelling(target));
  if (state === 'cut') {
    return { verdict: verdictBy(service, direct), mechanisms, rule: 'U6', strength: 'medium', probes };
  }
  if (flows.cut && state !== 'passes' && (needs(service, flows.cut) || media.answered.length > 0)) {
    const { rule, strength } = flows.cut;
    const verdict = verdictBy(service, direct && state === 'unclear');
    return { verdict, mechanisms, rule, strength, probes: union([probes, flows.cut.probes]) };
  }
  if (state === 'lossy')
    return { verdict: 'degraded', mechanisms: ['throttle'], rule: 'U7', strength: 'medium', probes };
  if (state === 'unclear') return { verdict: 'inconclusive', mechanisms: [], rule: 'U6', strength: 'weak', probes };
  return undefined;
}

/** U4 network-wide: calls may still connect directly where their relay is cut off. */
function judgeTurnFilter({ targets }: Media, finding: Finding): Judgement | undefined {
  if (!targets.some(isMuteRelay)) return undefined;
  const { mechanism, rule, strength, probes } = finding;
  return { verdict: 'degraded', mechanisms: [mechanism], rule, strength, probes };
}

function needs({ callPath }: Service, { mechanism }: Finding): boolean {
  if (callPath.confidence === 'low') return false;
  if (mechanism === 'udp-all' || mechanism === 'flow-cut') return callPath.needs.length > 0;
  if (mechanism === 'stun-dpi') return callPath.needs.includes('stun');
  return callPath.needs.length > 0 && callPath.udpPorts.length > 0 && callPath.udpPorts.every((port) => port === 3478);
}

/** `direct`: its own relays were seen silent. A way round that may help makes it degraded, not blocked. */
function verdictBy({ callPath }: Service, direct: boolean): Verdict {
  if (callPath.fallback === 'none') return 'blocked';
  if (callPath.fallback === 'may-help') return 'degraded';
  return direct ? 'blocked' : 'degraded';
}

/** U3: relays that answer strangers are silent, at two addresses or more, while others' STUN and its own signalling work. */
function judgeOwnRelays(
  service: Service,
  media: Media,
  messages: Judgement,
  facts: ControlFacts,
  udp: UdpFacts,
): Judgement | undefined {
  if (media.silent.length === 0 || !media.complete) return undefined;
  const addresses = new Set(media.silent.map(({ address }) => address)).size;
  const others = udp.stunAnswered.slice(0, 3);
  const probes = union([ids(media.silent), ids(others), messages.probes.slice(0, 2)]);
  const icmp = media.silent.every(
    ({ outcome }) => outcome.kind === 'refused' && outcome.failure !== 'connection_refused',
  );
  const controlled = others.length > 0 && facts.sites.length > 0 && messages.verdict === 'ok';
  // A closed port is what a relay that was given up looks like, wherever the message came from.
  const closed = media.silent.some(
    ({ outcome }) => outcome.kind === 'refused' && outcome.failure === 'connection_refused',
  );
  if (addresses < 2 || !controlled || closed || !isBeyondChance(media.silent, facts.loss)) {
    return { verdict: 'inconclusive', mechanisms: [], rule: 'U3', strength: 'weak', probes };
  }
  const sure = media.targets.every(({ target }) => target.confidence === 'high');
  const strength: Strength = icmp || sure ? 'strong' : 'medium';
  return {
    verdict: verdictBy(service, true),
    mechanisms: [icmp ? 'icmp' : 'media-ip'],
    rule: icmp ? 'T3' : 'U3',
    strength,
    probes,
  };
}

function judgeRest(media: Media, control: readonly Judged[], messages: Judgement): Judgement {
  const probes = union([ids(media.answered), ...control.map((judged) => judged.probes)]);
  const plain = (verdict: Verdict, rule: string, strength: Strength): Judgement => ({
    verdict,
    mechanisms: [],
    rule,
    strength,
    probes,
  });
  if (media.answered.length > 0) {
    if (control.some(({ state }) => state === 'unknown' || state === 'not-run'))
      return plain('inconclusive', 'N4', 'weak');
    const relayMute = media.targets.some(isMuteRelay);
    const relayAnswers = media.answered.some(({ kind }) => kind === 'turn');
    // One relay that has gone mute may be our list's age; what all services' relays do is judged network-wide.
    if (relayMute && !relayAnswers) return plain('ok', 'U4', 'weak');
    return plain('ok', 'OK', media.answered.length >= 2 ? 'strong' : 'medium');
  }
  if (!media.complete) return plain('not-run', 'NR', 'weak');
  if (messages.verdict === 'inconclusive' || messages.verdict === 'not-run') return { ...messages, probes };
  return plain('not-testable', 'NT', 'weak');
}

/** U4: Binding answered somewhere, Allocate not where it should be. */
function isMuteRelay({ target, attempts, trusted }: TargetEvidence): boolean {
  const tries = [...attempts, ...trusted].filter((probe) => !isOwnRefusal(probe));
  return target.kind === 'turn' && isTelling(target) && tries.length > 0 && !tries.some(succeeded);
}

export function merged(verdict: Verdict, judged: readonly Judged[]): Judgement {
  const strength = strongest(judged.map((each) => each.strength));
  const leading = judged.find((each) => each.strength === strength);
  return {
    verdict,
    mechanisms: union([leading?.mechanisms ?? [], ...judged.map(({ mechanisms }) => mechanisms)]),
    rule: leading?.rule ?? 'N4',
    strength,
    probes: union(judged.map(({ probes }) => probes)),
  };
}
