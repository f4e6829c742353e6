import { createSocket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SocketFailure } from '../../../electron/servers/probe/net.ts';
import { nodeNet } from '../../../electron/servers/probe/node-net.ts';

describe('the real datagram socket', () => {
  it('sends what was given before it was connected, and hears the answer', async () => {
    const echo = createSocket('udp4').on('message', (bytes, from) => {
      echo.send(bytes, from.port, from.address);
    });
    await new Promise<void>((resolve) => echo.bind(0, '127.0.0.1', resolve));
    const { port } = echo.address();
    const heard = await new Promise<Uint8Array>((resolve, reject) => {
      const on = { message: resolve, failure: reject };
      const socket = nodeNet.datagram({ address: '127.0.0.1', port }, on);
      socket.send(Buffer.from('hello'));
      onTestFinished(socket.close);
    });
    expect(Buffer.from(heard).toString()).toBe('hello');
    echo.close();
  });

  it('hears of a closed port, and of nothing any more once it is closed', async () => {
    const unused = createSocket('udp4');
    await new Promise<void>((resolve) => unused.bind(0, '127.0.0.1', resolve));
    const { port } = unused.address();
    await new Promise<void>((resolve) => unused.close(resolve));
    const failure = await new Promise<SocketFailure>((resolve) => {
      const on = { message: () => undefined, failure: resolve };
      const refused = nodeNet.datagram({ address: '127.0.0.1', port }, on);
      refused.send(Buffer.from('hello'));
      onTestFinished(refused.close);
    });
    expect(failure).toBe('refused');

    const heard: SocketFailure[] = [];
    const on = { message: () => undefined, failure: (failed: SocketFailure) => void heard.push(failed) };
    const socket = nodeNet.datagram({ address: '127.0.0.1', port }, on);
    socket.send(Buffer.from('hello'));
    socket.close();
    socket.close();
    await sleep(30);
    expect(heard).toEqual([]);
  });
});

it('stamps of the real clock only grow', () => {
  const stamps = Array.from({ length: 100 }, () => Buffer.from(nodeNet.stamp()).toString('hex'));
  expect(stamps).toEqual([...new Set(stamps)].sort());
});
