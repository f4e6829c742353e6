import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages } from './lib/debian-packages.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { findNode24 } from './lib/node-24.mjs';
import { root } from './lib/root.mjs';
import { capture, outputOf, run, say } from './lib/run.mjs';
import { playwrightTally, scenariosTally, sum, vitestTally, withExitCode } from './lib/tally.mjs';

// npm test: installs what is missing, builds, then every test. What cannot run here is named with its reason and counted
// as skipped. The last line is `N passed, N failed, N skipped`; any failure makes the exit code 1.

/** @typedef {import('./lib/tally.mjs').Tally} Tally */

const results = mkdtempSync(join(tmpdir(), 'sawt-tests-'));
const lab = join(root, 'dist', 'lab.js');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
const env = {
  ...process.env,
  // Asking the `electron` package for its binary must never start a download.
  ELECTRON_OVERRIDE_DIST_PATH: join(root, 'no-electron-in-tests'),
  ELECTRON_MIRROR: 'http://127.0.0.1:9/',
  // A log is read without a terminal: thousands of coloured dots would bury what failed.
  ...(!process.stdout.isTTY && { NO_COLOR: '1' }),
};

/**
 * @param {string} name
 * @param {string} reason
 * @returns {Tally}
 */
function skip(name, reason) {
  say(`SKIPPED ${name}: ${reason}`);
  return { passed: 0, failed: 0, skipped: 1 };
}

/**
 * @param {string} name of the part, for its results
 * @param {readonly string[]} before program and arguments that Vitest is run with
 * @param {readonly string[]} projects
 * @returns {Promise<Tally>}
 */
async function runVitest(name, [program = '', ...before], projects) {
  const file = join(results, `${name}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const args = [...before, vitest, 'run', ...projects.flatMap((project) => ['--project', project]), ...reporters];
  const code = await run(program, args, { env });
  const { reasons, ...tally } = vitestTally(file);
  for (const reason of reasons) say(`skipped: ${reason}`);
  return withExitCode(tally, code);
}

/** @returns {Promise<Tally>} */
async function runUnderNode24() {
  const found = await findNode24();
  if ('reason' in found) return skip('unit tests under Node 24', found.reason);
  return runVitest('node-24', [found.node], ['node', 'window']);
}

/** @returns {Promise<Tally>} */
async function runScenarios() {
  const { code, stdout } = await capture(process.execPath, [lab, 'scenarios', '--json'], { env });
  if (code !== 0) say(stdout);
  return withExitCode(scenariosTally(stdout), code);
}

/** @returns {Promise<Tally>} */
async function runPractice() {
  const args = [join(root, 'scripts', 'practice.mjs'), '--headless'];
  const code = await run(process.execPath, args, { env });
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** @returns {Promise<Tally>} */
async function runEndToEnd() {
  const file = join(results, 'e2e.json');
  const args = [lab, 'exec', 'practice', '--', process.execPath, playwright, 'test', '--reporter=line,json'];
  const code = await run(process.execPath, args, { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file } });
  const { reasons, ...tally } = playwrightTally(file);
  for (const reason of reasons) say(`skipped: ${reason}`);
  return withExitCode(tally, code);
}

/**
 * Why the censored network cannot be built here; undefined when it can.
 * @returns {Promise<string | undefined>}
 */
async function whyNoLab() {
  const reason = await ensureDebianPackages();
  if (reason !== undefined) return reason;
  // A whole lab and not only its sandbox: an ordinary user may be refused the tunnel device later on.
  return outputOf(process.execPath, [lab, 'exec', 'S01', '--', 'true']) === undefined
    ? 'the censored network cannot be built by this user here; "npm run lab -- exec S01 -- true" says why'
    : undefined;
}

const inLab = [
  {
    name: 'tests in the lab',
    run: () => runVitest('lab', [process.execPath, lab, 'sandbox', '--', process.execPath], ['lab']),
  },
  { name: 'scenarios', run: runScenarios },
  { name: 'practice journey', run: runPractice },
  { name: 'end-to-end tests', run: runEndToEnd },
];

/** @returns {Promise<Tally>} */
async function main() {
  await ensureDependencies();
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  if ((await run(npm, ['run', '--silent', 'build'], { env })) !== 0) throw new Error('The build failed.');
  const reason = await whyNoLab();
  const tallies = [await runVitest('unit', [process.execPath], ['node', 'window']), await runUnderNode24()];
  for (const part of inLab) {
    say(`\n== ${part.name}`);
    tallies.push(reason === undefined ? await part.run() : skip(part.name, reason));
  }
  return sum(tallies);
}

try {
  const { passed, failed, skipped } = await main();
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : 'The tests could not be run.');
  process.stdout.write('0 passed, 1 failed, 0 skipped\n');
  process.exitCode = 1;
} finally {
  rmSync(results, { recursive: true, force: true });
}
