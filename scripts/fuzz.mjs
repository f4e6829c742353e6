import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';
import { outputOf, say } from './lib/run.mjs';

// npm run fuzz -- [--runs N] [--only name,name] [--seed S] [--jobs J] [--json]: gives every parser of what comes from outside N
// inputs (a million), in J processes (as many as there are processors). The inputs depend on the seed alone. A fault, a minute without a word, one input that takes two seconds, or a heap that grows fails the run.

const program = join(root, 'dist', 'fuzz.js');
const silenceMs = 60_000;
const slowestMs = 2000;
/** Inputs of one process: small enough that all processors have work to the end, long enough to see a heap grow. */
const partRuns = 250_000;
/** Inputs between two seeds that follow each other, as in test/fuzz/main.ts. */
const batchSize = 1000;
/** Megabytes; what a heap may be larger after the last tenth of a run than after the first. */
const growthMb = 30;

/** @typedef {{ executions: number, slowestMs: number, busyMs: number, heapMb: number | null, fault?: string }} Progress */
/** @typedef {{ target: string, runs: number, seed: number }} Part */
/** `seconds` and `perSecond`: of processor time, of all its processes together. @typedef {{ target: string, executions: number, seconds: number, perSecond: number, slowestMs: number, growthMb: number, fault: string | null }} Outcome */

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
 * @param {Part} part
 * @returns {Promise<Outcome>}
 */
async function fuzz({ target, runs, seed }) {
  const args = ['--expose-gc', program, target, String(runs), String(seed)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
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
  const last = told.at(-1) ?? { executions: 0, slowestMs: 0, busyMs: 0, heapMb: null };
  const heaps = told.flatMap(({ heapMb }) => heapMb ?? []);
  const growth = Math.round((heaps.at(-1) ?? 0) - (heaps[Math.floor(heaps.length / 10)] ?? 0));
  const fault = faultIn(last, { runs, growth, killed: child.signalCode === 'SIGKILL' });
  const { executions } = last;
  const seconds = last.busyMs / 1000;
  return { target, executions, seconds, perSecond: 0, slowestMs: Math.round(last.slowestMs), growthMb: growth, fault };
}

/**
 * What the parts of one target come to: the worst of each.
 * @param {readonly Outcome[]} parts
 * @returns {Outcome}
 */
function together(parts) {
  const sum = (/** @type {(part: Outcome) => number} */ of) => parts.reduce((total, part) => total + of(part), 0);
  const executions = sum((part) => part.executions);
  const seconds = sum((part) => part.seconds);
  return {
    target: parts[0]?.target ?? '',
    executions,
    seconds: Math.round(seconds),
    perSecond: Math.round(executions / Math.max(seconds, 0.001)),
    slowestMs: Math.max(...parts.map((part) => part.slowestMs)),
    growthMb: Math.max(...parts.map((part) => part.growthMb)),
    fault: parts.find(({ fault }) => fault !== null)?.fault ?? null,
  };
}

/**
 * @param {string} target
 * @param {number} runs
 * @param {number} seed
 * @returns {Part[]}
 */
function partsOf(target, runs, seed) {
  return Array.from({ length: Math.ceil(runs / partRuns) }, (_, index) => ({
    target,
    runs: Math.min(partRuns, runs - index * partRuns),
    seed: seed + (index * partRuns) / batchSize,
  }));
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
function tell({ target, executions, seconds, perSecond, slowestMs: slowest, growthMb: growth, fault }) {
  const pace = `${executions} inputs in ${seconds} s, ${perSecond} a second`;
  say(`${target}: ${pace}, slowest ${slowest} ms, heap ${growth} MB more`);
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
      jobs: { type: 'string', default: String(availableParallelism()) },
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
  const plans = wanted.map((name) => ({
    left: 0,
    done: /** @type {Outcome[]} */ ([]),
    parts: partsOf(name, Number(runs), Number(seed)),
  }));
  for (const plan of plans) plan.left = plan.parts.length;
  const queue = plans.flatMap((plan) => plan.parts.map((part) => ({ plan, part })));
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { plan, part } = next;
      plan.done.push(await fuzz(part));
      plan.left -= 1;
      if (plan.left > 0) continue;
      const outcome = together(plan.done);
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
