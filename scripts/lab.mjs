import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// npm run lab: builds the programs when they are older than their sources, then starts the lab.

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, 'dist', 'lab.js');

/**
 * Time of the newest change in a folder, in milliseconds since 1970.
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/**
 * Runs Node to its end; its terminal is ours. Ctrl-C reaches it by itself, other signals are passed on.
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
function runNode(args) {
  const child = spawn(process.execPath, args, { cwd: process.cwd(), stdio: 'inherit' });
  process.on('SIGINT', () => !process.stdin.isTTY && child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

async function main() {
  if (process.platform !== 'linux') {
    process.stderr.write('lab: the censored network is made of Linux network namespaces and runs on Linux only.\n');
    return 1;
  }
  const sources = ['electron', 'test/lab', 'vite.config.ts', 'package.json'].map((path) => join(root, path));
  if (!existsSync(program) || Math.max(...sources.map(newest)) > statSync(program).mtimeMs) {
    if (!existsSync(join(root, 'node_modules', 'vite'))) {
      process.stderr.write('lab: run "npm ci" first.\n');
      return 1;
    }
    const { createBuilder } = await import('vite');
    const builder = await createBuilder({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' }, null);
    const { programs } = builder.environments;
    if (!programs) throw new Error('vite.config.ts has no programs to build.');
    await builder.build(programs);
  }
  return runNode([program, ...process.argv.slice(2)]);
}

process.exitCode = await main();
