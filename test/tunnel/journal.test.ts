import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal, parseJournal } from '../../electron/tunnel/journal.ts';
import { sampleJournal } from './sample-journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the journal', () => {
  it('comes back as it was written, and is only ours to read', async () => {
    const file = openJournal(folder);
    await file.create(sampleJournal);
    expect(await file.read()).toEqual(sampleJournal);
    expect((await stat(join(folder, 'connection.json'))).mode & 0o777).toBe(0o600);
    const next = { ...sampleJournal, phase: 'connected' as const };
    await file.write(next);
    expect(await file.read()).toEqual(next);
    await file.remove();
    expect(await file.read()).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it('cannot be begun twice, and the first one stays', async () => {
    const file = openJournal(folder);
    await file.create(sampleJournal);
    const second = file.create({ ...sampleJournal, profile: 'p-other' });
    await expect(second).rejects.toMatchObject({ code: 'another-tunnel' });
    expect(await file.read()).toEqual(sampleJournal);
  });

  it('that is damaged is not trusted', async () => {
    await writeFile(join(folder, 'connection.json'), JSON.stringify({ ...sampleJournal, interface: 'eth0' }));
    expect(await openJournal(folder).read()).toBe('unreadable');
  });

  it('names nothing that is not ours, whatever a file says', () => {
    const foreign = [
      { interface: 'eth0' },
      { routing: { ...sampleJournal.routing, table: 254 } },
      { sysctls: [{ name: '../../etc/passwd', before: '1', during: '0' }] },
      { schema: 2 },
      { more: true },
    ];
    for (const part of foreign) expect(parseJournal(JSON.stringify({ ...sampleJournal, ...part }))).toBe('unreadable');
    fc.assert(fc.property(fc.jsonValue(), (value) => parseJournal(JSON.stringify(value)) === 'unreadable'));
  });
});
