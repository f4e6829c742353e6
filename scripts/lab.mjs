import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';
import { run, say } from './lib/run.mjs';

// npm run lab: installs and builds what is missing or stale, then starts the lab.

async function main() {
  if (process.platform !== 'linux') {
    say('lab: the censored network is made of Linux network namespaces and runs on Linux only.');
    return 1;
  }
  await ensureDependencies();
  await ensureBuilt();
  // What it runs in a scenario begins where we were called from.
  return run(process.execPath, [join(root, 'dist', 'lab.js'), ...process.argv.slice(2)], { cwd: process.cwd() });
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? `lab: ${error.message}` : 'lab: it could not be started.');
  process.exitCode = 1;
}
