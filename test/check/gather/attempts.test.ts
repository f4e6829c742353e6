import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attempt } from '../../../electron/check/gather/attempts.ts';
import type { TcpProbe } from '../../../electron/check/probe.ts';
import { fakeNet } from '../fake-net.ts';
import { fakeSession } from '../fake-session.ts';

const forever = new AbortController().signal;
const session = () => fakeSession(fakeNet());
const probe = (id: string, outcome: TcpProbe['outcome']): TcpProbe => ({
  kind: 'tcp',
  id,
  service: null,
  target: 'x',
  address: '1.1.1.1',
  port: 443,
  startMs: 0,
  durationMs: 0,
  outcome,
});
const good = (id: string): TcpProbe => probe(id, { kind: 'connected', rttMs: 1 });
const bad = (id: string): TcpProbe =>
  probe(id, { kind: 'failed', operation: 'connect', failure: 'connection_refused', bytesRead: 0 });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Runs tries that end after so many milliseconds, well or badly; null never ends. */
async function attempts(plan: ({ ms: number; ends: 'well' | 'badly' } | null)[], tries = plan.length) {
  const started: number[] = [];
  const aborted: number[] = [];
  const onDoubt = vi.fn();
  const running = attempt<TcpProbe>(session(), {
    tries: () => tries,
    hedgeMs: 1000,
    signal: forever,
    onDoubt,
    run: (index, signal) => {
      started.push(index);
      signal.addEventListener('abort', () => aborted.push(index));
      return new Promise((resolve) => {
        const step = plan[index];
        if (step) setTimeout(() => resolve(step.ends === 'well' ? good(`p${index}`) : bad(`p${index}`)), step.ms);
      });
    },
  });
  await vi.advanceTimersByTimeAsync(10_000);
  return { probes: (await running).map(({ id }) => id), started, aborted, doubts: onDoubt.mock.calls.length };
}

describe('trying', () => {
  it('once is enough when it works', async () => {
    expect(await attempts([{ ms: 40, ends: 'well' }, null])).toMatchObject({ probes: ['p0'], started: [0], doubts: 0 });
  });

  it('again at once after a quick failure, and gives both', async () => {
    const result = await attempts([
      { ms: 5, ends: 'badly' },
      { ms: 5, ends: 'badly' },
    ]);
    expect(result).toMatchObject({ probes: ['p0', 'p1'], doubts: 1 });
  });

  it('beside a silent one, which is given up when the other works', async () => {
    const result = await attempts([null, { ms: 50, ends: 'well' }]);
    expect(result).toMatchObject({ probes: ['p1'], started: [0, 1] });
    expect(result.aborted).toContain(0);
  });

  it('not more often than told', async () => {
    const badly = { ms: 5, ends: 'badly' } as const;
    expect((await attempts([badly, badly, badly], 2)).probes).toEqual(['p0', 'p1']);
  });
});
