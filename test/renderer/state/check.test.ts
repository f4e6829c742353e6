import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/errors.ts';
import type { Report } from '../../../electron/api/schema.ts';
import { CheckState } from '../../../renderer/state/check.svelte.ts';
import { createFakeApi } from '../fake-api.ts';
import { blockedReport, cleanReport, judgement, probe, service } from '../samples.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A check that ends when the test says so. */
function heldCheck(): { run: () => Promise<Report>; finish: (report: Report) => void } {
  let finish: (report: Report) => void = () => undefined;
  const promise = new Promise<Report>((resolve) => (finish = resolve));
  return { run: () => promise, finish: (report) => finish(report) };
}

describe('the state of the check', () => {
  it('asks for nothing before it is started', () => {
    const fake = createFakeApi();
    const check = new CheckState(fake.api);
    expect(check.phase).toBe('idle');
    expect(fake.calls).toEqual([]);
  });

  it('fills rows as services are judged, and keeps a provisional verdict apart from a final one', async () => {
    const held = heldCheck();
    const fake = createFakeApi({ 'check.run': held.run });
    const check = new CheckState(fake.api);
    const running = check.start();
    await settled();
    const telegram = service('telegram', 'Telegram', judgement('ok'), judgement('inconclusive'));
    fake.emit('check', {
      kind: 'started',
      startedAt: '2026-11-24T12:00:00.000Z',
      services: [
        { id: 'signal', name: 'Signal' },
        { id: 'telegram', name: 'Telegram' },
      ],
    });
    fake.emit('check', { kind: 'progress', done: 3, planned: 40 });
    fake.emit('check', { kind: 'probe', probe: probe('p1') });
    fake.emit('check', { kind: 'service', service: telegram, final: false });
    await settled();
    expect(check.phase).toBe('running');
    expect(check.rows.map(({ id, final }) => [id, final])).toEqual([
      ['signal', false],
      ['telegram', false],
    ]);
    expect(check.rows[0]?.service).toBeNull();
    expect(check.rows[1]?.service).toEqual(telegram);
    expect(check.progress).toEqual({ done: 3, planned: 40 });
    expect(check.probes.map(({ id }) => id)).toEqual(['p1']);

    fake.emit('check', { kind: 'service', service: telegram, final: true });
    await settled();
    expect(check.rows[1]?.final).toBe(true);

    held.finish(blockedReport);
    await running;
    expect(check.phase).toBe('done');
    expect(check.report).toEqual(blockedReport);
    expect(check.rows).toHaveLength(blockedReport.services.length);
    expect(check.rows.every(({ final }) => final)).toBe(true);
  });

  it('shows a service that the start did not name', async () => {
    const held = heldCheck();
    const fake = createFakeApi({ 'check.run': held.run });
    const check = new CheckState(fake.api);
    void check.start();
    await settled();
    const zoom = service('zoom', 'Zoom', judgement('ok'), judgement('ok'));
    fake.emit('check', { kind: 'service', service: zoom, final: true });
    await settled();
    expect(check.rows).toEqual([{ id: 'zoom', name: 'Zoom', service: zoom, final: true }]);
  });

  it('ignores events of checks that it did not start', async () => {
    const fake = createFakeApi();
    const check = new CheckState(fake.api);
    fake.emit('check', { kind: 'probe', probe: probe('p1') });
    await settled();
    expect(check.probes).toEqual([]);
  });

  it('runs one check at a time', async () => {
    const held = heldCheck();
    const fake = createFakeApi({ 'check.run': held.run });
    const check = new CheckState(fake.api);
    const first = check.start();
    await check.start();
    held.finish(cleanReport);
    await first;
    expect(fake.calls.filter(({ name }) => name === 'check.run')).toHaveLength(1);
  });

  it('cancels the call and goes back to the last report', async () => {
    let signal: AbortSignal | undefined;
    let run = (): Promise<Report> => Promise.resolve(cleanReport);
    const fake = createFakeApi({
      'check.run': (_args, context) => {
        signal = context.signal;
        return run();
      },
    });
    const check = new CheckState(fake.api);
    await check.start();
    run = () =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new ApiError({ code: 'cancelled', message: 'Stopped.' })));
      });
    const second = check.start();
    await settled();
    check.cancel();
    await second;
    expect(signal?.aborted).toBe(true);
    expect(check.phase).toBe('done');
    expect(check.report).toEqual(cleanReport);
    expect(check.error).toBeNull();
  });

  it('keeps the error of a check that failed, and starts over empty', async () => {
    const fake = createFakeApi({
      'check.run': () => Promise.reject(new ApiError({ code: 'catalogue-invalid', message: 'Broken.' })),
    });
    const check = new CheckState(fake.api);
    await check.start();
    expect(check.error?.code).toBe('catalogue-invalid');
    expect(check.phase).toBe('idle');
    expect(check.rows).toEqual([]);
  });

  it('shows the last check of this network, and starts empty when that cannot be read', async () => {
    const known = new CheckState(createFakeApi({ 'check.last': () => Promise.resolve(blockedReport) }).api);
    await known.loadLast();
    expect(known.report).toEqual(blockedReport);
    const unknown = new CheckState(createFakeApi({ 'check.last': () => Promise.reject(new Error('disk')) }).api);
    await unknown.loadLast();
    expect(unknown.phase).toBe('idle');
    expect(unknown.error).toBeNull();
  });
});
