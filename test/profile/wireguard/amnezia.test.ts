import { expect, test } from 'vitest';
import { parse, simple, withInterface } from './samples.ts';

test('junk packets alone: plain WireGuard works, and a warning explains', () => {
  const { profile, dropped, warnings } = parse(
    withInterface('Jc = 4\nJmin = 40\nJmax = 70\nS1 = 0\nS2 = 0\nH1 = 1\nH2 = 2\nH3 = 3\nH4 = 4\nI1 = <b 0xabcd>'),
  );
  expect(profile).toEqual(parse(simple).profile);
  expect(dropped.map(({ directive }) => directive)).toEqual([
    'Jc',
    'Jmin',
    'Jmax',
    'S1',
    'S2',
    'H1',
    'H2',
    'H3',
    'H4',
    'I1',
  ]);
  expect(warnings[0]?.code).toBe('amnezia');
});

test.each(['S1 = 15', 'S2=68', 'S3 = 1', 's4 = 9', 'H1 = 1755269708', 'H2 = 3', 'h3 = 5-10', 'H4 = 0'])(
  '%s changes the messages themselves: refused, with the reason',
  (line) => {
    expect(() => parse(withInterface(line))).toThrow(
      expect.objectContaining({
        code: 'profile-unsupported',
        line: 5,
        message: expect.stringContaining('AmneziaWG') as string,
      }),
    );
  },
);
