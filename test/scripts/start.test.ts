import { chmod, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuilt } from '../../scripts/lib/build.mjs';
import { dependenciesAreCurrent } from '../../scripts/lib/dependencies.mjs';
import { localElectron } from '../../scripts/lib/electron-binary.mjs';
import { brokenPromises } from '../../scripts/lib/journey.mjs';
import { sum, withExitCode } from '../../scripts/lib/tally.mjs';
import { reportOf } from '../reports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text = '', secondsAgo = 0): Promise<string> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, text);
  const time = new Date(Date.now() - secondsAgo * 1000);
  await utimes(full, time, time);
  return full;
}

describe('what is installed is current', () => {
  const lock = (packages: object): string => JSON.stringify({ packages });
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '1.0.0', optional: true },
  };

  it.each([
    ['when it is the same', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['not when a version differs', { 'node_modules/a': { version: '1.0.1' } }, false],
    ['not when something is missing', { 'node_modules/b': { version: '1.0.0' } }, false],
    ['not when something is left over', { ...wanted, 'node_modules/old': { version: '1.0.0' } }, false],
  ])('%s', async (_case, installed, current) => {
    await write('package-lock.json', lock(wanted));
    await write('node_modules/.package-lock.json', lock(installed));
    expect(dependenciesAreCurrent(folder)).toBe(current);
  });

  it('not in a fresh clone', async () => {
    await write('package-lock.json', lock(wanted));
    expect(dependenciesAreCurrent(folder)).toBe(false);
  });
});

describe('what is built is current', () => {
  const results = [
    'cli.js',
    'browser.js',
    'main.js',
    'lab.js',
    'sim.js',
    'fuzz.js',
    'preload.cjs',
    'renderer/index.html',
  ];
  const sources = [
    'electron/deep/er.ts',
    'renderer/App.svelte',
    'scripts/list-bench.ts',
    'test/fuzz/main.ts',
    'test/lab/main.ts',
    'test/sim/main.ts',
  ];
  const settings = ['vite.config.ts', 'svelte.config.js', 'package-lock.json'];
  beforeEach(async () => {
    for (const path of [...sources, ...settings]) await write(path, '', 60);
    for (const path of results) await write(`dist/${path}`, '', 30);
  });

  it('until a source changes', async () => {
    expect(isBuilt(folder)).toBe(true);
    await write('electron/deep/er.ts', '', 10);
    expect(isBuilt(folder)).toBe(false);
  });

  it('only when nothing is missing', async () => {
    await rm(join(folder, 'dist/preload.cjs'));
    expect(isBuilt(folder)).toBe(false);
  });
});

describe('Electron', () => {
  it('is found on the disk only where its program can be run', async () => {
    expect(localElectron(folder, {})).toBeUndefined();
    await write('node_modules/electron/path.txt', 'electron');
    expect(localElectron(folder, {})).toBeUndefined();
    const program = await write('node_modules/electron/dist/electron', '#!/bin/true\n');
    expect(localElectron(folder, {})).toBeUndefined();
    await chmod(program, 0o755);
    expect(localElectron(folder, {})).toBe(program);
    expect(localElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'elsewhere') })).toBeUndefined();
  });
});

describe('the journey', () => {
  const verified = { handshake: true, traffic: true };
  const kept = {
    before: reportOf({ a: 'blocked', b: 'degraded', c: 'blocked', d: 'ok' }),
    connect: { state: 'connected', verified, error: null },
    after: reportOf({ a: 'ok', b: 'ok', c: 'ok', d: 'ok' }),
    restored: true,
  };

  it('keeps its promises', () => {
    expect(brokenPromises(kept)).toEqual([]);
  });

  it.each([
    ['cures too little', { after: reportOf({ a: 'ok', b: 'ok', c: 'not-testable', d: 'ok' }) }],
    ['leaves something blocked', { after: reportOf({ a: 'ok', b: 'ok', c: 'ok', d: 'blocked' }) }],
    ['carries nothing', { connect: { state: 'failed', verified: null, error: { message: 'silent' } } }],
    ['leaves the network changed', { restored: false }],
  ])('that %s breaks one', (_case, change) => {
    expect(brokenPromises({ ...kept, ...change })).not.toEqual([]);
  });
});

describe('the count', () => {
  it('adds up, and a crash without a failed test is a failure', () => {
    const one = { passed: 1, failed: 0, skipped: 2 };
    expect(sum([one, one])).toEqual({ passed: 2, failed: 0, skipped: 4 });
    expect(withExitCode(one, 1)).toEqual({ ...one, failed: 1 });
    expect(withExitCode({ ...one, failed: 3 }, 1).failed).toBe(3);
    expect(withExitCode(one, 0)).toEqual(one);
  });
});
