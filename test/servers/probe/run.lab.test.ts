import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicKeyOf } from '../../../electron/check/packet/wireguard-noise.ts';
import type { Candidate } from '../../../electron/servers/probe/candidates.ts';
import { nodeNet } from '../../../electron/servers/probe/node-net.ts';
import { rankServers } from '../../../electron/servers/probe/rank.ts';
import { judgeRotation } from '../../../electron/servers/probe/rotation.ts';
import { probeServers } from '../../../electron/servers/probe/run.ts';
import { bringLoopbackUp, startWireGuard, whyNoRealServers, type Running } from './real-servers.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const why = whyNoRealServers();
const options = { liveKeys: new Set<string>() };

describe.skipIf(why !== undefined)(`probing many real servers${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  const client = nodeNet.randomBytes(32);
  const running: Running[] = [];
  const mute: Socket[] = [];
  const answering: Candidate[] = [];
  const silent: Candidate[] = [];

  const candidate = (port: number, serverKey: Uint8Array): Candidate => ({
    id: `port ${port}`,
    server: `server ${port}`,
    network: `network ${port}`,
    address: '127.0.0.1',
    port,
    method: { kind: 'wireguard', privateKey: base64(client), serverPublicKey: base64(publicKeyOf(serverKey)) },
  });

  beforeAll(async () => {
    bringLoopbackUp();
    for (let port = 52001; port <= 52010; port++) {
      const key = nodeNet.randomBytes(32);
      const peers = [{ publicKey: base64(publicKeyOf(client)), allowedIps: '10.9.0.2/32' }];
      running.push(await startWireGuard({ name: `sawt${port}`, port, privateKey: base64(key), peers }));
      answering.push(candidate(port, key));
    }
    for (let port = 53001; port <= 53010; port++) {
      const socket = createSocket('udp4');
      await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
      mute.push(socket);
      silent.push(candidate(port, nodeNet.randomBytes(32)));
    }
  }, 30_000);
  afterAll(async () => {
    for (const socket of mute) socket.close();
    await Promise.all(running.map((server) => server.stop()));
  });

  it('ten that answer are all measured', async () => {
    const startMs = performance.now();
    const { results } = await probeServers(answering, { ...options, goodEnough: 10 });
    console.log(`ten answering servers: ${Math.round(performance.now() - startMs)} ms`);
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(answering.map(() => 'answered'));
    expect(rankServers(results)[0]).toMatchObject({ standing: 'usable', reason: 'best' });
  });

  it('ten that are silent end together', async () => {
    const startMs = performance.now();
    const { results } = await probeServers(silent, options);
    console.log(`ten silent servers: ${Math.round(performance.now() - startMs)} ms`);
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(silent.map(() => 'silent'));
  });

  it.each([
    { how: 'silent', port: 53001 },
    { how: 'refusing', port: 52999 },
  ])('a $how server among living ones is told apart, and the next is offered', async ({ port }) => {
    const dead = { ...candidate(port, nodeNet.randomBytes(32)), server: 'dead' };
    const all = { ...options, goodEnough: Infinity };
    const { results } = await probeServers([dead, ...answering.slice(0, 4)], all);
    const rotation = judgeRotation({ server: 'dead', method: 'wireguard', results });
    expect(rotation.verdict).toBe('server-stopped');
    expect(answering.map(({ id }) => id)).toContain(rotation.next);
  });
});
