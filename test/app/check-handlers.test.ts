import { describe, expect, it, vi } from 'vitest';
import type { Report } from '../../electron/check/report.ts';
import { createCheckHandlers, type CheckDependencies, type CheckRequest } from '../../electron/app/check-handlers.ts';
import { reportOf } from '../reports.ts';

const signal = new AbortController().signal;
const report = reportOf({ telegram: 'blocked' });

function bed(change: Partial<CheckDependencies> = {}) {
  const kept: [Report, boolean][] = [];
  const told: unknown[] = [];
  const run = vi.fn<CheckDependencies['run']>(() => Promise.resolve(report));
  const handlers = createCheckHandlers({
    run,
    compare: (before, after) => ({ before, after, services: [] }),
    serviceIds: () => ['telegram', 'signal'],
    keep: (each, ownTunnel) => Promise.resolve(void kept.push([each, ownTunnel])),
    lastDirect: () => Promise.resolve(undefined),
    keptRelay: () => Promise.resolve(null),
    tunnelUp: () => Promise.resolve(false),
    callsInside: () => Promise.resolve(undefined),
    readSignatures: () => Promise.reject(new Error('nobody asked for it')),
    emit: (name, payload) => told.push([name, payload]),
    ...change,
  });
  return { handlers, run, kept, told };
}
const quick = { depth: 'quick', reveal: false } as const;

/** A check that lasts until it is cancelled. */
const endless = ({ signal: ended }: CheckRequest): Promise<Report> =>
  new Promise((_resolve, reject) => {
    const stop = (): void => reject(ended.reason as Error);
    if (ended.aborted) stop();
    else ended.addEventListener('abort', stop);
  });

describe('check.run', () => {
  it('gives the report and keeps it', async () => {
    const { handlers, kept } = bed();
    expect(await handlers['check.run'](quick, { signal })).toBe(report);
    expect(kept).toEqual([[report, false]]);
  });

  it('passes on what it was asked, and tells how it goes', async () => {
    const { handlers, run, told } = bed({
      run: vi.fn<CheckDependencies['run']>((request) => {
        request.onEvent?.({ kind: 'progress', done: 1, planned: 3 });
        expect(request).toMatchObject({ services: ['signal'], depth: 'full', timeoutMs: 900, reveal: true });
        return Promise.resolve(report);
      }),
    });
    await handlers['check.run']({ services: ['signal'], depth: 'full', timeoutMs: 900, reveal: true }, { signal });
    expect(told).toEqual([['check', { kind: 'progress', done: 1, planned: 3 }]]);
    expect(run).not.toHaveBeenCalled();
  });

  it('takes the servers that were named for the signature check, and the services with them', async () => {
    const request = { endpoints: [], shapes: [] };
    const readSignatures = vi.fn(() => Promise.resolve(request));
    const { handlers, run } = bed({ readSignatures });
    await handlers['check.run']({ ...quick, services: ['signal'], signatures: '198.51.100.7' }, { signal });
    expect(readSignatures).toHaveBeenCalledWith('198.51.100.7', ['signal']);
    expect(run.mock.calls[0]?.[0].signatures).toBe(request);
  });

  it('keeps a check through our own tunnel as what it is', async () => {
    const { handlers, kept } = bed({ tunnelUp: () => Promise.resolve(true) });
    await handlers['check.run'](quick, { signal });
    expect(kept).toEqual([[report, true]]);
  });

  it('gives the report even when it cannot be kept', async () => {
    const { handlers } = bed({ keep: () => Promise.reject(new Error('disk full')) });
    expect(await handlers['check.run'](quick, { signal })).toBe(report);
  });

  it('names a service that there is not', async () => {
    const { handlers, run } = bed();
    const asked = handlers['check.run']({ ...quick, services: ['signal', 'icq'] }, { signal });
    await expect(asked).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('icq') as string,
    });
    expect(run).not.toHaveBeenCalled();
  });

  it('runs alone, and again once it is over', async () => {
    const { handlers } = bed({ run: endless });
    const first = handlers['check.run'](quick, { signal });
    await expect(handlers['check.run'](quick, { signal })).rejects.toMatchObject({ code: 'busy' });
    await handlers['check.cancel']({}, { signal });
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    const again = handlers['check.run'](quick, { signal });
    await handlers['check.cancel']({}, { signal });
    await expect(again).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('ends with its caller', async () => {
    const { handlers } = bed({ run: endless });
    const controller = new AbortController();
    const running = handlers['check.run'](quick, { signal: controller.signal });
    controller.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('check.recheck', () => {
  const before = reportOf({ telegram: 'blocked', retired: 'blocked' });

  it('never repeats the signature check: a filter may remember its servers', async () => {
    const { handlers, run } = bed({ lastDirect: () => Promise.resolve({ ...report, signatures: [] }) });
    await handlers['check.recheck']({}, { signal });
    expect(run.mock.calls[0]?.[0]).not.toHaveProperty('signatures');
  });

  it('checks what was checked before, as far as it still exists, and compares', async () => {
    const { handlers, run, kept } = bed({ lastDirect: () => Promise.resolve(before) });
    expect(await handlers['check.recheck']({}, { signal })).toEqual({ before, after: report, services: [] });
    expect(run.mock.calls[0]?.[0].services).toEqual(['telegram']);
    expect(kept).toEqual([[report, false]]);
  });

  it('tells its progress, but no rows: those are the check’s', async () => {
    const { handlers, told } = bed({
      lastDirect: () => Promise.resolve(before),
      run: (request) => {
        request.onEvent?.({ kind: 'progress', done: 1, planned: 3 });
        request.onEvent?.({ kind: 'report', report });
        return Promise.resolve(report);
      },
    });
    await handlers['check.recheck']({}, { signal });
    expect(told).toEqual([['check', { kind: 'progress', done: 1, planned: 3 }]]);
  });

  it('says when there is nothing to compare with', async () => {
    await expect(bed().handlers['check.recheck']({}, { signal })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('check.last', () => {
  it('is null where nobody checked', async () => {
    expect(await bed().handlers['check.last']({}, { signal })).toBeNull();
    const { handlers } = bed({ lastDirect: () => Promise.resolve(report) });
    expect(await handlers['check.last']({}, { signal })).toBe(report);
  });
});
