import { execFile } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { outputOf } from './run.mjs';
import { cli, labFolder, sawt } from './sawt.mjs';
import { timed } from './timed.mjs';

// Inside the lab: how long connecting takes until traffic has come back, and disconnecting; beside stock wg-quick with the
// same profile in the same network. Argument: the number of rounds.

const profile = join(labFolder(), 'wireguard.conf');
const text = readFileSync(profile, 'utf8');
const resolver = /^DNS = ([\d.]+)/m.exec(text)?.[1] ?? '';
const stock = join(labFolder(), 'stock.conf');
// wg-quick leaves names to a resolvconf(8), which the lab has not.
writeFileSync(stock, text.replace(/^DNS = .*\n/m, ''), { mode: 0o600 });

/**
 * Throws with what it said when it fails.
 * @param {'up' | 'down'} action
 */
const wgQuick = (action) => promisify(execFile)('wg-quick', [action, stock]);

/** Until one question has been answered through the tunnel, whatever the answer. */
async function untilAnswered() {
  for (let tries = 0; tries < 100; tries++) {
    const asked = new Resolver({ timeout: 100, tries: 1 });
    asked.setServers([resolver]);
    const answered = await asked.resolve4('example.org').then(
      () => true,
      (/** @type {unknown} */ error) => !/ETIMEOUT|ECONNREFUSED/.test(String(error)),
    );
    if (answered) return;
    await delay(5);
  }
  throw new Error('nothing came back through the tunnel of wg-quick');
}

/** @param {string} wanted */
async function mustBe(wanted) {
  const { state } = await sawt('status');
  if (state !== wanted) throw new Error(`the connection is ${String(state)}, not ${wanted}: nothing to measure`);
}

const { id } = await sawt('import', profile);
/** @type {Record<'startMs' | 'connectMs' | 'insideMs' | 'disconnectMs' | 'upMs' | 'answeredMs' | 'downMs', number[]>} */
const measured = { startMs: [], connectMs: [], insideMs: [], disconnectMs: [], upMs: [], answeredMs: [], downMs: [] };
for (let round = 0; round < Number(process.argv[2]); round++) {
  measured.startMs.push((await timed(() => outputOf(process.execPath, [cli, '--version']))).ms);
  const connected = await timed(() => sawt('connect', String(id), '--no-recheck'));
  measured.connectMs.push(connected.ms);
  measured.insideMs.push(Number(connected.result['durationMs']));
  await mustBe('connected');
  measured.disconnectMs.push((await timed(() => sawt('disconnect'))).ms);
  await mustBe('disconnected');
  const up = (await timed(() => wgQuick('up'))).ms;
  measured.upMs.push(up);
  measured.answeredMs.push(up + (await timed(untilAnswered)).ms);
  measured.downMs.push((await timed(() => wgQuick('down'))).ms);
}
process.stdout.write(JSON.stringify(measured));
