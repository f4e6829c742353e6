import fc from 'fast-check';
import { bytesOf, type FuzzTarget } from './target.ts';

/** Inputs for a target: a seed with pieces taken out, doubled, overwritten or put in, and now and then bytes of no kind. */
export function inputsOf({ seeds, words = [], maxBytes }: FuzzTarget): fc.Arbitrary<Uint8Array> {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc.constantFrom(...seeds),
    ...(words.length > 0 ? [fc.constantFrom(...words).map(bytesOf), fc.constantFrom(...words).map(bytesOf)] : []),
  );
  const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 40 }), piece);
  const changed = fc.tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 6 })).map(([seed, changes]) =>
    changes.reduce((bytes: Uint8Array, [where, length, inserted]) => {
      const at = Math.floor(where * bytes.length);
      return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + length)]);
    }, seed),
  );
  const any = fc.uint8Array({ maxLength: Math.min(maxBytes, 300) });
  return fc
    .oneof({ weight: 9, arbitrary: changed }, { weight: 1, arbitrary: any })
    .map((bytes) => new Uint8Array(bytes.subarray(0, maxBytes)));
}
