import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { makeZip } from '../test/profile/archive/make-zip.ts';
import { keyOf, simple } from '../test/profile/wireguard/samples.ts';

/**
 * A zip of a thousand profiles, imported by the command line into an empty store: `{ totalMs, startMs, files }`. `startMs` is
 * the start of the program without any work.
 */
const files = 1000;
const folder = mkdtempSync(join(tmpdir(), 'sawt-import-'));

function timed(args: readonly string[]): number {
  const env = { ...process.env, SAWT_HOME: join(folder, 'home') };
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [join(process.cwd(), 'dist', 'cli.js'), ...args], {
    env,
    maxBuffer: 64 * 1024 * 1024,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return Math.round(performance.now() - from);
}

try {
  const entries = Array.from({ length: files }, (_, index) => ({
    path: `all/place-${index}.conf`,
    content: simple
      .replace('198.51.100.7', `198.51.${100 + (index >> 8)}.${index & 255}`)
      .replace(keyOf(2), keyOf(2 + (index % 200))),
  }));
  writeFileSync(join(folder, 'all.zip'), makeZip(entries));
  const startMs = timed(['--version']);
  const commandMs = timed(['import', join(folder, 'all.zip'), '--json']);
  process.stdout.write(`${JSON.stringify({ totalMs: commandMs - startMs, startMs, files })}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
