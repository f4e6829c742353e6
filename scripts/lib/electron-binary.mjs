import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './root.mjs';
import { run, say } from './run.mjs';

const reachableMs = 5_000;
const downloadMs = 10 * 60_000;

/**
 * Electron's program, looked up on the disk only: asking the `electron` package for it would start a download.
 * @param {string} folder the repository
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function localElectron(folder, env) {
  const packageFolder = join(folder, 'node_modules', 'electron');
  const pathFile = join(packageFolder, 'path.txt');
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const program = override
    ? join(override, 'electron')
    : existsSync(pathFile)
      ? join(packageFolder, 'dist', readFileSync(pathFile, 'utf8'))
      : undefined;
  return program !== undefined && isProgram(program) ? program : undefined;
}

/**
 * Fetches Electron, once ever for each of its versions: whether it works or not, it is not tried again. Nothing is tried
 * where a binary of one's own is named, or where its source cannot be reached at once.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} its program, when the download worked
 */
export async function fetchElectronOnce(env) {
  const marker = markerPath(env);
  if (env['ELECTRON_OVERRIDE_DIST_PATH'] || existsSync(marker)) return undefined;
  mkdirSync(join(marker, '..'), { recursive: true });
  writeFileSync(marker, 'Sawt has tried to fetch Electron and will not try again by itself.\n');
  if (!(await isReachable(env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/')))
    return undefined;
  say('Fetching Electron, about 120 MB, this once (Ctrl-C skips it) ...');
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  await run(process.execPath, [installer], { env, quiet: true, timeoutMs: downloadMs });
  return localElectron(root, env);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
function markerPath(env) {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'));
  const cache = env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'sawt', `electron-${version}-tried`);
}

/**
 * @param {string} url
 * @returns {Promise<boolean>}
 */
async function isReachable(url) {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(reachableMs) });
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} path
 * @returns {boolean}
 */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
