import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { networkState } from './network-state.mjs';
import { root } from './root.mjs';
import { say } from './run.mjs';

// The inside of `npm run practice -- --headless`: runs in the client of the practice network and walks the whole way on
// the command line, as a person would. Prints one document: the check before, the connection, the check after, and
// whether the network is again as it was.

const labFolder = process.env['SAWT_LAB_DIR'];
if (labFolder === undefined)
  throw new Error('This runs inside the practice network only: npm run practice -- --headless');

/** @typedef {Record<string, unknown>} Document */

/**
 * @param {...string} args
 * @returns {Promise<Document>} the command's JSON document; a refused command has one too
 */
function sawt(...args) {
  return new Promise((resolve, reject) => {
    const command = [join(root, 'dist', 'cli.js'), ...args, '--json'];
    execFile(process.execPath, command, { maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) => {
      try {
        /** @type {Document} */
        const document = JSON.parse(stdout);
        resolve(document);
      } catch {
        reject(new Error(`sawt ${args.join(' ')} gave no document: ${stderr}`));
      }
    });
  });
}

const untouched = networkState();
say('Checking the network ...');
const before = await sawt('check');
const { id } = await sawt('import', join(labFolder, 'wireguard.conf'));
say('Connecting ...');
const connect = await sawt('connect', String(id));
say('Checking again, through the tunnel ...');
const { after } = await sawt('recheck');
await sawt('disconnect');
const restored = networkState() === untouched;
process.stdout.write(`${JSON.stringify({ before, connect, after, restored }, null, 2)}\n`);
