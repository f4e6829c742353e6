import { describe, expect, it } from 'vitest';
import { isHeldBack } from '../../../electron/check/quality/compare-goodput.ts';

const steady = (...speeds: number[]) => speeds.map((kbitPerS) => ({ kbitPerS, isSteady: true }));
const bursts = (...speeds: number[]) => speeds.map((kbitPerS) => ({ kbitPerS, isSteady: false }));

describe('isHeldBack', () => {
  it.each([
    ['one steady pace, a tenth as fast', steady(128, 131), bursts(1300, 3000)],
    ['one steady pace, half as fast as the neutral ones', steady(128, 131), bursts(260, 300)],
    ['one steady pace, while one neutral run stumbled', steady(128, 131), bursts(100, 900)],
  ])('is said of %s', (_, own, neutral) => {
    expect(isHeldBack({ own, neutral })).toBe(true);
  });

  it.each([
    ['a single fast run', bursts(90, 900), bursts(2000, 2000)],
    ['neutral runs that are as slow', steady(128, 131), bursts(130, 140)],
    ['bursts, be they much slower every time', bursts(128, 131), bursts(1300, 3000)],
    ['steady paces that differ', steady(100, 115), bursts(350, 2000)],
    ['what is fast enough for anything', steady(900, 900), bursts(9000, 9000)],
    ['no neutral run', steady(128), []],
    ['no run of its own', [], bursts(900)],
  ])('is not said of %s', (_, own, neutral) => {
    expect(isHeldBack({ own, neutral })).toBe(false);
  });
});
