import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './root.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] folder to run in; default: the repository's
 * @property {NodeJS.ProcessEnv} [env] whole environment; default: ours
 * @property {boolean} [quiet] standard output goes to standard error, so that ours stays free for one document
 * @property {number} [timeoutMs]
 */

/**
 * Runs a program to its end on our terminal. Signals that reach us alone are passed on.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} exit code, as a shell would give it; 127 when the program cannot be started
 */
export function run(program, args, { cwd = root, env = process.env, quiet = false, timeoutMs } = {}) {
  const child = spawn(program, args, { cwd, env, stdio: ['inherit', quiet ? 2 : 'inherit', 'inherit'] });
  return whenEnded(child, timeoutMs);
}

/**
 * The same, with its standard output collected.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, stdout: string }>}
 */
export async function capture(program, args, { cwd = root, env = process.env, timeoutMs } = {}) {
  const child = spawn(program, args, { cwd, env, stdio: ['inherit', 'pipe', 'inherit'] });
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
  const code = await whenEnded(child, timeoutMs);
  return { code, stdout: Buffer.concat(chunks).toString('utf8') };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number | undefined} timeoutMs
 * @returns {Promise<number>}
 */
function whenEnded(child, timeoutMs) {
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const passOn = (/** @type {NodeJS.Signals} */ signal) => {
    // From a terminal, Ctrl-C has reached the child already.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  process.on('SIGINT', passOn);
  process.on('SIGTERM', passOn);
  return new Promise((resolve) => {
    const end = (/** @type {number} */ code) => {
      clearTimeout(timer);
      process.off('SIGINT', passOn);
      process.off('SIGTERM', passOn);
      resolve(code);
    };
    child.once('error', () => end(127));
    // After its output has come through, not only after its end.
    child.once('close', (code, signal) => end(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/**
 * Runs a short program and gives its standard output; undefined when it is missing or fails.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {string | undefined}
 */
export function outputOf(program, args) {
  const { status, stdout } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : undefined;
}

/** @param {string} text said to people; standard output is left to results */
export function say(text) {
  process.stderr.write(`${text}\n`);
}
