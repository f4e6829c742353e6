import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startBrowserServer, type BrowserServer } from '../../../electron/shell/browser/server.ts';
import type { BuiltFiles } from '../../../electron/shell/built-files.ts';
import { appDouble } from '../../app-double.ts';

const files: BuiltFiles = new Map([
  ['/index.html', { contentType: 'text/html; charset=utf-8', bytes: new Uint8Array(Buffer.from('<h1>Sawt</h1>')) }],
  ['/assets/a.js', { contentType: 'text/javascript; charset=utf-8', bytes: new Uint8Array(Buffer.from('1')) }],
]);
const app = appDouble({ 'tunnel.repair': () => Promise.resolve({ removed: ['rule'] }) });

let server: BrowserServer;
let origin: string;
let port: number;
let windowCounts: number[];

async function start(oneTime = true): Promise<void> {
  const counts: number[] = [];
  windowCounts = counts;
  server = await startBrowserServer({ files, ...app, oneTime, onWindows: (count) => counts.push(count) });
  ({ origin } = new URL(server.url));
  port = Number(new URL(server.url).port);
}
beforeEach(() => start());
afterEach(() => server.close());

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

function get(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function logIn(): Promise<string> {
  const { pathname, search } = new URL(server.url);
  const answer = await get(pathname + search);
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

describe('the token', () => {
  it('becomes a cookie that no script can read and no other site can send', async () => {
    const { pathname, search } = new URL(server.url);
    const answer = await get(pathname + search);
    expect(answer).toMatchObject({ status: 303, headers: { location: '/index.html' }, body: '' });
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^sawt-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
  });

  it('works once, because other users may see it among the arguments of the browser', async () => {
    await logIn();
    const { pathname, search } = new URL(server.url);
    expect(await get(pathname + search)).toMatchObject({ status: 403, body: '' });
  });

  it('may be used again where its address was only printed', async () => {
    await server.close();
    await start(false);
    expect(await logIn()).not.toBe('');
    expect(await logIn()).not.toBe('');
  });

  it.each(['', 'x', 'A'.repeat(43)])('%j is wrong and gets nothing', async (token) => {
    const answer = await get(`/?t=${token}`);
    expect(answer).toMatchObject({ status: 403, body: '' });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('a file', () => {
  it('comes with its type and a policy that loads nothing from elsewhere', async () => {
    const cookie = await logIn();
    const answer = await get('/index.html', { cookie });
    expect(answer).toMatchObject({ status: 200, body: '<h1>Sawt</h1>' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const policy = answer.headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port};`);
    expect(policy).not.toMatch(/unsafe|\*/);
  });

  it.each(['/', '/index.html', '/assets/a.js'])('%s is refused without the cookie', async (path) => {
    expect(await get(path)).toMatchObject({ status: 403, body: '' });
    expect(await get(path, { cookie: `sawt-${port}=${'A'.repeat(43)}` })).toMatchObject({ status: 403, body: '' });
  });

  it.each(['/../package.json', '/%2e%2e/package.json', '/assets/', '/etc/passwd', '//evil/x', '/constructor'])(
    '%s is none of ours',
    async (path) => {
      expect(await get(path, { cookie: await logIn() })).toMatchObject({ status: 404, body: '' });
    },
  );

  it('is refused to a name that was rebound to this computer', async () => {
    const cookie = await logIn();
    for (const host of ['evil.example', `localhost:${port}`, '127.0.0.1', `127.0.0.1:${port}.evil.example`])
      expect(await get('/index.html', { cookie, host })).toMatchObject({ status: 421, body: '' });
  });

  it('can only be read', async () => {
    const cookie = await logIn();
    expect(await get('/index.html', { cookie }, 'POST')).toMatchObject({ status: 405 });
    expect(await get('/index.html', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  it('and a senseless request leave the server standing', async () => {
    expect(await get('http://[', { cookie: await logIn() })).toMatchObject({ status: 400 });
    expect(await get('/')).toMatchObject({ status: 403 });
  });
});

describe('the API', () => {
  const open = (headers: Record<string, string>, path = '/api'): Promise<WebSocket> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
    });
  const nextMessage = (socket: WebSocket): Promise<unknown> =>
    new Promise((resolve) => {
      socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString())));
    });

  it('answers calls and tells events to our own page', async () => {
    const socket = await open({ cookie: await logIn(), origin });
    socket.send(JSON.stringify({ type: 'call', id: 1, name: 'tunnel.repair', args: {} }));
    expect(await nextMessage(socket)).toEqual({ type: 'result', id: 1, value: { removed: ['rule'] } });
    app.emit('check', { kind: 'progress', done: 1, planned: 2 });
    expect(await nextMessage(socket)).toMatchObject({ type: 'event', name: 'check' });
    socket.close();
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['a page without origin', { origin: 'null' }],
    ['a rebound name', { host: 'evil.example' }],
    ['a stranger without the cookie', { cookie: '' }],
    ['a stranger with a guessed cookie', { cookie: `sawt=${'A'.repeat(43)}` }],
  ])('is refused to %s', async (_who, headers) => {
    const cookie = await logIn();
    await expect(open({ cookie, origin, ...headers })).rejects.toThrow('403');
  });

  it('is refused to a program that names no origin', async () => {
    await expect(open({ cookie: await logIn() })).rejects.toThrow('403');
  });

  it('stands at one path only', async () => {
    await expect(open({ cookie: await logIn(), origin }, '/api/../api2')).rejects.toThrow('403');
  });

  it('survives noise, and the next call works', async () => {
    const socket = await open({ cookie: await logIn(), origin });
    socket.send('not json');
    socket.send(Buffer.from([0, 1, 2]));
    socket.send(JSON.stringify({ type: 'call', id: 2, name: 'tunnel.repair', args: {} }));
    expect(await nextMessage(socket)).toMatchObject({ type: 'result', id: 2 });
    socket.close();
  });

  it('knows how many windows are open, and lets go of a closed one', async () => {
    const socket = await open({ cookie: await logIn(), origin });
    await vi.waitFor(() => expect(app.listeners()).toBeGreaterThan(0));
    socket.close();
    await vi.waitFor(() => expect(windowCounts).toEqual([1, 0]));
    expect(app.listeners()).toBe(0);
  });
});
