import { describe, expect, it, vi } from 'vitest';
import { connectApi } from '../../electron/api/client.ts';
import { ApiError } from '../../electron/api/errors.ts';
import type { Api, Connection, Handlers } from '../../electron/api/schema.ts';
import { serveApi } from '../../electron/api/server.ts';
import { appDouble, type AppDouble, type SomeHandlers } from '../app-double.ts';
import { portPair, type PortPair } from './port-pair.ts';

function bed(some: SomeHandlers = {}): PortPair & { api: Api; emit: AppDouble['emit'] } {
  const pair = portPair();
  const { handlers, events, emit } = appDouble(some);
  serveApi(pair.server, handlers, events);
  return { ...pair, api: connectApi(pair.client), emit };
}

/** What the server answers to a raw message. */
function answerTo(pair: PortPair, message: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    pair.client.onMessage(resolve);
    pair.client.send(message);
  });
}

describe('a call', () => {
  it('reaches its handler with checked, filled-in arguments and brings the result back', async () => {
    const rename = vi.fn<Handlers['profiles.show']>(() =>
      Promise.resolve({ summary: {} as never, text: 'x', lostInNetworkManager: [] }),
    );
    const { api } = bed({ 'profiles.show': rename });
    expect(await api.call('profiles.show', { id: 'p-1' })).toMatchObject({ summary: {}, text: 'x' });
    expect(rename.mock.calls[0]?.[0]).toEqual({ id: 'p-1', reveal: false });
  });

  it('keeps code, message and details of an error', async () => {
    const error = new ApiError({ code: 'tool-missing', message: 'nft is missing.', details: { tool: 'nft' } });
    const { api } = bed({ 'tunnel.status': () => Promise.reject(error) });
    const seen = await api.call('tunnel.status', {}).catch((reason: unknown) => reason);
    expect(seen).toBeInstanceOf(ApiError);
    expect((seen as ApiError).toRecord()).toEqual(error.toRecord());
  });

  it('does not let the text of an unforeseen error out', async () => {
    const { api } = bed({ 'tunnel.status': () => Promise.reject(new Error('/home/amina/secret')) });
    await expect(api.call('tunnel.status', {})).rejects.toMatchObject({
      code: 'internal',
      message: expect.not.stringContaining('amina') as string,
    });
  });

  it('that breaks the schema is refused before any handler', async () => {
    const remove = vi.fn<Handlers['profiles.remove']>(() => Promise.resolve(null));
    const { api } = bed({ 'profiles.remove': remove });
    await expect(api.call('profiles.remove', { id: '' })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(api.call('profiles.remove', { id: 'p', more: 1 } as never)).rejects.toMatchObject({
      code: 'bad-request',
    });
    expect(remove).not.toHaveBeenCalled();
  });

  it('runs beside others, and each gets its own answer', async () => {
    let release: (() => void) | undefined;
    const { api } = bed({
      'check.cancel': () => new Promise((resolve) => (release = () => resolve(null))),
      'tunnel.repair': () => Promise.resolve({ removed: ['a'] }),
    });
    const first = api.call('check.cancel', {});
    expect(await api.call('tunnel.repair', {})).toEqual({ removed: ['a'] });
    release?.();
    expect(await first).toBeNull();
  });
});

describe('cancelling', () => {
  const untilAborted: Handlers['check.run'] = (_args, { signal }) =>
    new Promise((_resolve, reject) => {
      const stop = (): void => reject(new ApiError({ code: 'cancelled', message: 'Cancelled.' }));
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop);
    });

  it('ends the handler through its signal', async () => {
    const { api } = bed({ 'check.run': untilAborted });
    const controller = new AbortController();
    const running = api.call('check.run', {}, { signal: controller.signal });
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('works when the signal had ended before the call', async () => {
    const { api } = bed({ 'check.run': untilAborted });
    await expect(api.call('check.run', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('happens to every call under way when the window goes away', async () => {
    let seen: AbortSignal | undefined;
    const { api, close, serverListeners } = bed({
      'check.run': (_args, { signal }) => {
        seen = signal;
        return new Promise(() => undefined);
      },
    });
    const running = api.call('check.run', {});
    await vi.waitFor(() => expect(seen).toBeDefined());
    close();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen?.aborted).toBe(true);
    expect(serverListeners()).toBe(0);
    await expect(api.call('app.info', {})).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('an event', () => {
  it('reaches its listeners until they stop', async () => {
    const { api, emit } = bed();
    const listener = vi.fn();
    const stop = api.on('check', listener);
    emit('check', { kind: 'progress', done: 1, planned: 2 });
    await vi.waitFor(() => expect(listener).toHaveBeenCalledWith({ kind: 'progress', done: 1, planned: 2 }));
    emit('tunnel', {} as Connection);
    stop();
    emit('check', { kind: 'progress', done: 2, planned: 2 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

describe('what a hostile window may send', () => {
  it.each([
    ['an unknown call', { type: 'call', id: 7, name: 'shell.run', args: {} }],
    ['a name of every object', { type: 'call', id: 7, name: 'constructor', args: {} }],
    ['an unknown type', { type: 'eval', id: 7 }],
    ['more than the message has', { type: 'cancel', id: 7, force: true }],
  ])('%s is answered with bad-request', async (_what, message) => {
    expect(await answerTo(bed(), message)).toMatchObject({ type: 'error', id: 7, error: { code: 'bad-request' } });
  });

  it('the id of a call that still runs is refused, and that call goes on', async () => {
    let release: (() => void) | undefined;
    const pair = bed({ 'check.cancel': () => new Promise((resolve) => (release = () => resolve(null))) });
    const message = { type: 'call', id: 7, name: 'check.cancel', args: {} };
    pair.client.send(message);
    expect(await answerTo(pair, message)).toMatchObject({ type: 'error', id: 7, error: { code: 'bad-request' } });
    const answer = new Promise((resolve) => pair.client.onMessage(resolve));
    release?.();
    expect(await answer).toEqual({ type: 'result', id: 7, value: null });
  });

  it.each([[undefined], [null], [''], [[]], [{ id: 'x' }], [{ id: 1.5, type: 'call' }]])(
    '%j without a usable id is dropped, and the next call works',
    async (message) => {
      const { api, client } = bed({ 'tunnel.repair': () => Promise.resolve({ removed: [] }) });
      client.send(message);
      expect(await api.call('tunnel.repair', {})).toEqual({ removed: [] });
    },
  );

  it('a cancel of nothing is harmless', async () => {
    const { api, client } = bed({ 'tunnel.repair': () => Promise.resolve({ removed: [] }) });
    client.send({ type: 'cancel', id: 99 });
    expect(await api.call('tunnel.repair', {})).toEqual({ removed: [] });
  });
});
