import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { run, say } from './run.mjs';

const sources = [
  'electron',
  'renderer',
  'scripts',
  'test/fuzz',
  'test/lab',
  'test/sim',
  'vite.config.ts',
  'svelte.config.js',
  'package-lock.json',
];
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

/** Builds everything when a source is newer than a result. Types are checked by `npm run build`, not here. */
export async function ensureBuilt() {
  if (isBuilt(root)) return;
  say('Building Sawt ...');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const code = await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], { quiet: true });
  if (code !== 0) throw new Error('The build failed; the reason is above.');
}

/**
 * @param {string} folder
 * @returns {boolean}
 */
export function isBuilt(folder) {
  const outputs = results.map((path) => join(folder, 'dist', path));
  if (!outputs.every((path) => existsSync(path))) return false;
  const oldestOutput = Math.min(...outputs.map((path) => statSync(path).mtimeMs));
  return newestChange(sources.map((path) => join(folder, path))) <= oldestOutput;
}

/**
 * Time of the newest change under the given paths, in milliseconds since 1970.
 * @param {readonly string[]} paths
 * @returns {number}
 */
export function newestChange(paths) {
  const times = paths.map((path) => {
    const found = statSync(path);
    if (!found.isDirectory()) return found.mtimeMs;
    return newestChange(readdirSync(path).map((name) => join(path, name)));
  });
  return Math.max(0, ...times);
}
