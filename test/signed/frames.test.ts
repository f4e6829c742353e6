import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase45, encodeBase45 } from '../../electron/signed/base45.ts';
import type { SignedDocument } from '../../electron/signed/document.ts';
import { readFrames, writeFrames } from '../../electron/signed/frames.ts';
import { signedBy } from './samples.ts';

const random = (size: number): SignedDocument => signedBy(1, { data: randomBytes(size).toString('base64') });
const framesOf = (document: SignedDocument): string[] => writeFrames(document) ?? [];
const plain = ({ bytes, signature }: SignedDocument): string => signature + Buffer.from(bytes).toString();

describe('base45', () => {
  it('is that of RFC 9285 §4.3', () => {
    expect(encodeBase45(Buffer.from('AB'))).toBe('BB8');
    expect(encodeBase45(Buffer.from('Hello!!'))).toBe('%69 VD92EX0');
    expect(Buffer.from(decodeBase45('QED8WEX0') ?? []).toString()).toBe('ietf!');
    expect(['GGW', 'A', 'a', 'ZZ', ':::'].map(decodeBase45)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes);
      }),
    );
  });
});

describe('a set of pieces', () => {
  const document = random(4000);
  const frames = framesOf(document);

  it('gives the document back, in whatever order and however often the pieces come', () => {
    expect(frames.length).toBeGreaterThan(3);
    for (const texts of [frames, frames.toReversed(), [...frames, ...frames]]) {
      const result = readFrames(texts, 100_000);
      expect(result.kind === 'whole' && plain(result.document)).toBe(plain(document));
    }
  });

  it('names the pieces that are missing', () => {
    const total = frames.length;
    expect(readFrames(frames.slice(2), 100_000)).toEqual({ kind: 'incomplete', missing: [1, 2], total });
  });

  it('is refused with a piece of another set, a changed one, or something else', () => {
    const [first = '', ...rest] = frames;
    const other = framesOf(random(4000));
    const changed = first.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const texts of [[...rest, other[0] ?? ''], [changed, ...rest], [first, 'https://example.com'], [''], []])
      expect(readFrames(texts, 100_000)).toEqual({ kind: 'foreign' });
  });

  it('is never unpacked to more than a document can be', () => {
    expect(readFrames(frames, 1000)).toEqual({ kind: 'foreign' });
    const bomb = framesOf(signedBy(1, { data: 'x'.repeat(5_000_000) }));
    expect(bomb.length).toBeLessThan(10);
    expect(readFrames(bomb, 100_000)).toEqual({ kind: 'foreign' });
  });

  it('is not made of what nobody would photograph', () => {
    expect(writeFrames(random(60_000))).toBeUndefined();
  });
});
