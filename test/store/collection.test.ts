import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openCollection } from '../../electron/store/collection.ts';
import type { DamagedFile } from '../../electron/store/json-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

const schema = z.strictObject({ id: z.string(), name: z.string() });

test('records are put, listed in the order of their ids, read and removed', async () => {
  const profiles = openCollection(join(await temporaryFolder(), 'profiles'), schema);
  expect(await profiles.list()).toEqual([]);
  await profiles.put({ id: 'p-2', name: 'second' });
  await profiles.put({ id: 'p-1', name: 'first' });
  await profiles.put({ id: 'p-1', name: 'renamed' });
  expect(await profiles.list()).toEqual([
    { id: 'p-1', name: 'renamed' },
    { id: 'p-2', name: 'second' },
  ]);
  expect(await profiles.get('p-2')).toEqual({ id: 'p-2', name: 'second' });
  await profiles.remove('p-2');
  await expect(profiles.get('p-2')).rejects.toMatchObject({ code: 'not-found' });
  await expect(profiles.remove('p-2')).rejects.toMatchObject({ code: 'not-found' });
});

test('one damaged record is set aside and the others stay', async () => {
  const folder = await temporaryFolder();
  const notices: DamagedFile[] = [];
  const profiles = openCollection(folder, schema, { onDamaged: (notice) => notices.push(notice) });
  await profiles.put({ id: 'good', name: 'a' });
  await writeFile(join(folder, 'bad.json'), '{"id":"bad"');
  expect(await profiles.list()).toEqual([{ id: 'good', name: 'a' }]);
  expect(await readFile(notices[0]?.aside ?? '', 'utf8')).toBe('{"id":"bad"');
});

test('a file that holds the record of another id is set aside', async () => {
  const folder = await temporaryFolder();
  const profiles = openCollection(folder, schema);
  await profiles.put({ id: 'a', name: 'a' });
  await copyFile(join(folder, 'a.json'), join(folder, 'b.json'));
  expect(await profiles.list()).toEqual([{ id: 'a', name: 'a' }]);
  expect((await readdir(folder)).filter((name) => name.startsWith('b.json.damaged-'))).toHaveLength(1);
});

const hostileIds = [
  '',
  '.',
  '..',
  '../x',
  'a/b',
  'a\\b',
  '/etc/passwd',
  'a\0',
  'A',
  'con',
  'nul',
  'com1',
  'ä',
  '-a',
  'x'.repeat(65),
];

test.each(hostileIds)('the id %j is never a path: not found, and nothing written', async (id) => {
  const folder = await temporaryFolder();
  const profiles = openCollection(join(folder, 'in'), schema);
  await expect(profiles.get(id)).rejects.toMatchObject({ code: 'not-found' });
  await expect(profiles.remove(id)).rejects.toMatchObject({ code: 'not-found' });
  await expect(profiles.put({ id, name: '' })).rejects.toMatchObject({ code: 'not-found' });
  expect(await readdir(folder)).toEqual([]);
});

test('whatever the id, nothing is written outside the folder and the message does not repeat it', async () => {
  const folder = await temporaryFolder();
  const profiles = openCollection(join(folder, 'in'), schema);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 9 }), async (noise) => {
      const id = `../${noise}`;
      const error: unknown = await profiles.put({ id, name: '' }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'not-found' });
      expect(String(error)).not.toContain(id);
      expect(await readdir(folder)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
