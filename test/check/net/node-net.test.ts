import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { createSecureServer } from 'node:http2';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { NetFailure, type TlsStream } from '../../../electron/check/net/net.ts';
import { nodeNet } from '../../../electron/check/net/node-net.ts';
import { createTrustStore } from '../../../electron/check/net/trust.ts';

const vector = (name: string): string => readFileSync(new URL(`../../vectors/check/${name}`, import.meta.url), 'utf8');
const root = vector('ca.pem');
const leaf = { cert: vector('leaf.pem'), key: vector('leaf.key') };
const expired = { cert: vector('old.pem'), key: vector('old.key') };

const servers: { close: () => unknown }[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
const open = (port: number, signal = new AbortController().signal) =>
  nodeNet.connectTcp({ address: '127.0.0.1', port }, signal);
const trusting = createTrustStore(new Map([['own', root]]), null);

async function shake(port: number, serverName: string, ca: string | null = 'own'): Promise<TlsStream> {
  const stream = await open(port);
  return stream.startTls({ serverName, context: trusting.context(ca) });
}
const failureOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof NetFailure ? error.failure : String(error)),
  );

describe('connecting', () => {
  it('to a closed port is refused', async () => {
    const port = await listen(createServer());
    servers.pop()?.close();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await failureOf(open(port))).toBe('connection_refused');
  });

  it('is ended by its signal, before and after it stands', async () => {
    const port = await listen(createServer());
    expect(await failureOf(open(port, AbortSignal.abort()))).toBe('interrupted');
    const controller = new AbortController();
    const stream = await open(port, controller.signal);
    const read = stream.read();
    controller.abort();
    expect(await read.catch(() => null)).toBeNull();
  });
});

describe('reading', () => {
  it('gives what comes, then null at the other side’s end', async () => {
    const port = await listen(createServer((socket) => socket.end('hello')));
    const stream = await open(port);
    expect(Buffer.from((await stream.read()) ?? []).toString()).toBe('hello');
    expect(await stream.read()).toBeNull();
    stream.close();
  });
});

describe('a handshake', () => {
  it('with a good certificate shows it, and no failure', async () => {
    const port = await listen(createTlsServer(leaf));
    const { certificate } = await shake(port, 'good.example');
    expect(certificate).toMatchObject({
      failure: null,
      subject: 'CN=good.example',
      names: ['good.example', 'doh.example'],
    });
    expect(certificate.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['another name', leaf, 'other.example', 'own', 'ssl_invalid_hostname'],
    ['an unknown issuer', leaf, 'good.example', null, 'ssl_unknown_authority'],
    ['a certificate that has expired', expired, 'old.example', 'own', 'ssl_invalid_certificate'],
  ])('with %s finishes, and says what is wrong', async (_, credential, serverName, ca, failure) => {
    const port = await listen(createTlsServer(credential));
    expect((await shake(port, serverName, ca)).certificate.failure).toBe(failure);
  });

  it('with the extra root of NODE_EXTRA_CA_CERTS is good for every service', async () => {
    const port = await listen(createTlsServer(leaf));
    const stream = await open(port);
    const context = createTrustStore(new Map(), root).context(null);
    expect((await stream.startTls({ serverName: 'good.example', context })).certificate.failure).toBeNull();
  });

  it.each([
    ['reset after ClientHello', (socket: Socket) => socket.resetAndDestroy(), 'connection_reset'],
    ['closed after ClientHello', (socket: Socket) => socket.end(), 'eof_error'],
    [
      'answered with something else',
      (socket: Socket) => socket.write('HTTP/1.0 400 Bad\r\n\r\n'),
      'ssl_failed_handshake',
    ],
  ])('that is %s is told by its failure', async (_, answer, failure) => {
    const port = await listen(createServer((socket) => void socket.once('data', () => answer(socket))));
    expect(await failureOf(shake(port, 'good.example'))).toBe(failure);
  });

  it('that breaks off says how many bytes had come', async () => {
    const port = await listen(
      createServer((socket) => void socket.once('data', () => socket.end(Uint8Array.of(0x16, 3, 3, 0, 100)))),
    );
    await expect(shake(port, 'good.example')).rejects.toMatchObject({ failure: 'eof_error', bytesRead: 5 });
  });
});

describe('HTTP/2 on a stream', () => {
  it('answers requests side by side, and refuses a body that is too long', async () => {
    const server = createSecureServer({ ...leaf });
    server.on('stream', (stream, headers) => {
      stream.respond({ ':status': 200 });
      stream.end(headers[':path'] === '/long' ? 'x'.repeat(100) : 'short');
    });
    const port = await listen(server);
    const stream = await open(port);
    const secure = await stream.startTls({ serverName: 'doh.example', context: trusting.context('own'), alpn: ['h2'] });
    expect(secure.alpn).toBe('h2');
    const client = secure.openHttp2();
    const ask = (path: string) =>
      client.request({ authority: 'doh.example', path, headers: {}, bodyMax: 50 }, new AbortController().signal);
    const [first, second] = await Promise.all([ask('/'), ask('/')]);
    expect([first.status, Buffer.from(second.body).toString()]).toEqual([200, 'short']);
    await expect(ask('/long')).rejects.toBeInstanceOf(NetFailure);
    client.close();
    secure.close();
  });
});

describe('a UDP socket', () => {
  it('hears the one it is connected to, and nobody else', async () => {
    const server = createSocket('udp4');
    servers.push(server);
    const stranger = createSocket('udp4');
    servers.push(stranger);
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    server.on('message', (bytes, { port, address }) => {
      stranger.send('stranger', port, address, () => server.send(`re: ${bytes.toString()}`, port, address));
    });
    const heard = await new Promise<string>((resolve) => {
      const socket = nodeNet.openUdp(
        { address: '127.0.0.1', port: server.address().port },
        { onMessage: (bytes) => resolve(Buffer.from(bytes).toString()), onFailure: resolve },
      );
      socket.send(Buffer.from('hi'));
      servers.push(socket);
    });
    expect(heard).toBe('re: hi');
  });

  it('is told when a port is closed', async () => {
    const gone = createSocket('udp4');
    await new Promise<void>((resolve) => gone.bind(0, '127.0.0.1', resolve));
    const { port } = gone.address();
    gone.close();
    const failure = await new Promise<string>((resolve) => {
      const socket = nodeNet.openUdp(
        { address: '127.0.0.1', port },
        { onMessage: () => resolve('answer'), onFailure: resolve },
      );
      socket.send(Buffer.from('hi'));
      servers.push(socket);
    });
    expect(failure).toBe('connection_refused');
  });
});
