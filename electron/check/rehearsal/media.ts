import type { CallStream } from '../probe.ts';
import { codecs, rating } from '../quality/e-model.ts';
import { mouthToEarMs, playOutMs } from '../quality/estimate.ts';
import { interarrivalJitter } from '../quality/jitter.ts';
import { lossUpperBound } from '../quality/loss-bound.ts';

/** What is known of one direction of a call while it goes on. Pure bookkeeping, on whatever clock the times are of. */
export interface StreamRecord {
  /** By sequence number. */
  sentAtMs: number[];
  /** In the order of arrival; each packet once. */
  arrivals: { sequence: number; atMs: number }[];
}

export const newStream = (): StreamRecord => ({ sentAtMs: [], arrivals: [] });

/** A packet came. What was never sent, or has come already, is passed over. */
export function noteArrival({ sentAtMs, arrivals }: StreamRecord, sequence: number, atMs: number): void {
  if (sequence >= sentAtMs.length || arrivals.some((one) => one.sequence === sequence)) return;
  arrivals.push({ sequence, atMs });
}

/** The stream at `nowMs`. `rttMs`: of the line, for a guess where nothing has come yet. */
export function readStream({ sentAtMs, arrivals }: StreamRecord, nowMs: number, rttMs: number): CallStream {
  const transits = arrivals.map(({ sequence, atMs }) => atMs - (sentAtMs[sequence] ?? atMs));
  const sorted = transits.toSorted((a, b) => a - b);
  const delayMs = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const jitterMs = interarrivalJitter(transits);
  // A packet is due when it would be too late to be played.
  const dueMs = (arrivals.length > 0 ? delayMs : rttMs) + playOutMs(jitterMs);
  const arrived = new Set(arrivals.map(({ sequence }) => sequence));
  const due = sentAtMs.filter((atMs, sequence) => arrived.has(sequence) || atMs + dueMs <= nowMs).length;
  return {
    sent: due,
    lost: due - arrived.size,
    passed: 1 + Math.max(-1, ...arrived),
    delayMs,
    jitterMs,
  };
}

/** Five seconds of sound: none of them lost means at most 1.2 % (95 %). */
export const packetsMax = 250;
/** Less than a second is no ground for calling a call bad. */
const judgedMin = 50;
/** ITU-T G.109: what most are content with, and what most are not. */
const goodMin = 80;
const badBelow = 60;

export interface MediaState {
  there: StreamRecord;
  back: StreamRecord;
  startedMs: number;
  nowMs: number;
  /** Of the line, as the relay's answers have told. */
  rttMs: number;
  /** So long without a packet is a silence. */
  silenceMs: number;
}

/**
 * Whether enough is known, and which way: `enough` as soon as the rating is good even at the worst loss that fits what was
 * seen, or bad at the best, or when all packets were sent and are due; `silence` where nothing comes any more at one end.
 */
export function endOf({
  there,
  back,
  startedMs,
  nowMs,
  rttMs,
  silenceMs,
}: MediaState): 'enough' | 'silence' | undefined {
  const records = [there, back];
  if (records.some((record) => nowMs - lastSign(record, startedMs) >= silenceMs)) return 'silence';
  const streams = records.map((record) => readStream(record, nowMs, rttMs));
  if (streams.every(({ sent }) => sent >= packetsMax)) return 'enough';
  const roundMs = streams.reduce((sum, { delayMs }) => sum + delayMs, 0);
  const rated = streams.map((stream) => range(stream, roundMs));
  if (rated.every(({ worst }) => worst >= goodMin)) return 'enough';
  return streams.every(({ passed }) => passed >= judgedMin) && rated.some(({ best }) => best < badBelow)
    ? 'enough'
    : undefined;
}

/** When a packet came last; what was all sent and has all come is silent by itself. */
function lastSign({ sentAtMs, arrivals }: StreamRecord, startedMs: number): number {
  if (arrivals.length === packetsMax && sentAtMs.length === packetsMax) return Infinity;
  return arrivals.at(-1)?.atMs ?? startedMs;
}

/**
 * The transmission rating at the ends of the 95 % range of the loss. What is missing at the end does not count yet: it may be
 * the beginning of a silence, and of that the other rule speaks.
 */
function range({ sent, lost, passed, jitterMs }: CallStream, roundMs: number): { worst: number; best: number } {
  const at = (loss: number): number => rating(mouthToEarMs(roundMs, jitterMs), 100 * loss, codecs.opus);
  const lostBefore = lost - (sent - passed);
  return { worst: at(lossUpperBound(lostBefore, passed)), best: at(1 - lossUpperBound(passed - lostBefore, passed)) };
}
