import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { loadCatalogue } from '../electron/check/load-catalogue.ts';
import type { Report } from '../electron/check/report.ts';
import { followSchedule } from './check-bench/ooni-schedule.ts';
import { idlePeakMb, runCheck } from './check-bench/run-check.ts';
import { measureWire } from './check-bench/wire.ts';

// Inside the lab's client: node dist/check-bench.js check ROUNDS | schedule. Prints one JSON document.

const device = 'eth0';

/** One TCP handshake, that is one round trip, with a server that the check has reached. */
async function roundTrip({ probes }: Report): Promise<number> {
  const reached = probes.find(({ kind, outcome, address }) => kind === 'tcp' && outcome === 'ok' && address !== null);
  if (!reached) return Number.NaN;
  const from = performance.now();
  const socket = connect({ host: reached.address ?? '', port: reached.port ?? 0 });
  await once(socket, 'connect');
  socket.destroy();
  return Math.round(performance.now() - from);
}

async function measureChecks(rounds: number): Promise<unknown> {
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    const { result, wire } = await measureWire(device, () => runCheck());
    const { report, ...times } = result;
    runs.push({ ...times, rttMs: await roundTrip(report), wire });
  }
  return { idleMb: await idlePeakMb(), runs };
}

const [what, rounds = '1'] = process.argv.slice(2);
const { catalogue } = await loadCatalogue({
  folder: join(process.cwd(), 'resources', 'catalogue'),
  releaseKeys: [],
  now: new Date(),
});
const measured = what === 'schedule' ? await followSchedule(catalogue) : await measureChecks(Number(rounds));
process.stdout.write(`${JSON.stringify(measured)}\n`);
