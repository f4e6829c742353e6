import { describe, expect, it, vi } from 'vitest';
import { createTunnelHandlers, type TunnelDependencies } from '../../electron/app/tunnel-handlers.ts';
import type { Profile } from '../../electron/profile/types.ts';
import { toConnection } from '../../electron/tunnel/connection.ts';
import type { Tunnel } from '../../electron/tunnel/tunnel.ts';
import type { TunnelState, Verified } from '../../electron/tunnel/types.ts';
import { reportOf } from '../reports.ts';

const { signal } = new AbortController();
const profile = { kind: 'wireguard' } as Profile;
const before = reportOf({ telegram: 'blocked', gone: 'blocked' });
const asked = { profile: 'p-1', killSwitch: true, recheck: true };

function connected(calls: Verified['calls']): TunnelState {
  return {
    state: 'connected',
    profile: 'p-1',
    backend: 'direct',
    since: '2026-11-24T12:00:02.000Z',
    durationMs: 640,
    killSwitch: true,
    verified: {
      handshake: true,
      traffic: true,
      exit: '203.0.113.3',
      dnsInTunnel: true,
      ipv6: 'tunnelled',
      calls,
    },
    attempts: [],
  };
}

/** A tunnel that connects at once and asks for the calls. */
function goodTunnel(change: Partial<Tunnel> = {}): Tunnel {
  return {
    connect: async ({ verifyCalls }) => connected((await verifyCalls?.(signal)) ?? 'unknown'),
    status: () => Promise.resolve({ state: 'disconnected' }),
    disconnect: () => Promise.resolve({ state: 'disconnected' }),
    repair: () => Promise.resolve({ removed: ['rule 90'] }),
    doctor: () => Promise.reject(new Error('not asked')),
    ...change,
  };
}

function bed(change: Partial<TunnelDependencies> = {}) {
  const told: [string, unknown][] = [];
  const kept: unknown[] = [];
  const run = vi.fn<TunnelDependencies['run']>(() => Promise.resolve(reportOf({ telegram: 'ok' })));
  const handlers = createTunnelHandlers({
    tunnel: goodTunnel(),
    toConnection,
    profile: () => Promise.resolve(profile),
    keepCredentials: (id, credentials) => Promise.resolve(void kept.push([id, credentials])),
    lastDirect: () => Promise.resolve(before),
    callsInside: () => undefined,
    run,
    compare: (earlier, after) => ({ before: earlier, after, services: [] }),
    serviceIds: () => ['telegram'],
    keep: (report, ownTunnel) => Promise.resolve(void kept.push([report, ownTunnel])),
    emit: (name, payload) => told.push([name, payload]),
    ...change,
  });
  return { handlers, told, run, kept };
}

describe('tunnel.connect', () => {
  it('checks again through the tunnel, and compares with the check before', async () => {
    const { handlers, told, run, kept } = bed();
    const connection = await handlers['tunnel.connect'](asked, { signal });
    expect(connection).toMatchObject({ state: 'connected', stage: null, error: null, verified: { calls: 'ok' } });
    expect(run.mock.calls[0]?.[0]).toMatchObject({ services: ['telegram'], depth: 'quick', reveal: false });
    expect(told.map(([name]) => name)).toEqual(['comparison', 'tunnel']);
    expect(told[0]?.[1]).toMatchObject({ before, after: { services: [{ calls: { verdict: 'ok' } }] } });
    expect(kept).toEqual([[reportOf({ telegram: 'ok' }), true]]);
  });

  it('stands also where the check cannot be kept', async () => {
    const { handlers } = bed({ keep: () => Promise.reject(new Error('disk full')) });
    expect(await handlers['tunnel.connect'](asked, { signal })).toMatchObject({ state: 'connected' });
  });

  it('looks at all calls, and compares nothing, when there was no check before', async () => {
    const { handlers, told, run } = bed({ lastDirect: () => Promise.reject(new Error('unreadable')) });
    expect(await handlers['tunnel.connect'](asked, { signal })).toMatchObject({ verified: { calls: 'ok' } });
    expect(run.mock.calls[0]?.[0]).not.toHaveProperty('services');
    expect(told.map(([name]) => name)).toEqual(['tunnel']);
  });

  it('through a tunnel for calls only, checks again only what goes through it', async () => {
    const isInside = (): boolean => true;
    const { handlers, run } = bed({
      serviceIds: () => ['telegram', 'gone'],
      callsInside: () => ({ services: ['telegram', 'zoom'], isInside }),
    });
    expect(await handlers['tunnel.connect'](asked, { signal })).toMatchObject({ verified: { calls: 'ok' } });
    expect(run.mock.calls[0]?.[0]).toMatchObject({ services: ['telegram'], isInside, earlier: before });
  });

  it('does not check again when asked not to', async () => {
    const { handlers, run } = bed();
    const connection = await handlers['tunnel.connect']({ ...asked, recheck: false }, { signal });
    expect(connection).toMatchObject({ verified: { calls: 'unknown' } });
    expect(run).not.toHaveBeenCalled();
  });

  it('tells each stage, and gives failures as states with their reason', async () => {
    const failed: TunnelState = {
      state: 'failed',
      profile: 'p-1',
      backend: 'direct',
      attempts: [],
      error: { code: 'handshake-silent', message: 'No answer.' },
    };
    const tunnel = goodTunnel({
      connect: ({ onState }) => {
        onState?.({ state: 'connecting', stage: 'handshake', profile: 'p-1', backend: 'direct', attempts: [] });
        return Promise.resolve(failed);
      },
    });
    const { handlers, told } = bed({ tunnel });
    expect(await handlers['tunnel.connect'](asked, { signal })).toMatchObject({ state: 'failed', error: failed.error });
    expect(told.map(([, payload]) => payload)).toMatchObject([
      { state: 'connecting', stage: 'handshake' },
      { state: 'failed' },
    ]);
  });

  it('hands over profile and wishes', async () => {
    const connect = vi.fn<Tunnel['connect']>(() => Promise.resolve(connected('unknown')));
    const { handlers } = bed({ tunnel: goodTunnel({ connect }) });
    await handlers['tunnel.connect']({ ...asked, backend: 'direct' }, { signal });
    expect(connect.mock.calls[0]?.[0]).toMatchObject({ id: 'p-1', profile, killSwitch: true, backend: 'direct' });
  });

  const openVpn = { kind: 'openvpn', remotes: [], userPass: { required: true }, options: [] } as Profile;
  const typed = { username: 'lantern', password: 'wet stone 7' };

  it('uses a user name and password that were typed, and keeps them once they were accepted', async () => {
    const connect = vi.fn<Tunnel['connect']>(() => Promise.resolve(connected('unknown')));
    const { handlers, kept } = bed({ tunnel: goodTunnel({ connect }), profile: () => Promise.resolve(openVpn) });
    await handlers['tunnel.connect']({ ...asked, credentials: { ...typed, keep: false } }, { signal });
    expect(connect.mock.calls[0]?.[0].profile).toMatchObject({ userPass: typed });
    expect(kept).toEqual([]);
    await handlers['tunnel.connect']({ ...asked, credentials: { ...typed, keep: true } }, { signal });
    expect(kept).toEqual([['p-1', { ...typed, keep: true }]]);
  });

  it('keeps none that were refused', async () => {
    const error = { code: 'password-wrong', message: 'Refused.' } as const;
    const connect = (): Promise<TunnelState> =>
      Promise.resolve({ state: 'failed', profile: 'p-1', backend: 'direct', attempts: [], error });
    const { handlers, kept } = bed({ tunnel: goodTunnel({ connect }), profile: () => Promise.resolve(openVpn) });
    const credentials = { ...typed, keep: true };
    expect(await handlers['tunnel.connect']({ ...asked, credentials }, { signal })).toMatchObject({ error });
    expect(kept).toEqual([]);
  });

  it('does not begin without a profile, and can be tried again', async () => {
    const missing = new Error('no such profile');
    const find = vi.fn(() => Promise.resolve(profile)).mockRejectedValueOnce(missing);
    const { handlers } = bed({ profile: find });
    await expect(handlers['tunnel.connect'](asked, { signal })).rejects.toBe(missing);
    expect(await handlers['tunnel.connect'](asked, { signal })).toMatchObject({ state: 'connected' });
  });
});

describe('an attempt under way', () => {
  /** Connects until it is told to stop; then all is undone. */
  const slow: Tunnel['connect'] = ({ signal: stop }) =>
    new Promise((resolve) => stop?.addEventListener('abort', () => resolve({ state: 'disconnected' })));

  it('is the only one', async () => {
    const { handlers } = bed({ tunnel: goodTunnel({ connect: slow }) });
    const controller = new AbortController();
    const first = handlers['tunnel.connect'](asked, { signal: controller.signal });
    await expect(handlers['tunnel.connect'](asked, { signal })).rejects.toMatchObject({ code: 'busy' });
    controller.abort();
    expect(await first).toMatchObject({ state: 'disconnected' });
  });

  it.each(['tunnel.disconnect', 'tunnel.repair'] as const)('is undone before %s', async (name) => {
    const order: string[] = [];
    const tunnel = goodTunnel({
      connect: (request) => slow(request).finally(() => order.push('undone')),
      disconnect: () => {
        order.push('disconnect');
        return Promise.resolve({ state: 'disconnected' });
      },
      repair: () => {
        order.push('repair');
        return Promise.resolve({ removed: [] });
      },
    });
    const { handlers } = bed({ tunnel });
    const connecting = handlers['tunnel.connect'](asked, { signal });
    await new Promise((resolve) => setImmediate(resolve)); // until the tunnel itself is at work
    await handlers[name]({}, { signal });
    await connecting;
    expect(order).toEqual(['undone', name.slice('tunnel.'.length)]);
  });
});

describe('tunnel.repair', () => {
  it('says what it removed, and tells the state that is left', async () => {
    const { handlers, told } = bed();
    expect(await handlers['tunnel.repair']({}, { signal })).toEqual({ removed: ['rule 90'] });
    expect(told).toMatchObject([['tunnel', { state: 'disconnected' }]]);
  });
});
