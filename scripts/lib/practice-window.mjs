import { join } from 'node:path';
import { root } from './root.mjs';
import { run, say } from './run.mjs';

// The inside of `npm run practice`: runs in the client of the practice network, with a profile ready in the list.

const labFolder = process.env['SAWT_LAB_DIR'];
if (labFolder === undefined) throw new Error('This runs inside the practice network only: npm run practice');

const env = { ...process.env, SAWT_PRACTICE: '1' };
const cli = join(root, 'dist', 'cli.js');
await run(process.execPath, [cli, 'import', join(labFolder, 'wireguard.conf')], { env, quiet: true });
say(`A profile stands ready in the list; its file, to import it by yourself, is ${join(labFolder, 'wireguard.conf')}`);
process.exitCode = await run(process.execPath, [join(root, 'dist', 'browser.js'), ...process.argv.slice(2)], { env });
