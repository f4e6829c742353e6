import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../electron/servers/probe/candidates.ts';
import { probeServers, type ProbeServersOptions } from '../../../electron/servers/probe/run.ts';
import { createFakeWireGuard, type FakeWireGuardOptions } from './fake-wireguard.ts';
import { createSimulatedNet, type Hosts, type SimulatedNet } from './simulated-net.ts';

const rawPrivate = Buffer.alloc(32, 4);
const privateKey = rawPrivate.toString('base64');
const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), rawPrivate]);
const publicKey = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
  .export({ format: 'der', type: 'spki' })
  .subarray(-32)
  .toString('base64');
const { publicKey: serverPublicKey } = createFakeWireGuard({ clients: [], rttMs: 0 });

const candidate = (number: number, more: Partial<Candidate> = {}): Candidate => ({
  id: `s${number}`,
  server: `s${number}`,
  network: `n${number % 4}`,
  address: `192.0.2.${number}`,
  port: 51820,
  method: { kind: 'wireguard', privateKey, serverPublicKey },
  ...more,
});
const many = (count: number): Candidate[] => Array.from({ length: count }, (_, at) => candidate(at + 1));
const host = (number: number, options: Partial<FakeWireGuardOptions> = {}): Hosts => ({
  [`udp 192.0.2.${number}:51820`]: createFakeWireGuard({ clients: [publicKey], rttMs: 30, ...options }),
});
const hosts = (count: number): Hosts =>
  Object.assign({}, ...Array.from({ length: count }, (_, at) => host(at + 1))) as Hosts;

function begin(candidates: Candidate[], world: Hosts, more: Partial<ProbeServersOptions> = {}) {
  const net = createSimulatedNet(world);
  return { net, begun: probeServers(candidates, { net, liveKeys: new Set(), random: () => 0.5, ...more }) };
}
async function run(candidates: Candidate[], world: Hosts, more: Partial<ProbeServersOptions> = {}) {
  const { net, begun } = begin(candidates, world, more);
  const done = await net.run(begun);
  expect(net.openSockets()).toBe(0);
  return { net, ...done };
}
const asked = (net: SimulatedNet): Set<string> => new Set(net.sent.map(({ to }) => to));

describe('probing many servers', () => {
  it('measures the answers of each with median, jitter and loss', async () => {
    const world = { ...host(1), ...host(2, { loses: [1] }) };
    const { results } = await run(many(2), world);
    const byId = Object.fromEntries(results.map((result) => [result.id, result]));
    expect(byId['s1']).toMatchObject({ medianRttMs: 30, jitterMs: 0, lossPct: 0, tries: 3, method: 'wireguard' });
    expect(byId['s2']?.lossPct).toBeCloseTo(33.3, 1);
  });

  it('takes 2.5 s for ten that are silent', async () => {
    const { net, results } = await run(many(10), {});
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(results.map(() => 'silent'));
    expect(results).toHaveLength(10);
    expect(net.nowMs()).toBeLessThanOrEqual(2510);
  });

  it('never has more than ten sockets open, and asks everybody in the end', async () => {
    const { net, results } = await run(many(25), {});
    expect(net.mostOpenSockets()).toBe(10);
    expect(results).toHaveLength(25);
  });

  it('stops after three good ones: later ones are not asked, silent ones not waited for', async () => {
    const { net, results, skipped } = await run(many(25), { ...host(1), ...host(3), ...host(4) });
    expect(results.map(({ id }) => id).toSorted()).toEqual(['s1', 's3', 's4']);
    expect(results.every(({ rttsMs }) => rttsMs.length === 3)).toBe(true);
    expect(skipped).toHaveLength(22);
    expect(asked(net).size).toBeLessThan(10);
    expect(net.nowMs()).toBeLessThan(500);
  });

  it('counts servers, not ports, as good', async () => {
    const ports = [1, 2, 3, 4, 5, 6].map((port) => candidate(1, { id: `p${port}`, port: 51819 + port }));
    const server = createFakeWireGuard({ clients: [publicKey], rttMs: 5 });
    const world = Object.fromEntries(ports.map(({ port }) => [`udp 192.0.2.1:${port}`, server]));
    const { results } = await run(ports, world);
    expect(results.map(({ lossPct }) => lossPct)).toEqual(ports.map(() => 0));
  });

  it('spreads over hosting networks first', async () => {
    const crowded = many(8).map((one, at) => ({ ...one, network: at < 6 ? 'big' : `small${at}` }));
    const { net } = await run(crowded, hosts(8));
    expect([...asked(net)].slice(0, 3)).toEqual(['udp 192.0.2.1:51820', 'udp 192.0.2.7:51820', 'udp 192.0.2.8:51820']);
  });

  it('does not take a TCP connection for a working VPN, unless nothing else was asked', async () => {
    const tcp = [11, 12, 13, 14].map((number) => candidate(number, { method: { kind: 'tcp' }, port: 443 }));
    const world: Hosts = Object.fromEntries(tcp.map(({ address }) => [`tcp ${address}:443`, { connectMs: 10 }]));
    expect((await run([...tcp, candidate(1)], { ...world, ...host(1) })).results).toHaveLength(5);
    expect((await run(tcp, world)).results.length).toBeLessThan(5);
  });

  it('tells results as they come and shows no key in them', async () => {
    const seen: string[] = [];
    const { results } = await run(many(2), hosts(2), { onResult: ({ id }) => seen.push(id) });
    expect(seen).toEqual(results.map(({ id }) => id));
    expect(JSON.stringify(results)).not.toContain(privateKey);
  });

  it('of nothing is nothing', async () => {
    expect(await run([], {})).toMatchObject({ results: [], skipped: [] });
  });
});

describe('a run that goes wrong', () => {
  it('is not begun when one of the candidates has the key of a live tunnel', async () => {
    const { net, begun } = begin(many(3), hosts(3), { liveKeys: new Set([publicKey]) });
    await expect(begun).rejects.toMatchObject({ code: 'live-key' });
    expect(net.sent).toEqual([]);
  });

  it('is not begun when one of the addresses is a name', async () => {
    const named = candidate(9, { address: 'vpn.example', method: { kind: 'tcp' } });
    const { net, begun } = begin([...many(2), named], hosts(2));
    await expect(begun).rejects.toMatchObject({ code: 'address-invalid' });
    expect(net.sent).toEqual([]);
  });

  it.each([0, 100, 700, 2499])('cancelled at %d ms ends with the reason and leaves nothing open', async (atMs) => {
    const controller = new AbortController();
    const { net, begun } = begin(many(25), {}, { signal: controller.signal });
    net.after(atMs, () => {
      controller.abort(new Error('the person went on'));
    });
    await expect(net.run(begun)).rejects.toThrow('the person went on');
    expect([net.nowMs(), net.openSockets(), net.pendingTimers()]).toEqual([atMs, 0, 0]);
  });

  it('cancelled before it begins sends nothing', async () => {
    const { net, begun } = begin(many(2), {}, { signal: AbortSignal.abort(new Error('no')) });
    await expect(begun).rejects.toThrow('no');
    expect(net.sent).toEqual([]);
  });

  it('by the fault of its listener ends with that fault and leaves nothing open', async () => {
    const onResult = (): never => {
      throw new Error('the listener failed');
    };
    const { net, begun } = begin(many(12), host(2), { onResult });
    await expect(net.run(begun)).rejects.toThrow('the listener failed');
    expect(net.openSockets()).toBe(0);
  });
});
