import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';
import { outputOf, say } from './lib/run.mjs';

// npm run fuzz -- [--runs N] [--only name,name] [--seed S] [--jobs J] [--json]: gives every parser of what comes from outside N
// inputs (a million). A fault, a minute without a word, one input that takes two seconds, or a heap that grows fails the run.

const program = join(root, 'dist', 'fuzz.js');
const silenceMs = 60_000;
const slowestMs = 2000;
/** Megabytes; what a heap may be larger after the last tenth of a run than after the first. */
const growthMb = 30;

/** @typedef {{ executions: number, slowestMs: number, heapMb: number, fault?: string }} Progress */
/** @typedef {{ target: string, executions: number, seconds: number, slowestMs: number, growthMb: number, fault: string | null }} Outcome */

/**
 * @param {string} line
 * @returns {Progress}
 */
function progressIn(line) {
  /** @type {unknown} */
  const progress = JSON.parse(line);
  return /** @type {Progress} */ (progress);
}

/**
 * @param {string} target
 * @param {number} runs
 * @param {number} seed
 * @returns {Promise<Outcome>}
 */
async function fuzz(target, runs, seed) {
  const args = ['--expose-gc', program, target, String(runs), String(seed)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const startedAt = Date.now();
  /** @type {Progress[]} */
  const told = [];
  const watch = () => setTimeout(() => child.kill('SIGKILL'), silenceMs);
  let timer = watch();
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(timer);
    told.push(progressIn(line));
    timer = watch();
  }
  clearTimeout(timer);
  const last = told.at(-1) ?? { executions: 0, slowestMs: 0, heapMb: 0 };
  const early = told[Math.floor(told.length / 10)] ?? last;
  const growth = Math.round(last.heapMb - early.heapMb);
  const fault = faultIn(last, { runs, growth, killed: child.signalCode === 'SIGKILL' });
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const { executions } = last;
  return { target, executions, seconds, slowestMs: Math.round(last.slowestMs), growthMb: growth, fault };
}

/**
 * @param {Progress} last
 * @param {{ runs: number, growth: number, killed: boolean }} run
 * @returns {string | null}
 */
function faultIn({ fault, executions, slowestMs: slowest }, { runs, growth, killed }) {
  if (fault !== undefined) return fault;
  if (killed) return `hung in the batch after ${executions} inputs`;
  if (executions < runs) return `ended after ${executions} inputs`;
  if (slowest > slowestMs) return `one input took ${Math.round(slowest)} ms`;
  return growth > growthMb ? `the heap grew by ${growth} MB` : null;
}

/** @param {Outcome} outcome */
function tell({ target, executions, seconds, slowestMs: slowest, growthMb: growth, fault }) {
  say(`${target}: ${executions} inputs in ${seconds} s, slowest ${slowest} ms, heap ${growth} MB more`);
  if (fault !== null) say(`  FAULT: ${fault}`);
}

/** @param {string[]} argv */
async function main(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      runs: { type: 'string', default: '1000000' },
      only: { type: 'string' },
      seed: { type: 'string', default: '1' },
      jobs: { type: 'string', default: '1' },
      json: { type: 'boolean' },
    },
  });
  const [runs, seed, jobs] = [values.runs, values.seed, values.jobs].map(Number);
  if (![runs, seed, jobs].every((number) => Number.isInteger(number) && Number(number) > 0))
    throw new Error('--runs, --seed and --jobs want whole numbers from 1 on.');
  await ensureDependencies();
  await ensureBuilt();
  /** @type {string[]} */
  const names = JSON.parse(outputOf(process.execPath, [program, 'list']) ?? '[]');
  const wanted = values.only?.split(',') ?? names;
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is no target ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  /** @type {Outcome[]} */
  const outcomes = [];
  const queue = [...wanted];
  const work = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const outcome = await fuzz(name, Number(runs), Number(seed));
      outcomes.push(outcome);
      tell(outcome);
    }
  };
  await Promise.all(Array.from({ length: Number(jobs) }, work));
  const executions = outcomes.reduce((sum, each) => sum + each.executions, 0);
  const faults = outcomes.filter(({ fault }) => fault !== null).length;
  say(`${executions} inputs for ${outcomes.length} parsers, ${faults} faults`);
  if (values.json) process.stdout.write(`${JSON.stringify({ executions, faults, targets: outcomes })}\n`);
  return faults === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : 'The fuzzer could not be run.');
  process.exitCode = 1;
}
