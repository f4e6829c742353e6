import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NetFailure } from '../../electron/check/net/net.ts';
import { createTrustStore } from '../../electron/check/net/trust.ts';
import { createGate, createSession, withDeadline, type Session } from '../../electron/check/session.ts';
import { fakeNet } from './fake-net.ts';

const forever = new AbortController().signal;
const newSession = (): Session =>
  createSession({
    net: fakeNet(),
    trust: createTrustStore(new Map(), null),
    signal: forever,
    listening: forever,
    onPlan: () => undefined,
    onProbe: () => undefined,
  });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a gate', () => {
  it('lets only so many in, the next one when somebody leaves, in order of arrival', async () => {
    const gate = createGate(2);
    const inside: string[] = [];
    const leave = new Map<string, () => void>();
    for (const name of ['a', 'b', 'c', 'd']) {
      void gate.enter(forever).then((leaving) => {
        inside.push(name);
        leave.set(name, leaving);
      });
    }
    await vi.advanceTimersByTimeAsync(1);
    expect(inside).toEqual(['a', 'b']);
    leave.get('b')?.();
    leave.get('b')?.();
    await vi.advanceTimersByTimeAsync(1);
    expect(inside).toEqual(['a', 'b', 'c']);
  });

  it('forgets who gave up waiting', async () => {
    const gate = createGate(1);
    const leave = await gate.enter(forever);
    const impatient = new AbortController();
    const waiting = gate.enter(impatient.signal);
    impatient.abort(new Error('gave up'));
    await expect(waiting).rejects.toThrow('gave up');
    leave();
    await expect(gate.enter(forever)).resolves.toBeTypeOf('function');
  });
});

describe('a deadline', () => {
  const never = new Promise<never>(() => undefined);

  it('stops the work and calls it a time-out, with the bytes that had come', async () => {
    const { promise, reject } = lateWork();
    const waiting = withDeadline(newSession(), 100, forever, () => reject(new NetFailure('interrupted', 7)), promise);
    const caught = waiting.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(101);
    expect(await caught).toMatchObject({ failure: 'generic_timeout_error', bytesRead: 7 });
  });

  it('does not wait for work that cannot be stopped', async () => {
    const caught = withDeadline(newSession(), 100, forever, () => undefined, never).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(200);
    expect(await caught).toMatchObject({ failure: 'generic_timeout_error' });
  });

  it('gives the signal’s reason at once', async () => {
    const controller = new AbortController();
    const stop = vi.fn();
    const waiting = withDeadline(newSession(), 100, controller.signal, stop, never);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(stop).toHaveBeenCalledOnce();
  });

  function lateWork(): { promise: Promise<never>; reject: (error: Error) => void } {
    let reject: (error: Error) => void = () => undefined;
    const promise = new Promise<never>((_, no) => (reject = no));
    return { promise, reject: (error) => reject(error) };
  }
});

describe('the round-trip estimate', () => {
  it('is 0 before anything was measured, near the slowest after, and never above two seconds', () => {
    const { rtt } = newSession();
    expect(rtt.highMs()).toBe(0);
    for (const sample of [10, 20, 30, 40, 50, 60, 70, 80, 90, 5000]) rtt.add(sample);
    expect(rtt.highMs()).toBe(90);
    for (let count = 0; count < 60; count += 1) rtt.add(9000);
    expect(rtt.highMs()).toBe(2000);
  });
});
