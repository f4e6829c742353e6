import { describe, expect, it } from 'vitest';
import { codecs, delayImpairment, opinionScore, rating, type Codec } from '../../../electron/check/quality/e-model.ts';

const losses = [0, 1, 2, 3, 5, 10, 20];

/** R by loss, then MOS by loss, at a delay that nobody hears. Computed from the formulae of G.107 by hand. */
const table: [string, Codec, number[], number[]][] = [
  [
    'G.711 without concealment',
    codecs.g711,
    [93.2, 75.3, 63.0, 54.2, 42.1, 26.8, 15.0],
    [4.41, 3.83, 3.26, 2.79, 2.17, 1.48, 1.12],
  ],
  [
    'G.711 with concealment',
    codecs.g711WithConcealment,
    [93.2, 89.6, 86.2, 83.1, 77.4, 66.1, 51.1],
    [4.41, 4.33, 4.23, 4.13, 3.92, 3.41, 2.63],
  ],
  ['G.729A', codecs.g729a, [82.2, 78.0, 74.2, 70.7, 64.7, 53.2, 39.1], [4.1, 3.95, 3.79, 3.63, 3.34, 2.75, 2.02]],
  [
    'the preset for Opus',
    codecs.opus,
    [93.2, 88.7, 84.6, 80.8, 74.2, 61.5, 45.7],
    [4.41, 4.31, 4.18, 4.05, 3.79, 3.18, 2.35],
  ],
];

describe('the E-model', () => {
  it.each(table)('rates %s as computed for each loss', (_, codec, ratings, scores) => {
    const rated = losses.map((lossPct) => rating(100, lossPct, codec));
    expect(rated.map((r) => Math.round(r * 10) / 10)).toEqual(ratings);
    expect(rated.map((r) => Math.round(opinionScore(r) * 100) / 100)).toEqual(scores);
  });

  it.each([
    [100, 0],
    [150, 0.16],
    [177, 1.15],
    [200, 3.04],
    [250, 8.92],
    [300, 14.76],
    [400, 24.07],
    [500, 30.64],
  ])('takes a delay of %d ms for an impairment of %d', (delayMs, impairment) => {
    expect(delayImpairment(delayMs)).toBeCloseTo(impairment, 2);
  });

  it.each([
    [93.2, 4.41],
    [90, 4.34],
    [80, 4.02],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
    [100, 4.5],
    [0, 1],
    // Where the cubic would dip below the worst score there is.
    [3, 1],
  ])('gives a rating of %d the score %d', (r, score) => {
    expect(opinionScore(r)).toBeCloseTo(score, 2);
  });
});
