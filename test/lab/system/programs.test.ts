import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram, runToEnd, searchPath } from './programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'lab-programs-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('findProgram', () => {
  it('takes the first executable of the path', () => {
    const path = join(folder, 'nft');
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, 0o755);
    expect(findProgram('nft', folder)).toBe(path);
  });

  it('looks into the system folders that the path of an ordinary user lacks', () => {
    expect(searchPath('/home/somebody/bin').split(':')).toContain('/usr/sbin');
    expect(searchPath(undefined).split(':')).not.toContain('');
  });
});

describe('runToEnd', () => {
  it('hands input over and returns output, complaints and exit code', async () => {
    const script = 'process.stdin.pipe(process.stdout); console.error("oh"); process.exitCode = 3';
    const finished = await runToEnd([process.execPath, '-e', script], { input: 'hello' });
    expect(finished).toEqual({ code: 3, signal: null, stdout: 'hello', stderr: 'oh\n' });
  });

  it('ends a program that takes too long', async () => {
    const finished = await runToEnd([process.execPath, '-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 200 });
    expect(finished).toMatchObject({ code: null, signal: 'SIGKILL' });
  });
});
