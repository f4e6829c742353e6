import type { CallRating, Quality } from '../report.ts';
import { codecs, opinionScore, rating } from './e-model.ts';
import { lossUpperBound } from './loss-bound.ts';

/** What a stream of call-like packets told. */
export interface Measured {
  /** There and back: the median, so that a few late packets do not stand for all. */
  rttMs: number;
  /** RFC 3550. */
  jitterMs: number;
  sent: number;
  /** Of `sent`. An echo sees loss both ways as one: a call hears less of it, so that the score errs on the careful side. */
  lost: number;
}

/** One voice packet holds 20 ms of sound. */
const packetMs = 20;
/** What coding, decoding and the two computers take. */
const hostMs = 5;
const bufferMinMs = 40;

/** From mouth to ear: half the round trip, one packet, a jitter buffer of twice the jitter (40 ms at least), the computers. */
export function mouthToEarMs(rttMs: number, jitterMs: number): number {
  return rttMs / 2 + packetMs + playOutMs(jitterMs) + hostMs;
}

/** How much later than the quickest a packet may come and still be played. */
export function playOutMs(jitterMs: number): number {
  return Math.max(bufferMinMs, 2 * jitterMs);
}

/**
 * Quality as the report has it, for a call with Opus (see `codecs`). At least one packet has to have been sent. The loss
 * means little without its upper bound: show both, or the bound alone.
 */
export function estimateQuality({ rttMs, jitterMs, sent, lost }: Measured): Quality {
  const lossPct = (100 * lost) / sent;
  const r = rating(mouthToEarMs(rttMs, jitterMs), lossPct, codecs.opus);
  return {
    rttMs: rounded(rttMs, 1),
    jitterMs: rounded(jitterMs, 1),
    lossPct: rounded(lossPct, 1),
    lossUpperPct: rounded(100 * lossUpperBound(lost, sent), 1),
    samples: sent,
    mos: rounded(opinionScore(r), 2),
    rating: inBand(r),
  };
}

/** ITU-T G.109: above 80 most are content, below 60 most are not. */
function inBand(r: number): CallRating {
  if (r >= 80) return 'good';
  return r >= 60 ? 'fair' : 'bad';
}

function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
