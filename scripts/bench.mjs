import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';
import { capture, say } from './lib/run.mjs';

// npm run bench -- [check|connect] [--json]: medians over several runs on the practice network, each beside what it is
// measured against in the same run.

const rounds = 5;
/** Round-trip time of the lab's slow line, in milliseconds. */
const rttMs = 150;

/** @typedef {{ name: string, medianMs: number, baseline: string, baselineMs: number, ratio: number, runsMs: number[] }} Row */

/**
 * @param {readonly number[]} values
 * @returns {number}
 */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * @param {string} name
 * @param {readonly number[]} runsMs
 * @param {string} baseline
 * @param {number} baselineMs
 * @returns {Row}
 */
function row(name, runsMs, baseline, baselineMs) {
  const medianMs = median(runsMs);
  return {
    name,
    medianMs,
    baseline,
    baselineMs,
    ratio: Number((medianMs / baselineMs).toFixed(2)),
    runsMs: [...runsMs],
  };
}

/**
 * Runs a measuring script in the client of one scenario.
 * @param {string} scenario
 * @param {string} script of scripts/lib
 * @returns {Promise<{ durationsMs?: number[], connectMs?: number[], plainMs?: number[] }>} the document that it prints
 */
async function inside(scenario, script) {
  const program = join(root, 'scripts', 'lib', script);
  const args = [join(root, 'dist', 'lab.js'), 'exec', scenario, '--', process.execPath, program, String(rounds)];
  const { code, stdout } = await capture(process.execPath, args);
  if (code !== 0) throw new Error(`The measurement in ${scenario} failed; the reason is above.`);
  /** @type {{ durationsMs?: number[], connectMs?: number[], plainMs?: number[] }} */
  const measured = JSON.parse(stdout);
  return measured;
}

/** @returns {Promise<Row[]>} */
async function benchCheck() {
  const clean = await inside('rtt-150', 'bench-check.mjs');
  const dropped = await inside('all-dropped', 'bench-check.mjs');
  return [
    row('clean check at 150 ms', clean.durationsMs ?? [], 'one round trip', rttMs),
    row('check with everything dropped', dropped.durationsMs ?? [], 'limit of 8 s', 8000),
  ];
}

/** @returns {Promise<Row[]>} */
async function benchConnect() {
  const { connectMs = [], plainMs = [] } = await inside('S01', 'bench-connect.mjs');
  return [row('connect without re-check', connectMs, 'status, with nothing to do', median(plainMs))];
}

const benches = { check: benchCheck, connect: benchConnect };

/** @param {readonly string[]} args */
async function main(args) {
  const names = args.filter((each) => !each.startsWith('--'));
  const unknown = names.find((each) => !(each in benches));
  if (unknown !== undefined)
    throw new Error(`There is no benchmark called ${unknown}; there are: ${Object.keys(benches).join(', ')}.`);
  await ensureDependencies();
  await ensureBuilt();
  /** @type {Row[]} */
  const rows = [];
  for (const [name, bench] of Object.entries(benches))
    if (names.length === 0 || names.includes(name)) rows.push(...(await bench()));
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else
    for (const { name, medianMs, baseline, baselineMs, ratio } of rows)
      process.stdout.write(`${name}: ${medianMs} ms, ${ratio} times ${baseline} (${baselineMs} ms)\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : 'The benchmark could not be run.');
  process.exitCode = 1;
}
