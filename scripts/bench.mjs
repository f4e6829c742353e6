import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { beside, median, ratio } from './lib/figures.mjs';
import { root } from './lib/root.mjs';
import { capture, say } from './lib/run.mjs';

// npm run bench -- [check|connect|profiles|truth] [--json]: medians over several runs on the practice network, each beside what it
// is measured against in the same run; and how often the check is wrong in thousands of simulated networks.

const rounds = 5;

/** @typedef {Record<string, Record<string, unknown>>} Figures what was measured, by name */

/**
 * Runs a measuring script in the client of one scenario.
 * @param {string} scenario
 * @param {string} script of scripts/lib
 * @param {readonly string[]} args
 * @returns {Promise<Record<string, number[]>>} the document that it prints
 */
async function inside(scenario, script, ...args) {
  const program = [process.execPath, join(root, 'scripts', 'lib', script), ...args];
  const { code, stdout } = await capture(process.execPath, [
    join(root, 'dist', 'lab.js'),
    'exec',
    scenario,
    '--',
    ...program,
  ]);
  if (code !== 0) throw new Error(`The measurement in ${scenario} failed; the reason is above.`);
  /** @type {Record<string, number[]>} */
  const measured = JSON.parse(stdout);
  return measured;
}

/**
 * `totalMs` is the check by its report, `commandMs` the command with the start of the program.
 * @returns {Promise<Figures>}
 */
async function benchCheck() {
  const clean = await inside('rtt-150', 'bench-check.mjs', String(rounds), 'connection');
  // Silence is waited for by fixed times, which need no repeating.
  const dropped = await inside('all-dropped', 'bench-check.mjs', '2', 'lookup');
  const offline = await inside('offline', 'bench-check.mjs', String(rounds), 'start');
  const rttMs = median(clean['baselineMs']);
  return {
    clean: {
      rttMs,
      roundTrips: ratio(median(clean['totalMs']), rttMs),
      ...beside(clean, 'totalMs', 'one TCP handshake', clean['baselineMs']),
    },
    dropped: beside(dropped, 'totalMs', 'one name, looked up until the system gives up', dropped['baselineMs']),
    offline: beside(offline, 'commandMs', 'the start of the program', offline['baselineMs']),
  };
}

/**
 * `commandMs` is the command with the start of the program, which alone takes `startMs`; `totalMs` is the sequence alone.
 * @returns {Promise<Figures>}
 */
async function benchConnect() {
  const measured = await inside('S01', 'bench-connect.mjs', String(rounds));
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
 * Mistakes are told on standard error while it goes on, some minutes long.
 * @returns {Promise<Figures>}
 */
async function benchTruth() {
  const { code, stdout } = await capture(process.execPath, [join(root, 'dist', 'sim.js')]);
  if (code !== 0) throw new Error('The simulation broke off; the reason is above.');
  /** @type {Figures} */
  const measured = JSON.parse(stdout);
  return measured;
}

/**
 * A signed list of 5,000 servers, each time in a fresh program, as a command reads it. `warmMs`: once more in the same one.
 * @returns {Promise<Figures>}
 */
async function benchList() {
  /** @type {Record<string, number[]>} */
  const measured = { totalMs: [], warmMs: [], baselineMs: [] };
  for (let round = 0; round < rounds; round++) {
    const { code, stdout } = await capture(process.execPath, [join(root, 'dist', 'list-bench.js')]);
    if (code !== 0) throw new Error('The list could not be measured; the reason is above.');
    /** @type {Record<string, number>} */
    const once = JSON.parse(stdout);
    for (const [name, values] of Object.entries(measured)) values.push(once[name] ?? Number.NaN);
  }
  const { baselineMs, ...times } = measured;
  return { list: beside(times, 'totalMs', 'the same bytes read as JSON, without a look at them', baselineMs) };
}

/** @type {Record<string, () => Promise<Figures>>} */
const benches = { check: benchCheck, connect: benchConnect, profiles: benchList, truth: benchTruth };

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
  const words = (/** @type {Record<string, unknown>} */ values) =>
    Object.entries(values)
      .filter(([name]) => name !== 'runsMs')
      .map(([name, value]) => `${name} ${String(value)}`)
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
