import { connect } from 'node:net';
import { once } from 'node:events';
import { outputOf } from './run.mjs';
import { cli, sawt } from './sawt.mjs';
import { timed } from './timed.mjs';

// Inside the lab: how long a check takes, by its own report and as a command, and how long its baseline takes in the same
// network. Arguments: the number of rounds, the baseline.

/** @typedef {{ kind: string, outcome: string, address: string | null, port: number | null }} Probe */

/**
 * What every program on a network does, to see the check beside it.
 * @type {Record<string, (probes: readonly Probe[]) => unknown>}
 */
const baselines = {
  /** One TCP handshake, that is one round trip, with a server that the check has reached. */
  connection: async (probes) => {
    const reached = probes.find(({ kind, outcome, address }) => kind === 'tcp' && outcome === 'ok' && address !== null);
    if (!reached) throw new Error('the check reached no server to measure a round trip with');
    const socket = connect({ host: String(reached.address), port: Number(reached.port) });
    await once(socket, 'connect');
    socket.destroy();
  },
  /** One name, which the system looks up until it gives up. */
  lookup: () => outputOf('getent', ['ahosts', 'example.org']),
  /** The program without any work. */
  start: () => outputOf(process.execPath, [cli, '--version']),
};

const [rounds, name = ''] = process.argv.slice(2);
const baseline = baselines[name];
if (!baseline) throw new Error(`there is no baseline called ${name}`);
/** @type {{ totalMs: number[], commandMs: number[], baselineMs: number[] }} */
const measured = { totalMs: [], commandMs: [], baselineMs: [] };
for (let round = 0; round < Number(rounds); round++) {
  const { result: report, ms } = await timed(() => sawt('check'));
  measured.commandMs.push(ms);
  measured.totalMs.push(Number(report['durationMs']));
  measured.baselineMs.push((await timed(() => baseline(/** @type {Probe[]} */ (report['probes'])))).ms);
}
process.stdout.write(JSON.stringify(measured));
