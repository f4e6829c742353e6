import type { Evidence } from '../gather/evidence.ts';
import { streamOf } from '../gather/flows.ts';
import { cautiousShare, chanceMax } from '../line-loss.ts';
import type { FlowLoad, FlowProbe } from '../probe.ts';
import { compareLoss, together } from '../quality/compare-loss.ts';
import { estimateQuality } from '../quality/estimate.ts';
import type { Finding, Quality } from '../report.ts';
import { ids } from './judged.ts';

/** What flows say: of calls in general, and of those of single services. */
export interface FlowFacts {
  /** U6 network-wide: neutral flows are cut. */
  cut: Finding | undefined;
  /** L1: the line loses much by itself. */
  loss: Finding | undefined;
  /** Neutral flows that were not cut. */
  passed: FlowProbe[];
  /** Of the neutral series; null where there was none, or where flows are cut, so that the figures say nothing of a call. */
  quality: Quality | null;
  of(service: string): ServiceFlows;
}

export interface ServiceFlows {
  /**
   * `cut`: its flows are, and neutral ones of the same kind pass (U6). `lossy`: its packets are lost, neutral ones are not
   * (U7). `unclear`: cut, but without what it takes to call it so. `unknown`: it has none.
   */
  state: 'cut' | 'lossy' | 'unclear' | 'passes' | 'unknown';
  probes: string[];
}

/** One operator's server may do odd things by itself. */
const operatorsMin = 2;
/** U7, in percentage points: less may be the way to one operator's machines. */
const pointsMin = 10;
/** Slow packets alone must show it too, because fast ones may only have met a limit of the server. */
const slowEveryMs = 100;
const slowChanceMax = 1e-3;
/** L1: share of neutral packets lost, there or back. */
const lossyMin = 0.1;

export function judgeFlows({ flows, loss, complete }: Evidence): FlowFacts {
  const neutral = flows.filter(({ service }) => service === null);
  const { load: cutLoad, finding: cut } = judgeNetworkCut(neutral, loss) ?? {};
  const passed = neutral.filter(({ outcome }) => outcome.kind === 'answered');
  return {
    cut,
    loss: judgeLineLoss(passed),
    passed,
    quality: cut ? null : readQuality(passed),
    of(service) {
      const own = flows.filter((probe) => probe.service === service);
      // What is lost of this service's alone makes silence less telling.
      const counted = together(own.flatMap(streamOf));
      const ownLoss = counted.sent > 0 ? Math.max(loss, cautiousShare(counted)) : loss;
      // What is cut elsewhere and passes here is what counts; another kind of flow may pass everywhere.
      if (cutLoad !== undefined && passage(own, cutLoad, ownLoss) === 'unknown')
        return { state: 'unknown', probes: [] };
      return judgeOwn(own, neutral, ownLoss, complete);
    },
  };
}

/** `unclear`: every one cut, but too few, by chance, without a fresh 5-tuple that passes, or for a reason of the server. */
type Passage = 'passes' | 'cut' | 'unclear' | 'unknown';

/** What the flows of one group of servers say about one kind of load. */
function passage(group: readonly FlowProbe[], load: FlowLoad, loss: number): Passage {
  const flows = group.filter((probe) => probe.load === load);
  if (flows.some(({ outcome }) => outcome.kind === 'answered')) return 'passes';
  const cuts = flows.flatMap(({ outcome }) => (outcome.kind === 'cut' ? [outcome] : []));
  if (cuts.length === 0) return 'unknown';
  const unanswered = cuts.reduce((sum, each) => sum + each.unanswered, 0);
  const isSure = cuts.length >= 2 && cuts.every(({ fresh }) => fresh) && loss ** unanswered <= chanceMax;
  // A server may shut its ear to a 5-tuple that brings it anything odd: then what looks like nothing known shuts it, too.
  const isByLook = load !== 'rtp' || passage(group, 'noise', loss) === 'passes';
  return isSure && (isByLook || passage(group, 'bindings', loss) === 'cut') ? 'cut' : 'unclear';
}

const judgedLoads: readonly FlowLoad[] = ['bindings', 'rtp'];

/** U6: flows to several neutral operators are cut, and to none of them such a flow goes on. */
function judgeNetworkCut(
  neutral: readonly FlowProbe[],
  loss: number,
): { load: FlowLoad; finding: Finding } | undefined {
  const groups = groupByTarget(neutral);
  for (const load of judgedLoads) {
    const passages = groups.map((group) => ({ group, state: passage(group, load, loss) }));
    const cut = passages.filter(({ state }) => state === 'cut');
    if (cut.length < operatorsMin || passages.some(({ state }) => state === 'passes')) continue;
    const probes = ids(cut.flatMap(({ group }) => group));
    const summary = 'Calls are cut soon after they begin: first packets pass, then no more on the same connection.';
    return { load, finding: { mechanism: 'flow-cut', rule: 'U6', strength: 'strong', probes, summary } };
  }
  return undefined;
}

function groupByTarget(flows: readonly FlowProbe[]): FlowProbe[][] {
  const groups = new Map<string, FlowProbe[]>();
  for (const flow of flows) groups.set(flow.target, [...(groups.get(flow.target) ?? []), flow]);
  return [...groups.values()];
}

function judgeOwn(
  own: readonly FlowProbe[],
  neutral: readonly FlowProbe[],
  loss: number,
  complete: boolean,
): ServiceFlows {
  const doubtful: FlowProbe[] = [];
  for (const load of judgedLoads) {
    const state = passage(own, load, loss);
    if (state !== 'cut' && state !== 'unclear') continue;
    const others = neutral.filter((probe) => probe.load === load && probe.outcome.kind === 'answered');
    if (state === 'cut' && others.length > 0) return { state: 'cut', probes: ids([...own, ...others]) };
    doubtful.push(...own, ...neutral.filter((probe) => probe.load === load));
  }
  const compared = ids([...own, ...neutral.filter(hasSeries)]);
  // Where so much is lost, flows that seem cut are a part of it.
  if (isLossy(own, neutral)) return { state: 'lossy', probes: compared };
  // While it goes on, the repeat of a single cut flow is still to come.
  if (doubtful.length > 0) return { state: complete ? 'unclear' : 'passes', probes: ids(doubtful) };
  if (!own.some(({ outcome }) => outcome.kind === 'answered')) return { state: 'unknown', probes: [] };
  return { state: 'passes', probes: compared };
}

const hasSeries = (probe: FlowProbe): boolean => streamOf(probe).length > 0;

/** U7: more loss than on neutral series at the same time, at both paces, and all together beyond chance. */
function isLossy(own: readonly FlowProbe[], neutral: readonly FlowProbe[]): boolean {
  const difference = (choose: (probe: FlowProbe) => boolean) =>
    compareLoss(together(own.filter(choose).flatMap(streamOf)), together(neutral.filter(choose).flatMap(streamOf)));
  const all = difference(() => true);
  const slow = difference(({ everyMs }) => everyMs >= slowEveryMs);
  return slow.points >= pointsMin && slow.chance <= slowChanceMax && all.chance <= chanceMax;
}

/** L1: the same on the way to several operators: nobody is singled out. */
function judgeLineLoss(passed: readonly FlowProbe[]): Finding | undefined {
  const series = passed.filter(hasSeries);
  const operators = groupByTarget(series).map((group) => together(group.flatMap(streamOf)));
  const { sent, lost } = together(operators);
  const all = operators.length >= operatorsMin && operators.every((each) => each.lost >= (each.sent * lossyMin) / 2);
  if (!all || lost < sent * lossyMin) return undefined;
  return {
    mechanism: 'loss',
    rule: 'L1',
    strength: 'medium',
    probes: ids(series),
    summary: 'This line loses many packets, whoever they are for: calls will sound broken.',
  };
}

/** The first operator's series at the pace of a call. */
function readQuality(passed: readonly FlowProbe[]): Quality | null {
  const calls = passed.filter(({ everyMs }) => everyMs < slowEveryMs).flatMap(streamOf);
  const [stream] = calls.filter(({ sent, lost }) => lost < sent);
  return stream ? estimateQuality(stream) : null;
}
