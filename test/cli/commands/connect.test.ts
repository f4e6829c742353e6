import { describe, expect, it } from 'vitest';
import type { Connection, ProbedServer, ProfileSummary } from '../../../electron/api/schema.ts';
import { reportOf } from '../../reports.ts';
import { sawt } from '../cli-bed.ts';

const connected: Connection = {
  state: 'connected',
  stage: null,
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
    ipv6: 'blocked',
    calls: 'ok',
  },
  attempts: [],
  error: null,
};
const failed: Connection = {
  ...connected,
  state: 'failed',
  verified: null,
  error: { code: 'handshake-silent', message: 'The server did not answer. Try another.' },
};
const profile = (id: string): ProfileSummary => ({
  id,
  name: id,
  kind: 'wireguard',
  endpoint: null,
  provider: null,
  dropped: [],
  warnings: [],
});

describe('sawt connect', () => {
  it('prints the connection and nothing else with --json', async () => {
    const run = await sawt(['connect', 'p-1', '--json'], { 'tunnel.connect': () => connected });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(run.out)).toEqual(connected);
  });

  it('says in words what was proved', async () => {
    const { out } = await sawt(['connect', 'p-1'], { 'tunnel.connect': () => connected });
    expect(out).toContain('Connected.');
    expect(out).toContain('The world sees you as 203.0.113.3.');
    expect(out).toContain('The calls that were blocked work now.');
  });

  it('passes its options on', async () => {
    const argv = ['connect', 'p-1', '--kill-switch', '--backend', 'direct', '--no-recheck'];
    const { calls } = await sawt(argv, { 'tunnel.connect': () => connected });
    const args = { profile: 'p-1', killSwitch: true, backend: 'direct', recheck: false };
    expect(calls).toEqual([{ name: 'tunnel.connect', args }]);
  });

  it.each([
    [{ code: 'handshake-silent', message: 'The server did not answer. Try another.' }, 1],
    [{ code: 'permission-refused', message: 'Not root.' }, 4],
  ] as const)('that does not connect is not called a success', async (error, code) => {
    const connection = { ...failed, error } satisfies Connection;
    const run = await sawt(['connect', 'p-1', '--json'], { 'tunnel.connect': () => connection });
    expect(run.code).toBe(code);
    expect(JSON.parse(run.out)).toEqual(connection);
    expect(run.err).toBe(`sawt: ${error.message}\n`);
  });

  it('that was cancelled says so, and that nothing was left', async () => {
    const undone = { ...connected, state: 'disconnected', profile: null, verified: null } satisfies Connection;
    const message = 'Cancelled. The network is as it was before.';
    const run = await sawt(['connect', 'p-1', '--json'], { 'tunnel.connect': () => undone });
    expect(run).toMatchObject({ code: 1, err: `sawt: ${message}\n` });
    expect(JSON.parse(run.out)).toEqual({ ...undone, error: { code: 'cancelled', message } });
  });

  it('shows stages on a terminal, and the comparison', async () => {
    const before = reportOf({ telegram: 'blocked' });
    const after = reportOf({ telegram: 'ok' });
    const change = { id: 'telegram', name: 'Telegram', messages: 'same-ok', calls: 'fixed' } as const;
    const run = await sawt(
      ['connect', 'p-1'],
      {
        'tunnel.connect': (_args, { emit }) => {
          emit('tunnel', { ...connected, state: 'connecting', stage: 'handshake' });
          emit('comparison', { before, after, services: [change] });
          return connected;
        },
      },
      { terminal: true },
    );
    expect(run.err).toContain('waiting for the server to answer');
    expect(run.err).toMatch(/Telegram +works +as before +blocked -> works +now works/);
  });

  describe('without an id', () => {
    it('takes the only profile', async () => {
      const handlers = { 'profiles.list': () => [profile('p-9')], 'tunnel.connect': () => connected };
      const { code, calls } = await sawt(['connect'], handlers);
      expect(code).toBe(0);
      expect(calls[1]?.args).toMatchObject({ profile: 'p-9' });
    });

    it('asks which of several, and for the first', async () => {
      const several = await sawt(['connect'], { 'profiles.list': () => [profile('p-1'), profile('p-2')] });
      expect(several.code).toBe(2);
      const none = await sawt(['connect'], { 'profiles.list': () => [] });
      expect(none.code).toBe(1);
      expect(none.err).toContain('sawt import');
    });
  });

  describe('with --best', () => {
    const server: ProbedServer = {
      ...{ rank: 1, standing: 'usable', reason: 'best', profile: 'p-1', server: null, name: 'Madrid' },
      ...{ endpoint: '198.51.100.7:51820', method: 'wireguard', rttMs: 40, jitterMs: 1, lossPct: 0 },
    };

    it('tells which server is tried, why, and what became of it', async () => {
      const run = await sawt(['connect', '--best', '--no-recheck'], {
        'tunnel.connectBest': (_args, { emit }) => {
          emit('choosing', { kind: 'ranked', results: [server] });
          emit('choosing', { kind: 'trying', server, of: 2 });
          emit('choosing', { kind: 'failed', server, error: { code: 'no-traffic', message: 'Nothing came back.' } });
          return connected;
        },
      });
      expect(run.code).toBe(0);
      expect(run.err).toContain('Madrid 198.51.100.7:51820: the best for calls, of 2 tried.');
      expect(run.err).toContain('Madrid: Nothing came back.');
      expect(run.calls).toEqual([{ name: 'tunnel.connectBest', args: { killSwitch: false, recheck: false } }]);
    });

    it.each([['--credentials', 'file'], ['p-1']])('does not go together with %s', async (...more) => {
      expect(await sawt(['connect', '--best', ...more])).toMatchObject({ code: 2, calls: [] });
    });
  });
});

describe('sawt status', () => {
  it('is done also when nothing is connected', async () => {
    const connection = { ...connected, state: 'disconnected', profile: null, verified: null } as const;
    const run = await sawt(['status'], { 'tunnel.status': () => connection });
    expect(run).toMatchObject({ code: 0, out: 'Not connected.\n' });
  });
});

describe('sawt disconnect', () => {
  it('is done when the network is free, and failed when it is not', async () => {
    const free = { ...connected, state: 'disconnected', profile: null, verified: null } as const;
    expect((await sawt(['disconnect'], { 'tunnel.disconnect': () => free })).code).toBe(0);
    const run = await sawt(['disconnect', '--json'], { 'tunnel.disconnect': () => failed });
    expect(run).toMatchObject({ code: 1, err: 'sawt: The server did not answer. Try another.\n' });
  });
});
