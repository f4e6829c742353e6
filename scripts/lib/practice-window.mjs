import { join } from 'node:path';
import { root } from './root.mjs';
import { run, say } from './run.mjs';
import { labFolder } from './sawt.mjs';

// The inside of `npm run practice`: runs in the client of the practice network, with a profile ready in the list.

const file = join(labFolder(), 'wireguard.conf');
const env = { ...process.env, SAWT_PRACTICE: '1' };
const cli = join(root, 'dist', 'cli.js');
await run(process.execPath, [cli, 'import', file], { env, quiet: true });
say(`A profile stands ready in the list; its file, to import it by yourself, is ${file}`);
process.exitCode = await run(process.execPath, [join(root, 'dist', 'browser.js'), ...process.argv.slice(2)], { env });
