import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readBoundedBody } from '../../electron/signed/bounded-body.ts';

const parts = (...texts: string[]): Readable => Readable.from(texts.map((text) => Buffer.from(text)));

it('gives all of a body that fits, and nothing of one that is longer', async () => {
  expect((await readBoundedBody(parts('abc', 'de'), 5))?.toString()).toBe('abcde');
  expect(await readBoundedBody(parts('abc', 'def'), 5)).toBeUndefined();
  expect((await readBoundedBody(parts(), 5))?.length).toBe(0);
});

it('stops reading one that has no end', async () => {
  let read = 0;
  const endless = new Readable({
    read() {
      read += 1;
      this.push(Buffer.alloc(100));
    },
  });
  expect(await readBoundedBody(endless, 1000)).toBeUndefined();
  expect(endless.destroyed).toBe(true);
  expect(read).toBeLessThan(2000);
});

it('rejects when it breaks off', async () => {
  const broken = new Readable({ read: () => undefined });
  broken.destroy(new Error('reset'));
  await expect(readBoundedBody(broken, 5)).rejects.toThrow('reset');
});
