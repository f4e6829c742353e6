import type { Random } from './random.ts';

/** How packets travel between the client and the world. */
export interface LineQuality {
  /** Round trip without jitter, milliseconds. */
  rttMs: number;
  /** Each packet is up to this much later, each way. */
  jitterMs: number;
  /** Share of packets lost, each way: 0.1 for 10 %. */
  loss: number;
}

/** Share of the way to the world that lies between the client and its provider. */
const accessShare = 0.3;
/** A sender that hears nothing for this many retransmissions is not listened to any more. */
const retransmissionsMax = 8;
/** Smallest retransmission time-out of Linux (TCP_RTO_MIN), milliseconds. */
const rtoMinMs = 200;

export class Line {
  readonly #quality: LineQuality;
  readonly #random: Random;

  constructor(quality: LineQuality, random: Random) {
    this.#quality = quality;
    this.#random = random;
  }

  /** One way of one packet, in milliseconds; undefined when it is lost. */
  way(far: 'world' | 'provider' = 'world'): number | undefined {
    const { rttMs, jitterMs, loss } = this.#quality;
    if (this.#random.chance(loss)) return undefined;
    const share = far === 'world' ? 1 : accessShare;
    return (rttMs / 2) * share + this.#random.between(0, jitterMs);
  }

  /** There and back; undefined when one of the two packets is lost. */
  roundTrip(far: 'world' | 'provider' = 'world'): number | undefined {
    const there = this.way(far);
    const back = this.way(far);
    return there === undefined || back === undefined ? undefined : there + back;
  }

  /** Round trip without jitter. */
  rttMs(): number {
    return this.#quality.rttMs;
  }

  /** RFC 6298 as Linux has it: the round trip plus four times its variance, at least 200 ms of it. */
  rtoMs(): number {
    const { rttMs, jitterMs } = this.#quality;
    return Math.max(3 * rttMs, rttMs + rtoMinMs) + jitterMs;
  }

  /** Until all segments have arrived, one way, lost ones sent again. Undefined when they never do. */
  carry(segments: number): number | undefined {
    return this.#slowest(segments, () => this.way());
  }

  /** Until something in between has answered a segment, which is sent again as long as nothing comes back. */
  provoke(): number | undefined {
    return this.#slowest(1, () => this.roundTrip('provider'));
  }

  #slowest(segments: number, attempt: () => number | undefined): number | undefined {
    let slowest = 0;
    for (let segment = 0; segment < segments; segment += 1) {
      const arrival = firstSuccess(retransmissions(this.rtoMs()), attempt);
      if (arrival === undefined) return undefined;
      slowest = Math.max(slowest, arrival);
    }
    return slowest;
  }
}

function* retransmissions(rtoMs: number): Generator<number> {
  let at = 0;
  for (let count = 0; count <= retransmissionsMax; count += 1) {
    yield at;
    at += rtoMs * 2 ** count;
  }
}

/** The earliest of what comes of packets sent at these times. */
export function firstSuccess(sentAtMs: Iterable<number>, attempt: () => number | undefined): number | undefined {
  let earliest: number | undefined;
  for (const sentAt of sentAtMs) {
    if (earliest !== undefined && sentAt >= earliest) break;
    const took = attempt();
    if (took !== undefined) earliest = Math.min(earliest ?? Infinity, sentAt + took);
  }
  return earliest;
}
