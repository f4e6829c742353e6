import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { nodeNet } from '../../../electron/servers/probe/node-net.ts';
import { probeTcp } from '../../../electron/servers/probe/tcp.ts';
import { createSimulatedNet, type Hosts } from './simulated-net.ts';

const target = { address: '2001:db8::1', port: 443 };
const at = (host: Hosts[string]): Hosts => ({ 'tcp 2001:db8::1:443': host });

describe('a TCP probe', () => {
  it('times the connecting', async () => {
    const net = createSimulatedNet(at({ connectMs: 25 }));
    const { outcome, rttsMs } = await net.run(probeTcp(target, { net, plan: { enough: 3 } }));
    expect(outcome).toEqual({ kind: 'answered', rttMs: 25 });
    expect(rttsMs).toEqual([25, 25, 25]);
    expect(net.openSockets()).toBe(0);
  });

  it('keeps what it measured when a later connection fails', async () => {
    let connections = 0;
    const net = createSimulatedNet(at({ connectMs: 25 }));
    const stream: typeof net.stream = (to, on) =>
      ++connections === 1 ? net.stream(to, on) : net.stream({ ...to, port: 1 }, on);
    const measured = await net.run(probeTcp(target, { net: { ...net, stream }, plan: { enough: 2 } }));
    expect(measured).toMatchObject({ outcome: { kind: 'answered', rttMs: 25 }, tries: 2, rttsMs: [25] });
  });

  it.each([0, 10, 50])('is cancelled at %d ms, also between two connections', async (atMs) => {
    const net = createSimulatedNet(at({ connectMs: 25 }));
    const controller = new AbortController();
    net.after(atMs, () => {
      controller.abort(new Error('enough'));
    });
    const begun = probeTcp(target, { net, plan: { enough: 3 }, signal: controller.signal });
    await expect(net.run(begun)).rejects.toThrow('enough');
    expect([net.openSockets(), net.nowMs()]).toEqual([0, atMs]);
  });
});

it('cancelled by the listener to its own answer ends at once', async () => {
  const net = createSimulatedNet(at({ connectMs: 25 }));
  const controller = new AbortController();
  const onAnswer = (): void => {
    controller.abort(new Error('enough'));
  };
  const begun = probeTcp(target, { net, plan: { enough: 3 }, signal: controller.signal, onAnswer });
  await expect(net.run(begun)).rejects.toThrow('enough');
  expect([net.openSockets(), net.nowMs()]).toEqual([0, 25]);
});

describe('on this computer’s loopback', () => {
  it('a listening port answers and a closed one refuses', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const open = await probeTcp({ address: '127.0.0.1', port }, { net: nodeNet });
    expect(open.outcome.kind).toBe('answered');
    await new Promise((resolve) => server.close(resolve));
    const closed = await probeTcp({ address: '127.0.0.1', port }, { net: nodeNet });
    expect(closed.outcome).toEqual({ kind: 'refused' });
  });
});
