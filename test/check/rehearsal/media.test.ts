import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  endOf,
  newStream,
  noteArrival,
  packetsMax,
  readStream,
  type StreamRecord,
} from '../../../electron/check/rehearsal/media.ts';

const packetMs = 20;
const line = { startedMs: 0, rttMs: 40, silenceMs: 1000 };

/** A stream whose packets take `delayMs`, those that `comes` lets through, as it stands at `nowMs`. */
function streamAt(nowMs: number, comes: (sequence: number) => boolean, delayMs = 40): StreamRecord {
  const stream = newStream();
  for (let sequence = 0; sequence * packetMs <= nowMs && sequence < packetsMax; sequence += 1)
    stream.sentAtMs.push(sequence * packetMs);
  stream.sentAtMs.forEach((atMs, sequence) => {
    if (comes(sequence) && atMs + delayMs <= nowMs) noteArrival(stream, sequence, atMs + delayMs);
  });
  return stream;
}

/** When a call ends whose streams are like that, and how. */
function ended(
  comes: (sequence: number) => boolean,
  delayMs = 40,
  back = comes,
): { atMs: number; end: 'enough' | 'silence' } {
  for (let nowMs = packetMs; nowMs < 20_000; nowMs += packetMs) {
    const there = streamAt(nowMs, comes, delayMs);
    const end = endOf({ ...line, there, back: streamAt(nowMs, back, delayMs), nowMs });
    if (end) return { atMs: nowMs, end };
  }
  throw new Error('it never ended');
}

describe('a stream', () => {
  it('counts as lost only what would come too late to be played', () => {
    const stream = streamAt(1000, (sequence) => sequence !== 10 && sequence < 45);
    // Packet 45 was sent at 900 and is due at 980: 40 ms on the way and 40 in the buffer. Packet 46 is not.
    expect(readStream(stream, 980, 40)).toEqual({ sent: 46, lost: 2, passed: 45, delayMs: 40, jitterMs: 0 });
  });

  it('of which nothing came says so', () => {
    const stream = streamAt(1000, () => false);
    expect(readStream(stream, 1000, 40)).toMatchObject({ passed: 0, lost: 47, sent: 47, delayMs: 0 });
  });

  it('takes no packet twice, and none that was not sent', () => {
    const stream = streamAt(100, () => true);
    for (const sequence of [0, 0, 6, 250, 65_535]) noteArrival(stream, sequence, 200);
    expect(stream.arrivals.filter(({ sequence }) => sequence === 0)).toHaveLength(1);
    expect(stream.arrivals.every(({ sequence }) => sequence < 6)).toBe(true);
  });

  it('never has lost more than was due, nor let more pass than were sent', () => {
    const arrivals = fc.array(fc.tuple(fc.nat(300), fc.nat(9000)), { maxLength: 300 });
    fc.assert(
      fc.property(fc.nat(packetsMax), arrivals, fc.nat(9000), (count, came, nowMs) => {
        const stream: StreamRecord = {
          sentAtMs: Array.from({ length: count }, (_, index) => index * packetMs),
          arrivals: [],
        };
        for (const [sequence, atMs] of came) noteArrival(stream, sequence, atMs);
        const { sent, lost, passed } = readStream(stream, nowMs, 40);
        expect(lost).toBeGreaterThanOrEqual(0);
        expect(lost).toBeLessThanOrEqual(sent);
        expect(Math.max(sent, passed)).toBeLessThanOrEqual(count);
      }),
    );
  });
});

describe('a call', () => {
  const all = (): boolean => true;

  it('on a good line is known to be good within two seconds of sound, and not before', () => {
    const { atMs, end } = ended(all);
    expect(end).toBe('enough');
    expect(atMs).toBeGreaterThan(1700);
    expect(atMs).toBeLessThanOrEqual(2000);
  });

  it('over a long way takes longer, and ends with its packets', () => {
    const { atMs, end } = ended(all, 400);
    expect(end).toBe('enough');
    expect(atMs).toBeGreaterThan(2500);
    expect(atMs).toBeLessThan(packetsMax * packetMs + 600);
  });

  it.each([3, 4, 5])('that loses one packet of %i is known to be bad before its end', (nth) => {
    const { atMs, end } = ended((sequence) => sequence % nth !== 0);
    expect(end).toBe('enough');
    expect(atMs).toBeGreaterThanOrEqual(1000);
    expect(atMs).toBeLessThan(4000);
  });

  it.each([0, 10, 52, 80])('that is cut after %i packets is silent a second later, not bad', (passed) => {
    const { atMs, end } = ended((sequence) => sequence < passed);
    expect(end).toBe('silence');
    expect(atMs).toBeLessThanOrEqual(passed * packetMs + 1000 + 2 * packetMs);
  });

  it('that only one end hears is silent, too', () => {
    expect(ended(all, 40, () => false)).toEqual({ atMs: 1000, end: 'silence' });
  });
});
