import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { fetchElectronOnce, localElectron } from './lib/electron-binary.mjs';
import { root } from './lib/root.mjs';
import { run, say } from './lib/run.mjs';

// npm start: installs what is missing, builds what is stale, opens the window.

/**
 * Electron's window, where it can open one: it needs a display, and on Linux it does not run as root.
 * @returns {Promise<string | undefined>}
 */
async function usableElectron() {
  if (process.platform === 'linux') {
    const display = Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);
    if (!display || process.getuid?.() === 0) return undefined;
  }
  return localElectron(root, process.env) ?? (await fetchElectronOnce(process.env));
}

async function main() {
  await ensureDependencies();
  await ensureBuilt();
  const electron = await usableElectron();
  return electron === undefined
    ? run(process.execPath, [join(root, 'dist', 'browser.js'), ...process.argv.slice(2)])
    : run(electron, [root, ...process.argv.slice(2)]);
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : 'Sawt could not be started.');
  process.exitCode = 1;
}
