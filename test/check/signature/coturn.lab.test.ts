import { setMaxListeners } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodeNet } from '../../../electron/check/net/node-net.ts';
import { probeSignature } from '../../../electron/check/probes/signature.ts';
import type { Shape } from '../../../electron/check/packet/signature.ts';
import type { SignatureProbe } from '../../../electron/check/probe.ts';
import { fakeSession } from '../fake-session.ts';
import { shapes } from './shipped.ts';

/** Whether the server that people have, coturn, answers every shape: what it drops would read as filtered. */
const address = '127.0.0.1';
const port = 34780;
let coturn: ChildProcess;
let said = '';
const session = fakeSession(nodeNet);
setMaxListeners(0, session.signal);

const send = (shape: Shape): Promise<SignatureProbe> =>
  probeSignature(session, {
    ...{ service: null, target: address, address, port },
    signal: session.signal,
    role: 'shape',
    shape,
  });

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sawt-coturn-'));
  const options = [
    ...['-n', '--no-tls', '--no-dtls', '--no-cli', '--lt-cred-mech', '--user=some:body', '--realm=relay.example'],
    ...[`--listening-ip=${address}`, `--relay-ip=${address}`, `--listening-port=${port}`, '--log-file=stdout'],
    ...[`--userdb=${join(folder, 'db')}`, `--pidfile=${join(folder, 'pid')}`],
  ];
  coturn = spawn('turnserver', options, { stdio: ['ignore', 'pipe', 'pipe'] });
  coturn.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const binding: Shape = { id: 'binding', message: 'binding', attributes: [] };
  for (let tries = 0; tries < 20; tries += 1) {
    if ((await send(binding)).outcome.kind === 'answered') return;
    await sleep(100);
  }
  throw new Error(`coturn does not answer: ${said.slice(-1000)}`);
});
afterAll(() => coturn.kill('SIGKILL'));

const all = shapes.flatMap(({ exact, variant, twin }) => [exact, ...(variant ? [variant] : []), twin]);

it.each(all)('coturn answers $id', async (shape) => {
  const { outcome } = await send(shape);
  expect(outcome.kind).toBe('answered');
  // Nobody without an account is let in, and nothing of a Binding is refused.
  if (outcome.kind === 'answered' && shape.message === 'allocate')
    expect([400, 401, 420, 437, 438]).toContain(outcome.code);
});
