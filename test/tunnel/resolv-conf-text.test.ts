import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beforeIn, resolvConf, type Before } from '../../electron/tunnel/resolv-conf-text.ts';

const inside = { servers: ['10.66.0.1'], searchDomains: [] };

it('what stood there before is found again, whatever it was', () => {
  const bytes = fc.uint8Array({ maxLength: 600 }).map((value) => Buffer.from(value).toString('base64'));
  const before = fc.oneof<fc.Arbitrary<Before>[]>(
    bytes.map((original) => ({ kind: 'file', original })),
    fc.string().map((target) => ({ kind: 'link', target })),
    fc.constant({ kind: 'missing' }),
  );
  fc.assert(
    fc.property(before, (value) => {
      expect(beforeIn(resolvConf(inside, value))).toEqual(value);
    }),
  );
});

it('a resolver reads nothing of it: only our servers are not comments', () => {
  const text = resolvConf(inside, {
    kind: 'file',
    original: Buffer.from('nameserver 10.20.0.1\n'.repeat(50)).toString('base64'),
  });
  expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual(['nameserver 10.66.0.1']);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(120);
});

it('the text of somebody else says nothing', () => {
  expect(beforeIn('nameserver 10.20.0.1\n#=eyJraW5kIjoibWlzc2luZyJ9\n')).toBeUndefined();
  expect(beforeIn(resolvConf(inside, { kind: 'missing' }).replace(/#=.*/, '#=damaged'))).toBeUndefined();
});
