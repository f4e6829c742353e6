import { join } from 'node:path';
import { networkState } from './network-state.mjs';
import { say } from './run.mjs';
import { labFolder, sawt } from './sawt.mjs';

// The inside of `npm run practice -- --headless`: runs in the client of the practice network and walks the whole way on
// the command line, as a person would. Prints one document: the check before, the connection, the check after, and
// whether the network is again as it was.

const untouched = networkState();
say('Checking the network ...');
const before = await sawt('check');
const { id } = await sawt('import', join(labFolder(), 'wireguard.conf'));
say('Connecting ...');
const connect = await sawt('connect', String(id));
say('Checking again, through the tunnel ...');
const { after } = await sawt('recheck');
await sawt('disconnect');
const restored = networkState() === untouched;
process.stdout.write(`${JSON.stringify({ before, connect, after, restored }, null, 2)}\n`);
