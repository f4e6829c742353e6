import { afterAll, beforeAll, expect, it } from 'vitest';
import { stageWords } from '../../electron/cli/text/words.ts';
import { makeClientBed, type ClientBed } from './client-bed.ts';

let bed: ClientBed;
let profile: string;
let untouched: string;
beforeAll(async () => {
  bed = await makeClientBed();
  profile = await bed.importProfile();
  untouched = await bed.snapshot();
});
afterAll(() => bed.lab.close());

const failed = 1;

it('Ctrl-C during a check that hears nothing ends it within half a second', async () => {
  await bed.flip('all-dropped');
  const endings: number[] = [];
  // The quickest of three: one slow start of a program on a busy computer is not the check's.
  for (let round = 0; round < 3; round++) {
    const { code, screen, endedAfterMs } = await bed.interrupt(['check'], 'Checking');
    expect(code).toBe(failed);
    expect(screen).toContain('sawt: Cancelled.');
    endings.push(endedAfterMs);
  }
  expect(Math.min(...endings)).toBeLessThan(500);
  expect(await bed.processes()).toBe('');
  expect(await bed.snapshot()).toBe(untouched);
});

it.each(['starting', 'handshake'] as const)('Ctrl-C while connecting (%s) undoes what was done', async (stage) => {
  await bed.flip('wg-dpi');
  const { code, screen } = await bed.interrupt(['connect', profile], stageWords[stage]);
  expect(code).toBe(failed);
  expect(screen).toContain('sawt: Cancelled.');
  expect(await bed.snapshot()).toBe(untouched);
  expect(await bed.processes()).toBe('');
  expect(JSON.parse((await bed.sawt(['status', '--json'])).stdout)).toMatchObject({ state: 'disconnected' });
});

it('Ctrl-C during the check after connecting undoes the connection', async () => {
  await bed.flip('S01');
  const { code } = await bed.interrupt(['connect', profile], stageWords.calls);
  expect(code).toBe(failed);
  expect(await bed.snapshot()).toBe(untouched);
  expect(await bed.processes()).toBe('');
});

it('what a connection changes is seen by the comparison', async () => {
  await bed.flip('S01');
  await bed.sawt(['connect', profile, '--no-recheck']);
  expect(await bed.snapshot()).not.toBe(untouched);
  expect(await bed.processes()).not.toBe('');
  await bed.sawt(['disconnect']);
  expect(await bed.snapshot()).toBe(untouched);
});
