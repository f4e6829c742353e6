import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { run, say } from './run.mjs';

/** @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }> }} Lock */

/** Installs exactly what package-lock.json names when node_modules differs from it. Throws when npm fails. */
export async function ensureDependencies() {
  if (dependenciesAreCurrent(root)) return;
  say('Installing what Sawt is built with (npm ci) ...');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const code = await run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  if (code !== 0) throw new Error('npm ci failed; the reason is above. With the network back, run this again.');
}

/**
 * Compares what npm says it installed with what the lock wants. Optional packages are for other systems and may be absent.
 * @param {string} folder
 * @returns {boolean}
 */
export function dependenciesAreCurrent(folder) {
  const installed = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  if (!installed || !wanted) return false;
  const sameVersion = Object.entries(installed).every(([path, { version }]) => wanted[path]?.version === version);
  const allThere = Object.entries(wanted).every(
    ([path, { optional, devOptional }]) => path === '' || optional || devOptional || installed[path] !== undefined,
  );
  return sameVersion && allThere;
}

/**
 * @param {string} path
 * @returns {Lock['packages']}
 */
function packagesOf(path) {
  if (!existsSync(path)) return undefined;
  /** @type {Lock} */
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  return lock.packages;
}
