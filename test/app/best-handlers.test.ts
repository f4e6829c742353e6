import { describe, expect, it } from 'vitest';
import type { CallName, Connection, Handlers, ProbedServer, ProfileSummary } from '../../electron/api/schema.ts';
import { createBestHandlers } from '../../electron/app/best-handlers.ts';

const { signal } = new AbortController();
const connected: Connection = {
  ...{ state: 'connected', stage: null, profile: 'p-1', backend: 'direct', since: null, durationMs: 640 },
  ...{ killSwitch: false, verified: null, attempts: [], error: null },
};
const silent: Connection = {
  ...connected,
  state: 'failed',
  attempts: [{ transport: 'wireguard-udp', endpoint: '198.51.100.7:51820', result: 'silent', durationMs: 2500 }],
  error: { code: 'handshake-silent', message: 'The server did not answer. Try another.' },
};
const profile = (id: string): ProfileSummary => ({
  ...{ id, name: id, kind: 'wireguard', endpoint: null, provider: null, dropped: [], warnings: [] },
});
const probed = (more: Partial<ProbedServer> = {}): ProbedServer => ({
  ...{ rank: 1, standing: 'usable', reason: 'best', profile: 'p-1', server: null, name: 'Madrid' },
  ...{ endpoint: '198.51.100.7:51820', method: 'wireguard', rttMs: 40, jitterMs: 1, lossPct: 0 },
  ...more,
});
const second = probed({ rank: 2, profile: 'p-2', endpoint: '198.51.100.8:51820', name: 'Paris' });
const four = [7, 8, 9, 10].map((last) => probed({ endpoint: `198.51.100.${last}:51820`, server: `acme/es-${last}` }));

function bed(results: ProbedServer[], connect: (id: string) => Connection, memory = false) {
  const calls: [CallName, unknown][] = [];
  const told: unknown[] = [];
  const note = <Value>(name: CallName, args: unknown, value: Value): Promise<Value> => {
    calls.push([name, args]);
    return Promise.resolve(value);
  };
  const handlers = createBestHandlers({
    'servers.probe': (args) =>
      note('servers.probe', args, { results, skipped: 0, probedAt: '', remembered: memory && args.remembered }),
    'servers.generate': (args) => note('servers.generate', args, profile(`p-${args.serverId.split('-')[1] ?? ''}`)),
    'tunnel.connect': (args) => note('tunnel.connect', args, connect(args.profile)),
    'profiles.remove': (args) => note('profiles.remove', args, null),
    emit: (name, payload) => told.push([name, payload]),
  } satisfies Parameters<typeof createBestHandlers>[0]);
  const wishes = { killSwitch: false, recheck: true };
  const run = (more: Partial<Parameters<Handlers['tunnel.connectBest']>[0]> = {}): Promise<Connection> =>
    handlers['tunnel.connectBest']({ ...wishes, ...more }, { signal });
  const named = (name: CallName): unknown[] => calls.filter((call) => call[0] === name).map(([, args]) => args);
  return { run, calls, told, named };
}

describe('connecting to the best server', () => {
  it('takes the profile whose server answered best, and hands the wishes on', async () => {
    const { run, named, told } = bed([probed(), probed({ standing: 'unreached' })], () => connected);
    expect(await run({ killSwitch: true, recheck: false, near: 'MA' })).toMatchObject({ state: 'connected' });
    expect(named('servers.probe')).toEqual([{ remembered: true, near: 'MA' }]);
    expect(named('tunnel.connect')).toEqual([{ profile: 'p-1', killSwitch: true, recheck: false }]);
    expect(told).toMatchObject([
      ['choosing', { kind: 'ranked' }],
      ['choosing', { kind: 'trying', server: { name: 'Madrid' }, of: 2 }],
    ]);
  });

  it('makes a profile for a server of the list', async () => {
    const { run, calls } = bed([probed({ server: 'acme/es-2' })], () => connected);
    await run();
    expect(calls.slice(1)).toMatchObject([
      ['servers.generate', { serverId: 'acme/es-2', fromProfile: 'p-1' }],
      ['tunnel.connect', { profile: 'p-2' }],
    ]);
  });

  it('connects to none when no server is usable', async () => {
    const { run, calls } = bed([probed({ standing: 'busy' }), probed({ standing: 'unreached' })], () => connected);
    await expect(run()).rejects.toMatchObject({ code: 'handshake-silent' });
    expect(calls).toHaveLength(1);
  });

  it('goes on to the second when the best fails after all, and tells the attempts of both', async () => {
    const ok = { transport: 'wireguard-udp', endpoint: second.endpoint, result: 'ok', durationMs: 40 } as const;
    const { run, told } = bed([probed(), second], (id) => (id === 'p-2' ? { ...connected, attempts: [ok] } : silent));
    expect((await run()).attempts).toEqual([...silent.attempts, ok]);
    expect(told).toContainEqual(['choosing', { kind: 'failed', server: probed(), error: silent.error }]);
  });

  it('tries three, asks anew when it had only remembered them, and keeps no profile that did not do', async () => {
    const { run, named } = bed(four, () => silent, true);
    expect(await run()).toMatchObject({ state: 'failed', error: silent.error });
    expect(named('servers.probe')).toEqual([{ remembered: true }, { remembered: false }]);
    expect(named('tunnel.connect')).toMatchObject([7, 8, 9, 10].map((last) => ({ profile: `p-${last}` })));
    expect(named('profiles.remove')).toEqual([7, 8, 9, 10].map((last) => ({ id: `p-${last}` })));
  });

  it('asks nobody anew while the kill switch holds the traffic back', async () => {
    const { run, named } = bed(four, () => ({ ...silent, state: 'blocked', killSwitch: true }), true);
    expect(await run()).toMatchObject({ state: 'blocked' });
    expect(named('servers.probe')).toHaveLength(1);
  });

  it('tries no other where the fault is not the server', async () => {
    const error = { code: 'permission-refused', message: 'Not root.' } as const;
    const { run, named } = bed([probed(), second], () => ({ ...silent, error }));
    expect(await run()).toMatchObject({ error });
    expect(named('tunnel.connect')).toHaveLength(1);
  });

  it('ends where it is cancelled', async () => {
    const { run, named } = bed([probed(), second], () => ({ ...connected, state: 'disconnected' }));
    expect(await run()).toMatchObject({ state: 'disconnected' });
    expect(named('tunnel.connect')).toHaveLength(1);
  });
});
