import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { labFolder, sawt } from './sawt.mjs';

// Inside the lab: how long a connection takes from the command to proved traffic, and how long a command takes anyway.

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start);
}

const { id } = await sawt('import', join(labFolder(), 'wireguard.conf'));
const connectMs = [];
const plainMs = [];
for (let round = 0; round < Number(process.argv[2]); round++) {
  plainMs.push(await timed(() => sawt('status')));
  connectMs.push(await timed(() => sawt('connect', String(id), '--no-recheck')));
  const { state } = await sawt('status');
  if (state !== 'connected') throw new Error(`no connection to measure: ${String(state)}`);
  await sawt('disconnect');
}
process.stdout.write(JSON.stringify({ connectMs, plainMs }));
