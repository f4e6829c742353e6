import { createSecureContext, type SecureContext } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCheck, type CheckOptions } from '../../electron/check/run.ts';
import { reportSchema, type CheckEvent } from '../../electron/check/report.ts';
import { fakeNet, lan, muteStream, type FakeNet } from './fake-net.ts';
import { catalogue } from './judge/evidence-builder.ts';

const signalRoot = new Map([['signal', '']]);
const options = (net: FakeNet, more: Partial<CheckOptions> = {}): CheckOptions => ({
  catalogue,
  privateRoots: signalRoot,
  depth: 'quick',
  net,
  ...more,
});
const openSockets = ({ open }: FakeNet): number => open.udp + open.tcp;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Lets the check's clock run on until it has ended. */
async function finished<T>(running: Promise<T>): Promise<T> {
  const state = { done: false };
  const settled = running.finally(() => (state.done = true));
  settled.catch(() => undefined);
  for (let step = 0; step < 2000; step += 1) {
    if (state.done) break;
    await vi.advanceTimersByTimeAsync(50);
  }
  return settled;
}

describe('without any network', () => {
  it('is offline at once, and sends nothing', async () => {
    const net = fakeNet({ interfaces: [{ ...lan, address: '127.0.0.1', internal: true }] });
    const report = await finished(runCheck(options(net)));
    expect(report.network.state).toBe('offline');
    expect(report.durationMs).toBeLessThan(2000);
    expect([net.sentDatagrams, net.open.mostConnecting]).toEqual([0, 0]);
  });
});

describe('in a network in which nothing answers', () => {
  it('is offline within 8 s, says nothing about services, and leaves no socket open', async () => {
    const net = fakeNet();
    const report = await finished(runCheck(options(net)));
    expect(report.network).toMatchObject({ state: 'offline', ipv4: false, mapped: null });
    expect(report.durationMs).toBeLessThan(8000);
    expect(
      report.services.every(
        ({ messages, calls }) => messages.verdict === 'inconclusive' && calls.verdict === 'inconclusive',
      ),
    ).toBe(true);
    expect(openSockets(net)).toBe(0);
  });

  it('never has more than 64 connections in the making and 250 sockets', async () => {
    const net = fakeNet();
    await finished(runCheck(options(net)));
    expect(net.open.mostConnecting).toBeGreaterThan(10);
    expect(net.open.mostConnecting).toBeLessThanOrEqual(64);
    expect(net.open.mostSockets).toBeLessThanOrEqual(250);
  });

  it('gives a report that keeps the contract, with a probe for every id that a verdict names', async () => {
    const report = await finished(runCheck(options(fakeNet())));
    expect(reportSchema.parse(report)).toBeTruthy();
    const known = new Set(report.probes.map(({ id }) => id));
    const named = report.services.flatMap(({ messages, calls }) => [...messages.probes, ...calls.probes]);
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('before a first connection stands', () => {
  it.each([
    [
      ['signal', 'zoom'],
      [null, 'signal'],
    ],
    [['zoom'], [null]],
  ])('all roots that %j need are at hand, and no others', async (services, wanted) => {
    const made: (string | null)[] = [];
    const context = (ca: string | null): SecureContext => {
      made.push(ca);
      return createSecureContext({ ca: '' });
    };
    const controller = new AbortController();
    const running = runCheck(options(fakeNet(), { services, trust: { context }, signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(50);
    expect(made).toEqual(wanted);
    controller.abort(new Error('seen enough'));
    await expect(running).rejects.toThrow('seen enough');
  });
});

describe('when cancelled', () => {
  it.each([0, 30, 700, 2500])(
    'after %i ms rejects with the reason, and all sockets are closed within half a second',
    async (afterMs) => {
      const net = fakeNet({ onConnect: muteStream });
      const controller = new AbortController();
      const running = runCheck(options(net, { signal: controller.signal }));
      const outcome = running.then(
        () => 'finished',
        (reason: unknown) => reason,
      );
      await vi.advanceTimersByTimeAsync(afterMs);
      const reason = new Error('the user left');
      controller.abort(reason);
      await vi.advanceTimersByTimeAsync(500);
      expect(await outcome).toBe(reason);
      expect(openSockets(net)).toBe(0);
    },
  );

  it('before it began sends nothing', async () => {
    const net = fakeNet();
    const signal = AbortSignal.abort(new Error('never mind'));
    await expect(runCheck(options(net, { signal }))).rejects.toThrow('never mind');
    expect(net.sentDatagrams).toBe(0);
  });
});

describe('when time is up', () => {
  it('judges what it has and calls the rest not run', async () => {
    // Connections stand, so that it is not offline, and then nothing more comes.
    const net = fakeNet({ onConnect: muteStream });
    const report = await finished(runCheck(options(net, { timeoutMs: 1000 })));
    expect(report.durationMs).toBeLessThan(1600);
    expect(report.services.filter(({ messages }) => messages.verdict === 'blocked')).toEqual([]);
    expect(report.services.find(({ id }) => id === 'zoom')?.messages.verdict).toBe('not-run');
  });
});

describe('its events', () => {
  it('begin with started, end with the report, and hold a final row for each service asked for', async () => {
    const events: CheckEvent[] = [];
    const net = fakeNet();
    const report = await finished(
      runCheck(options(net, { services: ['signal', 'zoom'], onEvent: (event) => events.push(event) })),
    );
    expect(events[0]).toMatchObject({ kind: 'started', services: [{ id: 'signal' }, { id: 'zoom' }] });
    expect(events.at(-1)).toEqual({ kind: 'report', report });
    const rows = events.flatMap((event) => (event.kind === 'service' && event.final ? [event.service.id] : []));
    expect(rows).toEqual(['signal', 'zoom']);
    const progress = events.flatMap((event) => (event.kind === 'progress' ? [event] : []));
    expect(progress.every(({ done, planned }) => done <= planned)).toBe(true);
  });
});
