import { Random } from '../sim/random.ts';
import { bytesOf, type FuzzTarget } from './target.ts';

const changesMax = 6;
const cutMax = 40;
const noiseMax = 8;
const anyMax = 300;

/**
 * Inputs for a target, the same for the same seed: a valid one with pieces taken out, doubled, overwritten or put in, and
 * now and then bytes of no kind. By hand, since a parser takes a few microseconds: a library for properties took ten times
 * as long for making the input as most parsers do for reading it.
 */
export function inputsOf({ seeds, words = [], maxBytes }: FuzzTarget, seed: number): () => Uint8Array {
  const random = new Random(seed);
  const pieces = words.map(bytesOf);
  const upTo = (most: number): number => Math.floor(random.unit() * (most + 1));
  const noise = (): Uint8Array => random.bytes(upTo(noiseMax));
  const piece = (): Uint8Array => {
    // Words twice as often as noise and whole seeds, as far as there are any.
    const kind = upTo(pieces.length > 0 ? 3 : 1);
    if (kind === 0) return noise();
    return (kind === 1 ? random.pick(seeds) : random.pick(pieces)) ?? noise();
  };
  const changed = (): Uint8Array => {
    let bytes = random.pick(seeds) ?? noise();
    for (let left = upTo(changesMax); left > 0; left -= 1) {
      const at = upTo(bytes.length);
      bytes = Buffer.concat([bytes.subarray(0, at), piece(), bytes.subarray(at + upTo(cutMax))]);
    }
    return bytes;
  };
  // A copy of its own: a parser that keeps or changes it must not touch the seeds.
  return () => {
    const bytes = random.chance(0.9) ? changed() : random.bytes(upTo(Math.min(maxBytes, anyMax)));
    return new Uint8Array(bytes.subarray(0, maxBytes));
  };
}
