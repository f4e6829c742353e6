import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallProbe } from '../../../electron/check/probe.ts';
import { rehearse } from '../../../electron/check/rehearsal/rehearse.ts';
import { parseRelay, type Relay } from '../../../electron/check/rehearsal/relay.ts';
import { createTrustStore } from '../../../electron/check/net/trust.ts';
import { createSession, type Session } from '../../../electron/check/session.ts';
import { fakeNet, muteStream, type FakeBehaviour, type FakeNet } from '../fake-net.ts';
import { fakeRelay, webStream, type RelayHabits } from './fake-relay.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const udpOnly = relayAt('turn:198.51.100.4');
const tcpOnly = relayAt('turn:198.51.100.4?transport=tcp');

function relayAt(...urls: string[]): Relay {
  return parseRelay(JSON.stringify({ urls, username: 'me', credential: 'secret' }));
}

interface Rehearsed {
  probes: CallProbe[];
  net: FakeNet;
  tookMs: number;
}

function sessionOf(net: FakeNet, signal: AbortSignal, recorded: unknown[]): Session {
  const trust = createTrustStore(new Map(), null);
  const onProbe = (probe: unknown): void => void recorded.push(probe);
  return createSession({ net, trust, signal, listening: signal, onProbe, onPlan: () => undefined });
}

async function rehearsed(relay: Relay, behaviour: Partial<FakeBehaviour>): Promise<Rehearsed> {
  const net = fakeNet(behaviour);
  const probes: CallProbe[] = [];
  const recorded: unknown[] = [];
  const from = Date.now();
  const session = sessionOf(net, new AbortController().signal, recorded);
  let tookMs: number | undefined;
  const running = rehearse(session, relay, 4, probes).then(() => (tookMs = Date.now() - from));
  for (let step = 0; step < 3000 && tookMs === undefined; step += 1) await vi.advanceTimersByTimeAsync(5);
  await running;
  expect(recorded).toHaveLength(relay.ways.length);
  expect([net.open.udp, net.open.tcp]).toEqual([0, 0]);
  return { probes, net, tookMs: tookMs ?? 0 };
}

async function overUdp(habits: Partial<RelayHabits> = {}) {
  const relay = fakeRelay(habits);
  const { probes, ...rest } = await rehearsed(udpOnly, { onDatagram: relay.onDatagram });
  return { outcome: probes[0]?.outcome, probe: probes[0], relay, ...rest };
}

const isSound = (data: Uint8Array): boolean => (data[0] ?? 0) >> 6 === 2;
const isHello = (data: Uint8Array): boolean => data[0] === 22;
const isStun = (data: Uint8Array): boolean => (data[0] ?? 0) < 4;

describe('a rehearsed call', () => {
  it('on a good line is good within two and a half seconds, and gives its addresses back', async () => {
    const { outcome, probe, relay, tookMs } = await overUdp();
    expect(outcome).toMatchObject({ kind: 'called', ice: true, dtls: true, end: 'enough' });
    if (outcome?.kind !== 'called') throw new Error('it was not called');
    for (const { sent, lost } of [outcome.there, outcome.back]) expect([sent > 80, lost]).toEqual([true, 0]);
    expect(probe?.durationMs).toBeLessThanOrEqual(2500);
    expect(tookMs).toBeLessThan(2600);
    expect(relay.allocations.size).toBe(0);
  });

  it('goes over a stream that comes in pieces as well', async () => {
    const { probes } = await rehearsed(tcpOnly, { onConnect: fakeRelay().stream });
    expect(probes[0]).toMatchObject({
      transport: 'tcp',
      outcome: { kind: 'called', ice: true, dtls: true, end: 'enough' },
    });
  });

  it('is made by all ways at once, each told in the order of the list', async () => {
    const relay = fakeRelay();
    const both = relayAt('turn:198.51.100.4?transport=tcp', 'turn:198.51.100.4', 'turn:198.51.100.4:443');
    const { probes, tookMs } = await rehearsed(both, { onDatagram: relay.onDatagram, onConnect: relay.stream });
    expect(probes.map(({ transport, port }) => [transport, port])).toEqual([
      ['tcp', 3478],
      ['udp', 3478],
      ['udp', 443],
    ]);
    expect(probes.every(({ outcome }) => outcome.kind === 'called')).toBe(true);
    expect(tookMs).toBeLessThan(2700);
  });

  it('that is cut is known a second later, and the relay is asked whether it is there', async () => {
    let sound = 0;
    const { outcome } = await overUdp({ carries: (data) => !isSound(data) || (sound += 1) <= 60 });
    expect(outcome).toMatchObject({ kind: 'called', end: 'silence', sameLine: true, freshLine: true });
    expect(outcome).toMatchObject({ there: { passed: 30 }, back: { passed: 30 } });
  });

  it.each([
    ['no sound', isSound, { ice: true, dtls: true, end: 'silence', there: { passed: 0 } }],
    ['no key exchange', isHello, { ice: true, dtls: false, end: 'enough' }],
    ['not even a connectivity check', isStun, { ice: false, end: 'silence', there: { sent: 0 } }],
  ])('through which comes %s says so', async (_what, stopped, seen) => {
    expect((await overUdp({ carries: (data) => !stopped(data) })).outcome).toMatchObject({ kind: 'called', ...seen });
  });
});

describe('a relay that says no', () => {
  it.each([
    ['a wrong password', { password: 'another' }, 401],
    ['too many calls', { errors: { allocate: [486] } }, 486],
    ['no capacity', { errors: { allocate: [508] } }, 508],
    ['another one’s allocation', { errors: { allocate: [437] } }, 437],
    ['a peer that it does not serve', { errors: { createPermission: [403] } }, 403],
    ['a nonce that is always stale', { errors: { allocate: [438] } }, 438],
  ])('for %s is told by its number', async (_why, habits, code) => {
    const { outcome, relay } = await overUdp(habits);
    expect(outcome).toEqual({ kind: 'rejected', code });
    expect(relay.allocations.size).toBe(0);
  });

  it.each([
    ['a stale nonce', { errors: { allocate: [438, 0] } }],
    ['a stale nonce later', { errors: { channelBind: [438, 0] } }],
    ['another realm at the second word', { realms: ['one', 'two'], errors: { allocate: [401, 0] } }],
  ])('for %s is asked again', async (_why, habits) => {
    expect((await overUdp(habits)).outcome).toMatchObject({ kind: 'called', end: 'enough' });
  });

  it('is not believed when somebody else has signed its yes', async () => {
    expect((await overUdp({ forged: true })).outcome).toMatchObject({ kind: 'silent', began: true });
  });
});

describe('a relay that cannot be reached', () => {
  it('is silent after three seconds', async () => {
    const { probes, tookMs } = await rehearsed(udpOnly, {});
    expect(probes[0]?.outcome).toMatchObject({ kind: 'silent', began: false, sent: 10 });
    expect(tookMs).toBeLessThan(3200);
  });

  it('is refused where a router says so', async () => {
    const onDatagram: FakeBehaviour['onDatagram'] = (_remote, _bytes, _reply, fail) => fail('connection_refused');
    expect((await rehearsed(udpOnly, { onDatagram })).probes[0]?.outcome).toEqual({
      ...{ kind: 'refused', failure: 'connection_refused' },
    });
  });

  it.each([
    ['answers as a web server', webStream, { kind: 'failed', operation: 'read' }],
    ['takes the connection and says nothing', muteStream, { kind: 'silent', began: false }],
  ])('over TCP %s', async (_what, stream, outcome) => {
    expect((await rehearsed(tcpOnly, { onConnect: stream })).probes[0]?.outcome).toMatchObject(outcome);
  });

  it('whose name nobody knows is not looked for elsewhere, and the question is not recorded', async () => {
    const { probes } = await rehearsed(relayAt('turn:relay.example'), {});
    expect(probes[0]?.outcome).toMatchObject({ kind: 'failed', operation: 'resolve' });
  });
});

it.each([50, 700, 1500])(
  'a call that is cancelled after %i ms ends at once, and the relay gets its addresses back',
  async (ms) => {
    const relay = fakeRelay();
    const net = fakeNet({ onDatagram: relay.onDatagram });
    const controller = new AbortController();
    const running = rehearse(sessionOf(net, controller.signal, []), udpOnly, 4, []);
    const caught = running.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(ms);
    expect(relay.allocations.size).toBe(2);
    const reason = new Error('the user left');
    controller.abort(reason);
    await vi.advanceTimersByTimeAsync(20);
    expect(await caught).toBe(reason);
    expect([net.open.udp, relay.allocations.size]).toEqual([0, 0]);
  },
);
