import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { beside, median } from './lib/figures.mjs';
import { root } from './lib/root.mjs';
import { capture, say } from './lib/run.mjs';

// npm run bench -- [check|connect|profiles|truth] [--json]: medians over several runs on the practice network, each beside what it
// is measured against in the same run; and how often the check is wrong in thousands of simulated networks.

const rounds = 5;

/** @typedef {Record<string, Record<string, unknown> | number>} Figures what was measured, by name */

/**
 * Runs a measuring program in the client of one scenario.
 * @param {string} scenario
 * @param {readonly string[]} program file of it, and arguments
 * @returns {Promise<unknown>} the document that it prints
 */
async function inside(scenario, program) {
  const lab = [join(root, 'dist', 'lab.js'), 'exec', scenario, '--', process.execPath];
  const { code, stdout } = await capture(process.execPath, [...lab, ...program]);
  if (code !== 0) throw new Error(`The measurement in ${scenario} failed; the reason is above.`);
  /** @type {unknown} */
  const document = JSON.parse(stdout);
  return document;
}

/**
 * @typedef {{ kB: number, packets: number, halfOpenMax: number, sockets: number }} Wire
 * @typedef {{ firstRowMs: number, verdictMs: number, totalMs: number, peakMb: number, rttMs: number, wire: Wire }} CheckRun
 */

/**
 * All services, as a command. `baseline` is the time that OONI Probe's schedule takes for the four messengers that it has
 * tests for, in the same networks; where everything is dropped, that is some minutes. `wire` and `memoryMb` are the most
 * of all runs; the latter is what a check adds to a command that makes none.
 * @returns {Promise<Figures>}
 */
async function benchCheck() {
  const program = join(root, 'dist', 'check-bench.js');
  /** @typedef {{ idleMb: number, runs: CheckRun[] }} Measured */
  const clean = /** @type {Measured} */ (await inside('rtt-150', [program, 'check', String(rounds)]));
  // Silence is waited for by fixed times, which need no repeating.
  const dropped = /** @type {Measured} */ (await inside('all-dropped', [program, 'check', '2']));
  const cleanMs = /** @type {number} */ (await inside('rtt-150', [program, 'schedule']));
  const droppedMs = /** @type {number} */ (await inside('all-dropped', [program, 'schedule']));
  const all = [...clean.runs, ...dropped.runs];
  const of = (/** @type {'rttMs' | 'firstRowMs' | 'verdictMs' | 'totalMs'} */ name) =>
    median(clean.runs.map((run) => run[name]));
  const most = (/** @type {keyof Wire} */ name) => Math.max(...all.map(({ wire }) => wire[name]));
  return {
    clean: { rttMs: of('rttMs'), firstRowMs: of('firstRowMs'), verdictMs: of('verdictMs'), totalMs: of('totalMs') },
    dropped: { totalMs: median(dropped.runs.map(({ totalMs }) => totalMs)) },
    baseline: { cleanMs, droppedMs },
    wire: { kB: most('kB'), packets: most('packets'), halfOpenMax: most('halfOpenMax'), sockets: most('sockets') },
    memoryMb: Math.max(...all.map(({ peakMb }) => peakMb)) - clean.idleMb,
  };
}

/**
 * `commandMs` is the command with the start of the program, which alone takes `startMs`; `totalMs` is the sequence alone.
 * @returns {Promise<Figures>}
 */
async function benchConnect() {
  const program = join(root, 'scripts', 'lib', 'bench-connect.mjs');
  const measured = /** @type {Record<string, number[]>} */ (await inside('S01', [program, String(rounds)]));
  const { startMs, connectMs, insideMs, disconnectMs, upMs, answeredMs, downMs } = measured;
  return {
    connect: {
      ...beside(
        { commandMs: connectMs, startMs, totalMs: insideMs },
        'totalMs',
        'wg-quick up and a first answer',
        answeredMs,
      ),
      wgQuickUpMs: median(upMs),
    },
    disconnect: beside({ commandMs: disconnectMs, startMs }, 'commandMs', 'wg-quick down', downMs),
  };
}

/**
 * Thousands of checks in simulated networks, and a hundred real ones in open networks of the lab (`lab`). Mistakes are told
 * on standard error while it goes on, some minutes long.
 * @returns {Promise<Figures>}
 */
async function benchTruth() {
  const { code, stdout } = await capture(process.execPath, [join(root, 'dist', 'sim.js')]);
  if (code !== 0) throw new Error('The simulation broke off; the reason is above.');
  /** @type {Figures} */
  const measured = JSON.parse(stdout);
  const real = await capture(process.execPath, [join(root, 'dist', 'lab.js'), 'open-runs', '--runs', '100', '--json']);
  return { ...measured, lab: JSON.parse(real.stdout) };
}

/**
 * Runs a built program several times, each time afresh, as a command runs.
 * @param {string} name
 * @returns {Promise<Record<string, number[]>>} the figures that it prints, by name
 */
async function repeated(name) {
  /** @type {Record<string, number[]>} */
  const measured = {};
  for (let round = 0; round < rounds; round++) {
    const { code, stdout } = await capture(process.execPath, [join(root, 'dist', `${name}.js`)]);
    if (code !== 0) throw new Error(`${name} could not measure; the reason is above.`);
    /** @type {Record<string, number>} */
    const once = JSON.parse(stdout);
    for (const [figure, value] of Object.entries(once)) (measured[figure] ??= []).push(value);
  }
  return measured;
}

/**
 * A signed list of 5,000 servers (`warmMs`: once more in the same program), and a zip of a thousand profiles that is imported
 * into an empty store (`startMs` is the start of the program, which is left out of `totalMs`).
 * @returns {Promise<Figures>}
 */
async function benchProfiles() {
  const { baselineMs, ...list } = await repeated('list-bench');
  const { startMs, ...zip } = await repeated('import-bench');
  return {
    list: beside(list, 'totalMs', 'the same bytes read as JSON, without a look at them', baselineMs),
    import: beside(zip, 'totalMs', 'the start of the program', startMs),
  };
}

/** @type {Record<string, () => Promise<Figures>>} */
const benches = { check: benchCheck, connect: benchConnect, profiles: benchProfiles, truth: benchTruth };

/** @param {readonly string[]} args */
async function main(args) {
  const asked = args.filter((each) => !each.startsWith('--'));
  const unknown = asked.find((each) => !(each in benches));
  if (unknown !== undefined)
    throw new Error(`There is no benchmark called ${unknown}; there are: ${Object.keys(benches).join(', ')}.`);
  await ensureDependencies();
  await ensureBuilt();
  const chosen = Object.entries(benches).filter(([name]) => asked.length === 0 || asked.includes(name));
  /** @type {Record<string, Figures>} */
  const documents = {};
  for (const [name, bench] of chosen) documents[name] = await bench();
  process.stdout.write(args.includes('--json') ? inJson(documents) : inLines(documents));
}

/**
 * One benchmark prints its figures, several print them by name.
 * @param {Record<string, Figures>} documents
 * @returns {string}
 */
function inJson(documents) {
  const [only, ...more] = Object.values(documents);
  return `${JSON.stringify(more.length === 0 ? only : documents, null, 2)}\n`;
}

/**
 * @param {Record<string, Figures>} documents
 * @returns {string}
 */
function inLines(documents) {
  const words = (/** @type {Record<string, unknown> | number} */ values) =>
    Object.entries(typeof values === 'number' ? { most: values } : values)
      .filter(([name]) => name !== 'runsMs')
      .map(([name, value]) => `${name} ${typeof value === 'number' ? value : JSON.stringify(value)}`)
      .join(', ');
  return Object.entries(documents)
    .flatMap(([name, figures]) =>
      Object.entries(figures).map(([what, values]) => `${name}, ${what}: ${words(values)}\n`),
    )
    .join('');
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : 'The benchmark could not be run.');
  process.exitCode = 1;
}
