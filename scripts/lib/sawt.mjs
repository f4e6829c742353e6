import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.mjs';

/** @typedef {Record<string, unknown>} Document */

/** The built command line. */
export const cli = join(root, 'dist', 'cli.js');

/**
 * Runs one command of the command line with `--json`.
 * @param {...string} args
 * @returns {Promise<Document>} its document; a refused command has one too
 */
export function sawt(...args) {
  return new Promise((resolve, reject) => {
    const command = [cli, ...args, '--json'];
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

/**
 * Folder with the profiles of the network that this runs in. Throws outside of it.
 * @returns {string}
 */
export function labFolder() {
  const folder = process.env['SAWT_LAB_DIR'];
  if (folder === undefined) throw new Error('This runs inside the practice network only: npm run practice');
  return folder;
}
