import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { download, type DownloadOptions } from '../../electron/signed/download.ts';
import { createAuthority, issue } from '../lab/system/certificates.ts';

// No resolver is asked in a test: it would be one outside this computer.
vi.mock('node:dns', () => ({
  lookup: (_host: string, _options: unknown, done: (error: Error, found: []) => void) =>
    done(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []),
}));

let server: Server;
let folder: string;
let ca: string;
let answer: RequestListener = (_, response) => response.end('hello');
let seen: IncomingHttpHeaders[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sawt-test-'));
  const authority = await createAuthority(folder, 'root', 'Root of tests');
  const names = ['DNS:lists.sawt.example'];
  const { certificate: cert, key } = await issue(folder, authority, { name: 'leaf', usage: 'serverAuth', names });
  ca = authority.certificate;
  server = createServer({ cert, key }, (request, response) => {
    seen.push(request.headers);
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** No resolver knows the name: the address that goes with the mirror leads to the server. */
function fetch(options: Partial<DownloadOptions> = {}, host = 'lists.sawt.example'): Promise<Uint8Array | null> {
  seen = [];
  const { port } = server.address() as AddressInfo;
  const { signal } = new AbortController();
  const connection = { port, ca };
  const defaults = { maxBytes: 1000, limitMs: 5000, addresses: ['127.0.0.1'], signal, connection };
  return download(new URL(`https://${host}/v1/servers.json`), { ...defaults, ...options });
}
const failing = (failure: string): unknown => expect.objectContaining({ failure });

test('a file comes whole, and the request tells nothing of who asks', async () => {
  answer = (_, response) => response.end('hello');
  expect(Buffer.from((await fetch()) ?? []).toString()).toBe('hello');
  const fixed = { 'user-agent': 'Sawt', accept: '*/*', 'accept-encoding': 'identity', connection: 'close' };
  expect(seen).toEqual([{ ...fixed, host: expect.stringMatching(/^lists\.sawt\.example/) as string }]);
});

test('what is there already is not sent again; an unasked 304 is no answer', async () => {
  answer = (_, response) => response.writeHead(304).end();
  expect(await fetch({ have: 'abc' })).toBeNull();
  expect(seen[0]?.['if-none-match']).toBe('"abc"');
  await expect(fetch()).rejects.toThrow(failing('redirect'));
});

test.each([
  ['size', (_, response) => response.writeHead(200, { 'content-length': '5000' }).end(Buffer.alloc(5000))],
  ['size', (_, response) => response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(Buffer.alloc(5000))],
  ['redirect', (_, response) => response.writeHead(301, { location: 'https://127.0.0.1/' }).end()],
  ['status', (_, response) => response.writeHead(404).end('hello')],
  ['connect', (_, response) => response.destroy()],
] satisfies [string, RequestListener][])('refused or failed: %s (%#)', async (failure, listener) => {
  answer = listener;
  await expect(fetch()).rejects.toThrow(failing(failure));
});

test('a mirror that trickles is given up when its time is over', async () => {
  answer = (_, response) => {
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
  };
  await expect(fetch({ limitMs: 300 })).rejects.toThrow(failing('timeout'));
});

test('the certificate must be of the name and of a root that is trusted', async () => {
  answer = (_, response) => response.end('hello');
  await expect(fetch({}, 'other.sawt.example')).rejects.toThrow(failing('tls'));
  const { port } = server.address() as AddressInfo;
  await expect(fetch({ connection: { port } })).rejects.toThrow(failing('tls'));
  expect(seen).toEqual([]);
});

test('a name that nobody knows, with no address beside it, is told as that', async () => {
  await expect(fetch({ addresses: [] })).rejects.toThrow(failing('name'));
});

test('a caller who gives up is answered with the own reason', async () => {
  await expect(fetch({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
});
