import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Net, TcpStream } from '../../../electron/check/net/net.ts';
import { watchWays } from '../../../electron/check/net/ways.ts';
import { fakeNet } from '../fake-net.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const stream: TcpStream = {
  write: () => undefined,
  read: () => Promise.resolve(null),
  close: () => undefined,
  startTls: () => Promise.reject(new Error('not asked')),
  localAddress: () => '10.8.0.2',
};
const signal = new AbortController().signal;
const handlers = { onMessage: vi.fn(), onFailure: vi.fn() };

/** Answers every datagram to `answering`; its sockets have an address of their own. */
function net(answering: string[]): Net {
  const fake = fakeNet({
    resolvers: [{ address: '9.9.9.9', port: 53 }],
    onDatagram: ({ address }, _bytes, reply) => answering.includes(address) && reply(Uint8Array.of(1)),
    onConnect: ({ address }) => (answering.includes(address) ? stream : undefined),
  });
  const openUdp: Net['openUdp'] = (...args) => ({ ...fake.openUdp(...args), localAddress: () => '10.0.0.2' });
  return { ...fake, openUdp };
}

async function ask({ net: watched }: ReturnType<typeof watchWays>, address: string): Promise<void> {
  watched.openUdp({ address, port: 3478 }, handlers).send(Uint8Array.of(0));
  void watched.connectTcp({ address, port: 443 }, signal).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(10);
}

it('tells by which own address answers came, each once', async () => {
  const watched = watchWays(net(['1.1.1.1', '8.8.8.8']));
  await ask(watched, '1.1.1.1');
  await ask(watched, '8.8.8.8');
  expect(watched.ways()).toEqual([
    { transport: 'udp', local: '10.0.0.2' },
    { transport: 'tcp', local: '10.8.0.2' },
  ]);
  expect(handlers.onMessage).toHaveBeenCalledTimes(2);
});

it.each([
  ['what was never answered', '8.8.8.8', []],
  ['machines nearby', '192.168.1.7', ['192.168.1.7']],
  ['the resolvers of the network', '9.9.9.9', ['9.9.9.9']],
])('leaves out %s', async (_case, address, answering) => {
  const watched = watchWays(net(answering));
  await ask(watched, address);
  expect(watched.ways()).toEqual([]);
});

it('is silent where a network has no addresses to tell', async () => {
  const watched = watchWays(fakeNet({ onDatagram: (_remote, _bytes, reply) => reply(Uint8Array.of(1)) }));
  await ask(watched, '8.8.8.8');
  expect(watched.ways()).toEqual([]);
});
