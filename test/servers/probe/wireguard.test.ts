import { createPublicKey, createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../electron/servers/probe/outcome.ts';
import { probeWireGuard, type WireGuardProbeOptions } from '../../../electron/servers/probe/wireguard.ts';
import { createFakeWireGuard, type FakeWireGuardOptions } from './fake-wireguard.ts';
import { createSimulatedNet, type Hosts, type SimulatedNet } from './simulated-net.ts';

const privateKey = Buffer.alloc(32, 4).toString('base64');
const publicKey = publicOf(Buffer.alloc(32, 4));
const address = { address: '192.0.2.1', port: 51820 };
const serverPublicKey = createFakeWireGuard({ clients: [], rttMs: 0 }).publicKey;
const target = { ...address, privateKey, serverPublicKey };

function publicOf(raw: Buffer): string {
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), raw]);
  const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  return key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
}

const server = (options: Partial<FakeWireGuardOptions> = {}): Hosts => ({
  'udp 192.0.2.1:51820': createFakeWireGuard({ clients: [publicKey], rttMs: 40, ...options }),
});

async function probe(hosts: Hosts, plan: Partial<Plan> = {}, more: object = {}, options: object = {}) {
  const net = createSimulatedNet(hosts);
  const full: WireGuardProbeOptions = { net, liveKeys: new Set(), plan, ...options };
  const measured = await net.run(probeWireGuard({ ...target, ...more }, full));
  expect(net.openSockets()).toBe(0);
  return { net, ...measured };
}

const sendTimes = (net: SimulatedNet): number[] => net.sent.map(({ atMs }) => atMs);

describe('a WireGuard probe', () => {
  it('ends at the first answer, with its round-trip time', async () => {
    const { outcome, tries, rttsMs } = await probe(server());
    expect(outcome).toEqual({ kind: 'answered', rttMs: 40 });
    expect({ tries, rttsMs }).toEqual({ tries: 1, rttsMs: [40] });
  });

  it('tries at 0, 0.4 and 1.2 s, each time fresh, and is silent after 2.5 s', async () => {
    const { net, outcome } = await probe({});
    expect(sendTimes(net)).toEqual([0, 400, 1200]);
    expect(outcome).toEqual({ kind: 'silent', sent: 3, waitedMs: 2500 });
    expect(new Set(net.sent.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(3);
  });

  it('survives the loss of two tries', async () => {
    const { outcome, tries } = await probe(server({ loses: [0, 1] }));
    expect(outcome).toEqual({ kind: 'answered', rttMs: 40 });
    expect(tries).toBe(3);
  });

  it('counts an answer that comes after the next try for the try that it answers', async () => {
    const { outcome, tries } = await probe(server({ rttMs: 600 }));
    expect(outcome).toEqual({ kind: 'answered', rttMs: 600 });
    expect(tries).toBe(2);
  });

  it('tells a wrong preshared key from silence', async () => {
    const presharedKey = new Uint8Array(32).fill(6);
    const missing = await probe(server({ presharedKey }));
    expect(missing.outcome).toEqual({ kind: 'pskMismatch', rttMs: 40 });
    const right = await probe(
      server({ presharedKey }),
      {},
      { presharedKey: Buffer.from(presharedKey).toString('base64') },
    );
    expect(right.outcome).toEqual({ kind: 'answered', rttMs: 40 });
  });

  it('is silent for a key that the server does not know, and for another server’s key', async () => {
    expect((await probe(server({ clients: [] }))).outcome.kind).toBe('silent');
    expect((await probe(server({ secret: 2 }))).outcome.kind).toBe('silent');
  });

  it('answers a cookie at once with MAC2 from the same socket', async () => {
    const { net, outcome, tries, lost } = await probe(server({ busy: 'once' }));
    expect(outcome).toEqual({ kind: 'answered', rttMs: 40 });
    expect(sendTimes(net)).toEqual([0, 40]);
    expect({ tries, lost }).toEqual({ tries: 2, lost: 0 });
    expect(net.mostOpenSockets()).toBe(1);
  });

  it('calls a server busy that goes on asking, and does not hurry it', async () => {
    const { net, outcome } = await probe(server({ busy: 'always' }));
    expect(outcome).toEqual({ kind: 'busy', rttMs: 40 });
    expect(sendTimes(net)).toEqual([0, 40, 290]);
  });

  it('is refused when ICMP says so, and unreachable when our own system cannot send', async () => {
    const failing = async (failure: 'refused' | 'no-route' | 'denied' | 'other') =>
      (await probe({ 'udp 192.0.2.1:51820': { failure, afterMs: 30 } })).outcome;
    expect(await failing('refused')).toEqual({ kind: 'refused' });
    expect(await failing('no-route')).toEqual({ kind: 'unreachable', why: 'no-route' });
    expect(await failing('denied')).toEqual({ kind: 'unreachable', why: 'denied' });
    expect(await failing('other')).toEqual({ kind: 'unreachable', why: 'unknown' });
  });

  it('believes an answer more than a refusal that came after it', async () => {
    const fake = createFakeWireGuard({ clients: [publicKey], rttMs: 40 });
    const onDatagram: typeof fake.onDatagram = (bytes, far, nowMs) => {
      fake.onDatagram(bytes, far, nowMs);
      far.fail('refused', 90);
    };
    const { outcome } = await probe({ 'udp 192.0.2.1:51820': { onDatagram } }, { enough: 3 });
    expect(outcome.kind).toBe('answered');
  });

  it('measures several tries, 60 ms apart so that no server drops them as a flood', async () => {
    const { net, tries, rttsMs } = await probe(server({ rttMs: 5 }), { enough: 3 });
    expect(sendTimes(net)).toEqual([0, 60, 120]);
    expect({ tries, rttsMs }).toEqual({ tries: 3, rttsMs: [5, 5, 5] });
  });

  it('knows a lost try without waiting for the limit', async () => {
    const { tries, lost, rttsMs, durationMs } = await probe(server({ loses: [1] }), { enough: 3 });
    expect({ tries, lost, rttsMs }).toEqual({ tries: 3, lost: 1, rttsMs: [40, 40] });
    expect(durationMs).toBeLessThan(1000);
  });

  it('counts an answer that the network doubles once, by its first copy', async () => {
    const fake = createFakeWireGuard({ clients: [publicKey], rttMs: 40 });
    const onDatagram: typeof fake.onDatagram = (bytes, far, nowMs) => {
      const twice = { ...far, reply: (answer: Uint8Array) => [40, 50].forEach((ms) => far.reply(answer, ms)) };
      fake.onDatagram(bytes, twice, nowMs);
    };
    const { tries, rttsMs } = await probe({ 'udp 192.0.2.1:51820': { onDatagram } }, { enough: 3 });
    expect({ tries, rttsMs }).toEqual({ tries: 3, rttsMs: [40, 40, 40] });
  });

  it('does not hear what is not an answer to it', async () => {
    const noise = {
      onDatagram: (_: Uint8Array, far: { reply(bytes: Uint8Array, ms: number): void }) =>
        far.reply(Buffer.alloc(92, 2), 5),
    };
    expect((await probe({ 'udp 192.0.2.1:51820': noise })).outcome.kind).toBe('silent');
  });
});

describe('a WireGuard probe is not begun', () => {
  const refusal = (more: object, liveKeys: string[] = []) => {
    const net = createSimulatedNet(server());
    const begun = probeWireGuard({ ...target, ...more }, { net, liveKeys: new Set(liveKeys) });
    return { net, begun };
  };

  it('with the key of a live tunnel', async () => {
    const { net, begun } = refusal({}, [publicKey]);
    await expect(begun).rejects.toMatchObject({ name: 'ProbeError', code: 'live-key' });
    expect(net.sent).toEqual([]);
  });

  it.each([{ address: 'vpn.example' }, { address: '' }, { port: 0 }, { port: 65536 }, { port: 1.5 }])(
    'to %j',
    async (more) => {
      const { net, begun } = refusal(more);
      await expect(begun).rejects.toMatchObject({ code: 'address-invalid' });
      expect(net.sent).toEqual([]);
    },
  );

  it('with keys that are none, and the message does not show them', async () => {
    for (const more of [{ privateKey: 'c2VjcmV0' }, { serverPublicKey: Buffer.alloc(32).toString('base64') }]) {
      await expect(refusal(more).begun).rejects.toMatchObject({ code: 'key-invalid' });
      await expect(refusal(more).begun).rejects.not.toThrow(/c2VjcmV0/);
    }
  });
});

describe('cancelling', () => {
  it.each([0, 39, 500, 1300])('at %d ms ends the probe with the reason and closes the socket', async (atMs) => {
    const net = createSimulatedNet({});
    const controller = new AbortController();
    const reason = new Error('enough');
    net.after(atMs, () => {
      controller.abort(reason);
    });
    const begun = probeWireGuard(target, { net, liveKeys: new Set(), signal: controller.signal });
    await expect(net.run(begun)).rejects.toBe(reason);
    expect(net.nowMs()).toBe(atMs);
    expect([net.openSockets(), net.pendingTimers()]).toEqual([0, 0]);
  });

  it('by the listener to its own answer sends no further try', async () => {
    const net = createSimulatedNet(server());
    const controller = new AbortController();
    const onAnswer = (): void => {
      controller.abort(new Error('enough'));
    };
    const options = { net, liveKeys: new Set<string>(), plan: { enough: 3 }, onAnswer, signal: controller.signal };
    await expect(net.run(probeWireGuard(target, options))).rejects.toThrow('enough');
    expect([net.sent.length, net.openSockets(), net.pendingTimers()]).toEqual([1, 0, 0]);
  });

  it('before the start sends nothing', async () => {
    const net = createSimulatedNet({});
    const begun = probeWireGuard(target, { net, liveKeys: new Set(), signal: AbortSignal.abort(new Error('no')) });
    await expect(net.run(begun)).rejects.toThrow('no');
    expect([net.sent.length, net.mostOpenSockets()]).toEqual([0, 0]);
  });
});
