import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The real wg(8) and wg-quick(8), used as judges. They run in a network namespace without any interface. */

/** @returns {string | undefined} Undefined where the tools, or the right to make a namespace, are missing. */
export function wgVersion() {
  const { status, stdout } = spawnSync('unshare', ['-rn', 'wg', '--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim().replace(/ - .*/, '') : undefined;
}

/**
 * @param {Uint8Array} bytes
 * @returns {Buffer | undefined} Undefined: wg-quick gave up.
 */
export function stripByWgQuick(bytes) {
  return withFile(bytes, (path) => {
    const { status, stdout } = spawnSync('unshare', ['-rn', 'wg-quick', 'strip', path]);
    return status === 0 ? stdout : undefined;
  });
}

/**
 * Many at once, because starting a namespace for each takes longer than the work in it.
 * @param {readonly Uint8Array[]} inputs
 * @returns {(Buffer | undefined)[]}
 */
export function stripManyByWgQuick(inputs) {
  const folder = mkdtempSync(join(tmpdir(), 'sawt-wg-'));
  const at = (/** @type {number} */ index, /** @type {string} */ ending) => join(folder, `f${index}${ending}`);
  try {
    for (const [index, bytes] of inputs.entries()) writeFileSync(at(index, '.conf'), bytes, { mode: 0o600 });
    const each = 'for f in *.conf; do wg-quick strip "$PWD/$f" >"$f.out" 2>/dev/null || rm "$f.out"; done';
    const { status } = spawnSync('unshare', ['-rn', 'sh', '-c', each], { cwd: folder });
    if (status !== 0) throw new Error('The files could not be given to wg-quick.');
    return inputs.map((_, index) =>
      existsSync(at(index, '.conf.out')) ? readFileSync(at(index, '.conf.out')) : undefined,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * wg reads a whole file before it looks for the device, and there is none.
 * @param {Uint8Array} bytes
 * @returns {boolean}
 */
export function refusedByWg(bytes) {
  return withFile(bytes, (path) => {
    const { stderr } = spawnSync('unshare', ['-rn', 'wg', 'setconf', 'sawtnone', path], {
      encoding: 'utf8',
      env: { ...process.env, WG_ENDPOINT_RESOLUTION_RETRIES: '0' },
    });
    if (stderr.includes('Unable to modify interface')) return false;
    if (/Configuration parsing error|missing a public key/.test(stderr)) return true;
    throw new Error(`wg said something new: ${stderr}`);
  });
}

/**
 * @template T
 * @param {Uint8Array} bytes
 * @param {(path: string) => T} use
 * @returns {T}
 */
function withFile(bytes, use) {
  const folder = mkdtempSync(join(tmpdir(), 'sawt-wg-'));
  try {
    const path = join(folder, 'sawt0.conf');
    writeFileSync(path, bytes, { mode: 0o600 });
    return use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
