import type { FlowLoad, FlowProbe, StreamSeen } from '../probe.ts';
import { probeFlow } from '../probes/flow.ts';
import { compareLoss, together } from '../quality/compare-loss.ts';
import type { Session } from '../session.ts';

/**
 * Flows to servers that have just answered: do calls that begin well also go on? Politeness bounds everything here: at most
 * three series of 50 packets a second at once, which is less than a video call sends, and no server of a small operator
 * gets one (docs/decision-table.md has the budget).
 */
export interface FlowBoard {
  /** A STUN server has answered there; flows to it may begin now. */
  offer(place: FlowPlace): void;
  /** Takes no more offers. Resolves when all flows have ended; rejects with the signal's reason. */
  finish(): Promise<void>;
}

export interface FlowPlace {
  /** Null for a neutral server. */
  service: string | null;
  target: string;
  address: string;
  port: number;
  /** Whether it may get a whole second of packets, or just the few between two questions. */
  series: boolean;
}

/** Places of one service, or of one neutral server: they stand in for each other. */
type Group = [FlowPlace, ...FlowPlace[]];

/** Packets like sound between two questions: more are not needed by what knows calls by their look. */
const soundPackets = 10;
const soundEveryMs = 20;
/** One second of a call. */
const callSeries = { packets: 50, everyMs: 20 };
/** So slow that no server which merely limits rates would lose any. */
const slowSeries = { packets: 30, everyMs: 100 };
const seriesMax = 3;
/** Neutral servers of small operators that are troubled at all. */
const smallMax = 1;
/** Where a service's series lost so much more than neutral ones, it is looked at again. */
const suspicious = { points: 10, chance: 0.01 };

export function startFlows(session: Session, seen: FlowProbe[]): FlowBoard {
  const groups = new Map<string, Group>();
  const running: Promise<void>[] = [];
  let series = 0;
  let isOpen = true;

  const run = async (
    { service, target, address, port }: FlowPlace,
    load: FlowLoad,
    pace: { packets: number; everyMs: number; known?: boolean },
  ): Promise<FlowProbe> => {
    const aim = { service, target, address, port, signal: session.signal };
    const probe = await probeFlow(session, { ...aim, load, ...pace });
    seen.push(probe);
    return probe;
  };
  const begin = (work: Promise<void>): void => {
    running.push(work);
    // Awaited at the end; a cancelled check must not end in an unhandled rejection before.
    work.catch(() => undefined);
  };
  const sound = { packets: soundPackets, everyMs: soundEveryMs };
  const runSound = async (group: Group): Promise<void> => {
    const first = await run(group[0], 'rtp', sound);
    if (first.outcome.kind !== 'cut') return;
    await Promise.all([run(other(group), 'rtp', sound), run(group[0], 'noise', sound)]);
  };
  const runSeries = async (group: Group): Promise<void> => {
    const first = await run(group[0], 'bindings', callSeries);
    // Silence from the start, of a server that has just answered, may be the loss that is looked for.
    if (first.outcome.kind !== 'answered') await run(other(group), 'bindings', callSeries);
  };
  const neutralGroups = (): Group[] => [...groups.values()].filter(([{ service }]) => service === null);
  const lookAgain = async (): Promise<void> => {
    const doubted = [...groups.values()].filter(([{ service }]) => service !== null && isDoubted(seen, service));
    if (doubted.length === 0) return;
    const places = [
      ...doubted.flatMap((group) => group.slice(0, 2)),
      ...neutralGroups().flatMap(([place]) => (place.series ? place : [])),
    ];
    await Promise.all(places.map((place) => run(place, 'bindings', { ...slowSeries, known: true })));
  };
  return {
    offer(place) {
      if (!isOpen) return;
      const key = place.service ?? place.target;
      const known = groups.get(key);
      if (known) {
        if (known.every(({ address }) => address !== place.address)) known.push(place);
        return;
      }
      const isSmall = ([{ service, series: isLarge }]: Group): boolean => service === null && !isLarge;
      if (isSmall([place]) && [...groups.values()].filter(isSmall).length >= smallMax) return;
      const group: Group = [place];
      groups.set(key, group);
      begin(runSound(group));
      if (!place.series || series >= seriesMax) return;
      series += 1;
      begin(runSeries(group));
    },
    async finish() {
      isOpen = false;
      await Promise.all(running);
      await lookAgain();
    },
  };
}

/** Another address where there is one; the 5-tuple is another one in any case. */
function other([first, second]: Group): FlowPlace {
  return second ?? first;
}

/** It loses more than neutral servers; or so much that a series did not even begin, where it had answered just before. */
function isDoubted(seen: readonly FlowProbe[], service: string): boolean {
  const series = seen.filter((probe) => probe.service === service && probe.load === 'bindings');
  if (series.some(({ outcome }) => outcome.kind === 'silent')) return true;
  const { points, chance } = compareLoss(
    together(seen.filter((probe) => probe.service === service).flatMap(streamOf)),
    together(seen.filter((probe) => probe.service === null).flatMap(streamOf)),
  );
  return points >= suspicious.points && chance <= suspicious.chance;
}

/** What a series tells of loss, until it was cut if it was; nothing of other flows. */
export function streamOf({ outcome }: FlowProbe): StreamSeen[] {
  return 'stream' in outcome && outcome.stream ? [outcome.stream] : [];
}
