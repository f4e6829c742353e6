import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApi } from '../../../electron/servers/accounts/api.ts';
import { apiTo, knowsNoName, movedTo, serveLocally, type LocalServer } from './fake-providers.ts';

let server: LocalServer | undefined;
afterEach(() => server?.close());

const request = {
  method: 'POST',
  origin: 'main',
  path: '/key',
  json: { account_number: '5712903846151032' },
  expects: z.object({ key: z.string() }),
} as const;

async function ask(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options: { limitMs?: number; signal?: AbortSignal } = {},
  certificate?: string,
): Promise<unknown> {
  server = await serveLocally(answer, certificate);
  return apiTo(await movedTo(server.port, 'mullvad'), options).call(request);
}

const says =
  (status: number, body: string, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse): void =>
    void response.writeHead(status, headers).end(body);

describe('a provider is asked', () => {
  it('at its known address when its name leads nowhere, and only by its own certificate', async () => {
    expect(await ask(says(200, '{"key":"k","more":1}'))).toEqual({ key: 'k' });
    server?.close();
    await expect(ask(says(200, '{"key":"k"}'), {}, 'old')).rejects.toMatchObject({ code: 'captive-page' });
    expect(server?.asked).toEqual([]);
  });

  it.each([
    ['a redirect', says(302, '', { location: 'https://elsewhere.example/' }), 'captive-page'],
    ['a page for people', says(200, '<!doctype html>', { 'content-type': 'text/html' }), 'captive-page'],
    ['a page that says it is JSON', says(200, '\n <html>', { 'content-type': 'application/json' }), 'captive-page'],
    ['JSON of another shape', says(200, '{"hello":1}'), 'provider-answer-invalid'],
    ['half of JSON', says(200, '{"key":'), 'provider-answer-invalid'],
    ['a fault', says(500, '<html>'), 'provider-answer-invalid'],
    ['far too much', says(200, JSON.stringify({ key: 'x'.repeat(70_000) })), 'provider-answer-invalid'],
    ['a pause', says(429, '{}'), 'too-many-requests'],
  ] as const)('%s is %s', async (_, answer, code) => {
    await expect(ask(answer)).rejects.toMatchObject({ code, waitSeconds: null });
    expect(server?.asked).toEqual(['POST /key']);
  });

  it.each([
    ['30', 30],
    ['0', null],
    ['90000', null],
    ['soon', null],
    [new Date(Date.now() + 60_000).toUTCString(), expect.closeTo(60, -1) as number],
  ])('and wait of %s is passed on as %s', async (value, waitSeconds) => {
    await expect(ask(says(429, '', { 'retry-after': value }))).rejects.toMatchObject({ waitSeconds });
  });

  it('not longer than the limit, and not twice', async () => {
    const dribble = (_: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(200).write('{');
    };
    await expect(ask(dribble, { limitMs: 150 })).rejects.toMatchObject({ code: 'provider-slow' });
    expect(server?.asked).toHaveLength(1);
  });

  it('until it is cancelled', async () => {
    const controller = new AbortController();
    const waiting = ask(() => controller.abort(), { signal: controller.signal });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('in vain where nobody listens', async () => {
    const provider = { ...(await movedTo(1, 'mullvad')), apiAddresses: [] };
    await expect(apiTo(provider).call(request)).rejects.toMatchObject({ code: 'provider-unreachable' });
  });

  it('and no error repeats what was sent', async () => {
    const error: unknown = await ask(says(400, '{"code":"5712903846151032"}')).catch((reason: unknown) => reason);
    expect(JSON.stringify([error, String(error)])).not.toContain('5712903846151032');
  });

  it('at one server by that server’s address, with the authority of the provider alone', async () => {
    server = await serveLocally(says(200, '{"key":"k"}'));
    const { port } = server;
    const provider = await movedTo(port, 'pia');
    const at = { origin: `https://good.example:${port}`, address: '127.0.0.1' };
    expect(await apiTo(provider).callServer(request, at)).toEqual({ key: 'k' });
    const signal = new AbortController().signal;
    const strict = openApi({ provider, authority: undefined, extraRoots: undefined, signal, lookUp: knowsNoName });
    await expect(strict.callServer(request, at)).rejects.toMatchObject({ code: 'captive-page' });
  });
});
