import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { brokenPromises, inWords } from './lib/journey.mjs';
import { root } from './lib/root.mjs';
import { capture, run, say } from './lib/run.mjs';

// npm run practice: the whole journey on the practice network, in which messages pass and calls are blocked. Everything
// happens in namespaces on this computer; not a packet leaves it. `-- --headless` walks the way without a window,
// `-- --headless --json` prints what it saw as one document.

const inPracticeNetwork = [join(root, 'dist', 'lab.js'), 'exec', 'practice', '--', process.execPath];
const inside = (/** @type {string} */ name) => [...inPracticeNetwork, join(root, 'scripts', 'lib', name)];

/** @param {boolean} json */
async function walk(json) {
  const { code, stdout } = await capture(process.execPath, inside('practice-journey.mjs'));
  if (code !== 0 || stdout === '') return code || 1; // the reason has been said on standard error
  /** @type {import('./lib/journey.mjs').Journey} */
  const journey = JSON.parse(stdout);
  process.stdout.write(json ? stdout : `${inWords(journey)}\n`);
  const broken = brokenPromises(journey);
  for (const sentence of broken) say(sentence);
  return broken.length === 0 ? 0 : 1;
}

/** @param {readonly string[]} args */
async function main(args) {
  if (process.platform !== 'linux')
    throw new Error('The practice network is made of Linux network namespaces and runs on Linux only.');
  await ensureDependencies();
  await ensureBuilt();
  if (args.includes('--headless')) return walk(args.includes('--json'));
  return run(process.execPath, [...inside('practice-window.mjs'), ...args]);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : 'The practice network could not be started.');
  process.exitCode = 1;
}
