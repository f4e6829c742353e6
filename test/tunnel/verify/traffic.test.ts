import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { proveTraffic } from '../../../electron/tunnel/verify/traffic.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

/** A server on the loopback that answers each request with what `answer` makes of it. */
async function serve(answer: (request: Buffer) => Buffer | undefined): Promise<{ host: string; port: number }> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.on('message', (request, { address, port }) => {
    const reply = answer(request);
    if (reply) socket.send(reply, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { host: '127.0.0.1', port: socket.address().port };
}

/** Binding success with XOR-MAPPED-ADDRESS 203.0.113.3:4242 (RFC 8489 §14.2). */
function binding(request: Buffer): Buffer {
  const address = [203, 0, 113, 3].map((byte, index) => byte ^ (request[4 + index] ?? 0));
  const port = 4242 ^ 0x2112;
  const attribute = [0, 0x20, 0, 8, 0, 1, port >> 8, port & 0xff, ...address];
  return Buffer.concat([Buffer.from([1, 1, 0, 12]), request.subarray(4, 20), Buffer.from(attribute)]);
}

const limit = (): AbortSignal => AbortSignal.timeout(300);

describe('traffic', () => {
  it('is proved by an answer, which also tells how the world sees us', async () => {
    const stun = [await serve(binding)];
    const startedAt = performance.now();
    expect(await proveTraffic({ stun, resolvers: [] }, limit())).toEqual({
      traffic: true,
      exit: '203.0.113.3',
      dns: false,
    });
    expect(performance.now() - startedAt).toBeLessThan(290);
  });

  it('is asked for again when a request was lost', async () => {
    let count = 0;
    const stun = [await serve((request) => ((count += 1) > 1 ? binding(request) : undefined))];
    const signal = AbortSignal.timeout(2000);
    expect(await proveTraffic({ stun, resolvers: [] }, signal)).toMatchObject({ traffic: true });
  });

  it.each([
    ['silence', () => undefined],
    [
      'the answer to another question',
      (request: Buffer) => binding(Buffer.concat([request.subarray(0, 8), Buffer.alloc(12)])),
    ],
    ['bytes of another protocol', () => Buffer.from('HTTP/1.1 400 Bad Request')],
    ['our own question', (request: Buffer) => request],
  ])('is not proved by %s', async (_, answer) => {
    const stun = [await serve(answer)];
    expect(await proveTraffic({ stun, resolvers: [] }, limit())).toEqual({ traffic: false, exit: null, dns: false });
  });

  it('is not proved without anybody to ask', async () => {
    expect(await proveTraffic({ stun: [], resolvers: [] }, limit())).toMatchObject({ traffic: false });
  });

  it('does not wait long for a silent server when another has answered', async () => {
    const stun = [await serve(() => undefined), await serve(binding)];
    const startedAt = performance.now();
    expect(await proveTraffic({ stun, resolvers: [] }, AbortSignal.timeout(5000))).toMatchObject({ traffic: true });
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });
});
