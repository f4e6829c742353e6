import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';
import { outputOf, run, say } from './lib/run.mjs';

// npm run practice: the whole journey on the practice network, in which messages pass and calls are blocked. Everything
// happens in namespaces on this computer; not a packet leaves it. `-- --headless` walks the way without a window,
// `-- --headless --json` prints what it saw as one document.

/** @typedef {{ id: string, name: string, messages: { verdict: string }, calls: { verdict: string } }} Service */
/** @typedef {{ services: Service[] }} Report */
/** @typedef {{ before: Report, connect: { state: string, error: { message: string } | null }, after: Report, restored: boolean }} Journey */

const inPracticeNetwork = [join(root, 'dist', 'lab.js'), 'exec', 'practice', '--', process.execPath];
const journey = [...inPracticeNetwork, join(root, 'scripts', 'lib', 'practice-journey.mjs')];
const practiceWindow = [...inPracticeNetwork, join(root, 'scripts', 'lib', 'practice-window.mjs')];

/**
 * The journey in words, one line a service.
 * @param {Journey} journey
 * @returns {string}
 */
function inWords({ before, connect, after, restored }) {
  const later = new Map(after.services.map(({ id, calls }) => [id, calls.verdict]));
  const rows = before.services.map(
    ({ id, name, messages, calls }) =>
      `${name.padEnd(20)} messages ${messages.verdict.padEnd(13)} calls ${calls.verdict} -> ${later.get(id) ?? 'not-run'}`,
  );
  const connection = connect.error ? `${connect.state}: ${connect.error.message}` : connect.state;
  return [...rows, `Connection: ${connection}`, `Network put back: ${restored ? 'yes' : 'no'}`].join('\n');
}

/** @param {readonly string[]} args */
async function main(args) {
  if (process.platform !== 'linux')
    throw new Error('The practice network is made of Linux network namespaces and runs on Linux only.');
  await ensureDependencies();
  await ensureBuilt();
  if (!args.includes('--headless')) return run(process.execPath, [...practiceWindow, ...args]);
  if (args.includes('--json')) return run(process.execPath, journey);
  const document = outputOf(process.execPath, journey);
  if (document === undefined) throw new Error('The practice network did not start; "npm run lab -- list" says more.');
  /** @type {Journey} */
  const seen = JSON.parse(document);
  process.stdout.write(`${inWords(seen)}\n`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : 'The practice network could not be started.');
  process.exitCode = 1;
}
