import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeFile } from '../../../renderer/state/base64.ts';

it('carries the bytes of any file unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const { base64 } = await encodeFile(new File([bytes.slice()], 'any'));
      expect([...Buffer.from(base64, 'base64')]).toEqual([...bytes]);
    }),
    { numRuns: 50 },
  );
});

it('carries a file that is larger than one piece', async () => {
  const bytes = new Uint8Array(200_000).map((_, index) => index % 251);
  const { base64 } = await encodeFile(new File([bytes], 'picture.png'));
  expect(Buffer.from(base64, 'base64').equals(Buffer.from(bytes))).toBe(true);
});

it('shortens a name that the API would refuse', async () => {
  const { name } = await encodeFile(new File([], 'n'.repeat(400)));
  expect(name).toHaveLength(255);
});
