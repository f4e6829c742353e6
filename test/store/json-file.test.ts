import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openJsonFile, type DamagedFile } from '../../electron/store/json-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

const schema = z.strictObject({ language: z.enum(['ar', 'fr']), size: z.int() });
type Settings = z.infer<typeof schema>;
const fallback: Settings = { language: 'ar', size: 1 };

test('what was written is read back', async () => {
  const file = openJsonFile(join(await temporaryFolder(), 'new', 'settings.json'), schema, fallback);
  expect(await file.read()).toEqual(fallback);
  await file.write({ language: 'fr', size: 2 });
  expect(await file.read()).toEqual({ language: 'fr', size: 2 });
});

test('a damaged file gives the fallback, is kept under another name, and that is told', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'settings.json');
  for (const damage of [
    '{"language":',
    '',
    '[]',
    '{"language":"xx","size":1}',
    '{"language":"fr","size":1,"more":1}',
  ]) {
    await writeFile(path, damage);
    const notices: DamagedFile[] = [];
    const file = openJsonFile(path, schema, fallback, { onDamaged: (notice) => notices.push(notice) });
    expect(await file.read()).toEqual(fallback);
    expect(notices).toHaveLength(1);
    expect(await readFile(notices[0]?.aside ?? '', 'utf8')).toBe(damage);
    expect(await readdir(folder)).not.toContain('settings.json');
  }
});

test('bytes that are not UTF-8 are damage, not a crash', async () => {
  const path = join(await temporaryFolder(), 'settings.json');
  await writeFile(path, Buffer.from([0x22, 0xff, 0x22]));
  expect(await openJsonFile(path, schema, fallback).read()).toEqual(fallback);
});

test('a damaged file is kept also when nobody asked to be told', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 's.json'), 'x');
  await openJsonFile(join(folder, 's.json'), schema, fallback).read();
  expect(await readdir(folder)).toEqual([expect.stringMatching(/^s\.json\.damaged-[0-9a-f]{8}$/)]);
});

test('the last of many writes at once wins', async () => {
  const file = openJsonFile(join(await temporaryFolder(), 's.json'), schema, fallback);
  await Promise.all(Array.from({ length: 20 }, (_, size) => file.write({ language: 'fr', size })));
  expect(await file.read()).toEqual({ language: 'fr', size: 19 });
});

test('a write that failed does not stop the next one', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'data'), 'a file where the folder should be');
  const file = openJsonFile(join(folder, 'data', 's.json'), schema, fallback);
  await expect(file.write(fallback)).rejects.toMatchObject({ code: 'storage-failed' });
  await expect(file.write(fallback)).rejects.toMatchObject({ code: 'storage-failed' });
});

test('any bytes at all are read without a crash', async () => {
  const path = join(await temporaryFolder(), 's.json');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      await writeFile(path, bytes);
      expect(await openJsonFile(path, schema, fallback).read()).toEqual(fallback);
    }),
    { numRuns: 100 },
  );
});
