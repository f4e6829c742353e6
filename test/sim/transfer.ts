import type { Line } from './line.ts';

/** A part of a transfer, in order, and when it comes. */
export interface Arrival {
  afterMs: number;
  segments: number;
}

/** RFC 6928. */
const firstWindow = 10;
const windowMin = 2;

/**
 * Many segments over one connection, from when its first one is sent: a window that doubles until something is lost, halves
 * then, and grows by one (RFC 5681). What is lost is sent again a round trip later; what is lost then, by the clock.
 */
export function transfer(line: Line, segments: number): Arrival[] {
  const arrivals: Arrival[] = [];
  let at = 0;
  let window = firstWindow;
  let threshold = Infinity;
  for (let left = segments; left > 0;) {
    const sent = Math.min(window, left);
    const { lost, slowestMs } = send(line, sent);
    const repairMs = repair(line, lost);
    arrivals.push({ afterMs: at + slowestMs + repairMs, segments: sent });
    at += line.rttMs() + repairMs;
    if (lost > 0) threshold = window = Math.max(windowMin, window >> 1);
    else window = window < threshold ? window * 2 : window + 1;
    left -= sent;
  }
  return arrivals;
}

function send(line: Line, segments: number): { lost: number; slowestMs: number } {
  let lost = 0;
  let slowestMs = 0;
  for (let count = 0; count < segments; count += 1) {
    const took = line.way();
    if (took === undefined) lost += 1;
    else slowestMs = Math.max(slowestMs, took);
  }
  return { lost, slowestMs };
}

/** Until the lost ones have come as well. */
function repair(line: Line, lost: number): number {
  let ms = 0;
  for (let left = lost, waitMs = line.rttMs(); left > 0; waitMs = line.rtoMs()) {
    ms += waitMs;
    left = send(line, left).lost;
  }
  return ms;
}

/** The same behind what lets only so much pass: segment by segment, the first one at once. */
export function throttled(arrivals: readonly Arrival[], segmentMs: number): Arrival[] {
  let freeAt = 0;
  return arrivals.flatMap(({ afterMs, segments }) =>
    Array.from({ length: segments }, () => {
      const passesAt = Math.max(afterMs, freeAt);
      freeAt = passesAt + segmentMs;
      return { afterMs: passesAt, segments: 1 };
    }),
  );
}
